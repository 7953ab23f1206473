"""Trains the relation tower: what one marked actor does to one marked recipient.

The shared encoder is frozen and its states are computed once, so an epoch takes seconds. `--folds 5` writes
predictions of every row by a tower that has not seen it, for gold/score.py; without it the tower for the
weights file is trained on all rows. Sentences without marks (cameo_class: quad classes) help as a second
task on the same tower.
"""

import argparse
import json
import random

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from export import load
from model import WIDTH, Layer

ROOTS = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
         "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD"]
ACTOR, RECIPIENT = 1, 2


class Tower(nn.Module):
    def __init__(self, layers, dropout=0.1):
        super().__init__()
        self.roles = nn.Embedding(3, WIDTH)
        nn.init.normal_(self.roles.weight, std=0.1)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.hidden = nn.Linear(3 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, len(ROOTS))
        self.quad = nn.Linear(WIDTH, 5)  # in training only
        self.drop = nn.Dropout(0.2)

    def forward(self, states, mask, actor, recipient):
        """Hidden vector of each row. Roles are piece masks; a role no piece has is read off the start."""
        role = torch.where(recipient, RECIPIENT, torch.where(actor, ACTOR, 0))
        x = states + self.roles(role)
        for layer in self.layers:
            x = layer(x, mask)
        joined = torch.cat([mean(x, actor), mean(x, recipient), x[:, 0]], dim=1)
        return self.drop(F.gelu(self.hidden(self.drop(joined))))


def mean(x, marked):
    start = torch.zeros_like(marked)
    start[:, 0] = True
    marked = torch.where(marked.any(1, keepdim=True), marked, start).float()
    return (x * marked[:, :, None]).sum(1) / marked.sum(1, keepdim=True)


def examples(rows, nlp, batcher):
    """(piece ids, shapes, actor mask, recipient mask, root or None, quad or None) of each gold row."""
    out = []
    for row in rows:
        doc = [t for t in nlp.tokenizer(row["text"]) if not t.is_space]
        role = lambda name: [tuple(s) for s in row["gold"].get(name, {}).get("spans", [])] if row["task"] == "relation" else []
        marks = {name: {i for i, t in enumerate(doc) if any(a < t.idx + len(t) and t.idx < b for a, b in role(name))}
                 for name in ("source", "target")}
        sentence = type("Words", (), {"words": [t.text for t in doc]})
        ids, shapes, word_of = (x[:256] for x in batcher.pieces(sentence))
        out.append((ids, shapes, [w - 1 in marks["source"] for w in word_of], [w - 1 in marks["target"] for w in word_of],
                    ROOTS.index(row["gold"]["root"]) if row["task"] == "relation" else -100,
                    int(row["gold"]["label"]) if row["task"] == "class" else -100))
    return out


@torch.no_grad()
def with_states(model, items, from_layer):
    """Adds the frozen encoder's states to each example."""
    model.eval()
    model.encoder.layers = model.encoder.layers[:from_layer]
    out = []
    for item in items:
        ids, shapes = torch.tensor([item[0]]), torch.tensor([item[1]])
        states = model.encoder(ids, shapes, torch.ones_like(ids, dtype=torch.bool))[0].clone()
        out.append((states, *map(torch.tensor, item[2:])))
    return out


def batch(items):
    n = max(len(i[0]) for i in items)
    pad = lambda t: F.pad(t, (0, 0) * (t.dim() - 1) + (0, n - len(t)))
    mask = torch.stack([pad(torch.ones(len(i[0]), dtype=torch.bool)) for i in items])
    return (torch.stack([pad(i[0]) for i in items]), mask, torch.stack([pad(i[1]) for i in items]),
            torch.stack([pad(i[2]) for i in items]), torch.stack([i[3] for i in items]), torch.stack([i[4] for i in items]))


def groups(items, rng, size):
    """Shuffled batches of like length."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + rng.random() * 12)
    out = [[items[i] for i in order[a:a + size]] for a in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def train(items, extra, args, base, seed):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tower = Tower(args.layers)
    for n, layer in enumerate(tower.layers):
        layer.load(base, args.from_layer + n)
    inside = [p for n, p in tower.named_parameters() if n.startswith("layers.")]
    heads = [p for n, p in tower.named_parameters() if not n.startswith("layers.")]
    optimiser = torch.optim.AdamW([{"params": inside, "lr": args.rate}, {"params": heads, "lr": 5 * args.rate}],
                                  weight_decay=0.02, fused=True)
    steps = args.epochs * (len(groups(items, rng, args.size)) + len(groups(extra, rng, args.size)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min((n + 1) / 40, max(0.02, 1 - n / steps)))
    for _ in range(args.epochs):
        tower.train()
        todo = groups(items, rng, args.size) + groups(extra, rng, args.size)
        rng.shuffle(todo)
        for group in todo:
            states, mask, actor, recipient, root, quad = batch(group)
            hidden = tower(states, mask, actor, recipient)
            loss = hidden.new_zeros(())
            if (root >= 0).any():
                loss = loss + F.cross_entropy(tower.out(hidden), root, label_smoothing=0.05)
            if (quad >= 0).any():
                loss = loss + 0.5 * F.cross_entropy(tower.quad(hidden), quad)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    tower.eval()
    return tower


@torch.no_grad()
def predict(tower, items):
    out = []
    for i in range(0, len(items), 32):
        states, mask, actor, recipient, _, _ = batch(items[i:i + 32])
        out += tower.out(tower(states, mask, actor, recipient)).argmax(1).tolist()
    return [ROOTS[i] for i in out]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--model", required=True, help="exported weights of the parser")
    args.add_argument("--gold", required=True)
    args.add_argument("--base", required=True)
    args.add_argument("--out", required=True, help="tower checkpoint, or predictions with --folds")
    args.add_argument("--folds", type=int, default=0)
    args.add_argument("--layers", type=int, default=2)
    args.add_argument("--from-layer", type=int, default=1)
    args.add_argument("--epochs", type=int, default=8)
    args.add_argument("--rate", type=float, default=2e-4)
    args.add_argument("--size", type=int, default=12, help="sentences a batch")
    args.add_argument("--no-extra", action="store_true")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    import spacy
    nlp = spacy.blank("en")
    model, batcher, _ = load(args.model)
    base = load_file(f"{args.base}/model.safetensors")
    read = lambda name: [json.loads(line) for line in open(f"{args.gold}/{name}.jsonl", encoding="utf-8")]
    rows = read("plv_train")
    known = {r["text"] for r in rows}
    extra = [] if args.no_extra else [r for r in read("cameo_class_train_clean") if r["text"] not in known]
    items = with_states(model, examples(rows + extra, nlp, batcher), args.from_layer)
    items, extra = items[:len(rows)], items[len(rows):]
    if not args.folds:
        tower = train(items, extra, args, base, args.seed)
        state = {k: v for k, v in tower.state_dict().items() if not k.startswith("quad.")}
        torch.save({"state": state, "roots": ROOTS, "layers": args.layers, "from_layer": args.from_layer}, args.out)
        return
    texts = sorted(known)  # rows of one text stay in one fold
    random.Random(7).shuffle(texts)
    fold_of = {t: i % args.folds for i, t in enumerate(texts)}
    with open(args.out, "w", encoding="utf-8") as file:
        for fold in range(args.folds):
            inside = [i for r, i in zip(rows, items) if fold_of[r["text"]] != fold]
            held = [(r, i) for r, i in zip(rows, items) if fold_of[r["text"]] == fold]
            tower = train(inside, extra, args, base, args.seed)
            for (row, _), root in zip(held, predict(tower, [i for _, i in held])):
                file.write(json.dumps({"id": row["id"], "root": root}) + "\n")
            print(f"fold {fold + 1} of {args.folds} done", flush=True)


if __name__ == "__main__":
    main()
