"""Trains the relation tower on the own corpus and the labelled sets; the shared encoder stays frozen.

Two stages. `--stage corpus` learns from the own corpus, its generated variants, the lexicon's examples and sets that
mark no PLOVER types (no row of plv_train): what the codebook knowledge alone is worth. `--stage gold` goes on from
there with plv_train; with `--folds 5` it writes predictions of every row by a tower that has not seen it.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import corpus
from corpus import NONE, STATUSES, TYPES
from export import load
from tower import ROOTS, Tower

YIELD = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]
# Types that hold both ways round: an exchange of the sides is no counter-example.
MUTUAL = {"CONSULT", "COOPERATE", "AGREE", "SUPPORT", NONE}
MOST = 128  # pieces
PLV_WEIGHT = 0.1  # of PLV's rows for the types as PLOVER 2.0 has them


def encode(example, batcher):
    """Piece tensors of an example; pieces beyond the 128th are left out."""
    spans = corpus.words(example.text)
    own = type("Words", (), {"words": [example.text[a:b] for a, b in spans]})
    ids, shapes, word_of = (x[:MOST] for x in batcher.pieces(own))

    def over(marks):
        inside = [any(a < e and s < b for s, e in marks or []) for a, b in spans]
        return torch.tensor([w > 0 and inside[w - 1] for w in word_of])

    return (torch.tensor(ids), torch.tensor(shapes), over(example.actor), over(example.recipient), over(example.trigger))


class Labels:
    def __init__(self, modes):
        self.modes, self.index = modes, {m: i for i, m in enumerate(modes)}

    def of(self, e):
        """(PLOVER types, CAMEO roots, weight of the first, modes, status, quad, trigger known): types as sets."""
        roots, cameo = (torch.zeros(len(ROOTS), dtype=torch.bool) for _ in range(2))
        if e.pair:
            roots[:-1] = cameo[:-1] = True
        elif e.type == "YIELD":
            roots[YIELD] = cameo[YIELD] = True
        elif e.type:
            roots[ROOTS.index(e.type)] = True
            cameo[[ROOTS.index(t) for t in ([e.type] if e.plv else corpus.cameo_types(e))]] = True
        modes = torch.full((len(self.modes),), -1.0)
        if e.modes is not None and e.type and e.type != NONE:
            own = [i for m, i in self.index.items() if m.startswith(e.type + " ")]
            modes[own] = 0.0
            for m in e.modes:
                modes[self.index[f"{e.type} {m}"]] = 1.0
        status = STATUSES.index(e.status) if e.status else -100
        return (roots, cameo, PLV_WEIGHT if e.plv else 1.0, modes, status, -100 if e.quad is None else e.quad,
                e.trigger is not None and bool(e.type))


def batch(items):
    n = max(len(i[0][0]) for i in items)
    pad = lambda t: F.pad(t, (0, n - len(t)))
    columns = [torch.stack([pad(i[0][k]) for i in items]) for k in range(5)]
    mask = torch.stack([pad(torch.ones(len(i[0][0]), dtype=torch.bool)) for i in items])
    labels = [i[1] for i in items]
    stack = lambda k: torch.stack([l[k] for l in labels])
    column = lambda k: torch.tensor([l[k] for l in labels])
    return (*columns, mask, stack(0), stack(1), column(2), stack(3), column(4), column(5), column(6))


def groups(items, rng, size):
    """Shuffled batches of like length."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][0][0]) + rng.random() * 8)
    out = [[items[i] for i in order[a:a + size]] for a in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def type_loss(logits, allowed):
    """How unlikely the allowed types are together; a little is given to all types, so that none is ever sure."""
    chance = logits.log_softmax(1)
    own = chance.masked_fill(~allowed, -1e9).logsumexp(1)
    smooth = chance.masked_fill(torch.arange(len(ROOTS)) == len(ROOTS) - 1, 0).mean(1)
    return -(0.95 * own + 0.05 * smooth)


def loss_of(tower, shared, group, rate_marked):
    ids, shapes, actor, recipient, trigger, mask, roots, cameo, weight, modes, status, quad, told = batch(group)
    with torch.no_grad():
        states = shared(ids, shapes, mask)
    marked = torch.rand(len(ids)) < rate_marked
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = tower.read(states, mask, actor, recipient, marked)
    x = x.float()
    hidden = tower.pair(x, actor, recipient)
    total = hidden.new_zeros(())
    known = roots.any(1)
    if known.any():
        of_types = type_loss(tower.out(hidden[known]), roots[known]) * weight[known]
        total = total + 0.5 * (of_types.mean() + type_loss(tower.cameo(hidden[known]), cameo[known]).mean())
    seen = modes >= 0
    if seen.any():
        total = total + 0.3 * F.binary_cross_entropy_with_logits(tower.mode(hidden)[seen], modes[seen])
    if (status >= 0).any():
        total = total + 0.2 * F.cross_entropy(tower.status(hidden), status)
    if told.any():
        inside = mask[told]
        total = total + 0.5 * F.binary_cross_entropy_with_logits(
            tower.triggers(x[told], hidden[told])[inside], trigger[told][inside].float())
    if (quad >= 0).any():
        total = total + 0.5 * F.cross_entropy(tower.quad(hidden), quad)
    return total


def train(tower, shared, items, args, epochs, rate, seed, say=False):
    """`items` is a function of the epoch, so that each epoch may see other variants."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    inside = [p for n, p in tower.named_parameters() if n.startswith("layers.")]
    heads = [p for n, p in tower.named_parameters() if not n.startswith("layers.")]
    optimiser = torch.optim.AdamW([{"params": inside, "lr": rate}, {"params": heads, "lr": 4 * rate}],
                                  weight_decay=0.02, fused=True)
    steps = epochs * len(groups(items(0), rng, args.size))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / (0.06 * steps + 1), max(0.02, 1 - n / (steps + 1))))
    for epoch in range(epochs):
        tower.train()
        began, sums, todo = time.time(), 0.0, groups(items(epoch), rng, args.size)
        for group in todo:
            loss = loss_of(tower, shared, group, args.marked)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums += loss.item()
        if say:
            print(json.dumps({"epoch": epoch + 1, "loss": round(sums / len(todo), 4), "batches": len(todo),
                              "seconds": round(time.time() - began)}), flush=True)
    tower.eval()
    return tower


@torch.no_grad()
def probabilities(tower, shared, items, marked=True):
    out = []
    for i in range(0, len(items), 32):
        ids, shapes, actor, recipient, _, mask, *_ = batch(items[i:i + 32])
        x = tower.read(shared(ids, shapes, mask), mask, actor, recipient, torch.full((len(ids),), marked))
        out.append(tower.cameo(tower.pair(x, actor, recipient)))
    return torch.cat(out)


def roots_of(logits):
    """PLV's root of each row: NONE is no answer to which of the types it is."""
    p = logits[:, :-1].softmax(1)
    names = [t for t in TYPES if t not in ("CONCEDE", "RETREAT")] + ["YIELD"]
    table = torch.stack([p[:, TYPES.index(n)] if n != "YIELD" else p[:, YIELD].sum(1) for n in names], dim=1)
    return [names[i] for i in table.argmax(1).tolist()]


def macro(gold, told):
    names, total = sorted(set(gold)), 0.0
    for n in names:
        hit = sum(g == t == n for g, t in zip(gold, told))
        total += 2 * hit / (gold.count(n) + told.count(n)) if hit else 0.0
    return total / len(names)


def write_answers(file, rows, logits):
    """One JSON line a row, as evaluation/relation.py reads them."""
    for row, root, scores in zip(rows, roots_of(logits), logits.tolist()):
        file.write(json.dumps({"id": row["id"], "root": root, "logits": scores}) + "\n")


class Material:
    """All examples with their tensors: the corpus and the sets, and plv_train apart."""

    def __init__(self, args, batcher, modes):
        labels = Labels(modes)
        make = lambda examples: [(encode(e, batcher), labels.of(e)) for e in examples]
        read = lambda name: [json.loads(line) for line in open(f"{args.gold}/{name}.jsonl", encoding="utf-8")]
        self.rows = read("plv_train")
        texts = {r["text"] for r in self.rows}
        squeezed = {"".join(t.split()) for t in texts}
        self.plv = make(corpus.relation_rows(self.rows))
        self.gold_roots = [r["gold"]["root"] for r in self.rows]
        own = corpus.hand(args.corpus)
        extra = [json.loads(line) for path in args.extra for line in open(path, encoding="utf-8")]
        extra = [corpus.Example(**e) for e in extra]
        turned = [corpus.swapped(e) for e in own if e.actor and e.recipient and e.type not in MUTUAL]
        fresh = lambda rows: [r for r in rows if "".join(r["text"].split()) not in squeezed]
        self.own, self.turned, self.extra = make(own), make(turned), make(extra)
        self.weak = make(corpus.class_rows(fresh(read("cameo_class_train_clean")))
                         + corpus.span_rows(fresh(read("cameo_ner_train_clean"))))
        print(json.dumps({"own": len(own), "turned": len(turned), "extra": len(extra), "weak": len(self.weak)}), flush=True)

    def corpus_items(self, args):
        def items(epoch):
            rng = random.Random(100 + epoch)
            some = rng.sample(self.extra, min(len(self.extra), args.extra_share))
            return self.own + rng.sample(self.turned, len(self.turned) // 3) + some + self.weak
        return items

    def gold_items(self, inside):
        def items(epoch):
            rng = random.Random(200 + epoch)
            return inside + rng.sample(self.own, min(len(self.own), 2 * len(inside))) + \
                rng.sample(self.turned, len(inside) // 4) + rng.sample(self.weak, len(self.weak) // 3) + \
                rng.sample(self.extra, min(len(self.extra), len(inside)))
        return items


def folds(rows, count):
    """Rows of one text stay in one fold."""
    texts = sorted({r["text"] for r in rows})
    random.Random(7).shuffle(texts)
    of = {t: i % count for i, t in enumerate(texts)}
    return [of[r["text"]] for r in rows]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--stage", choices=["corpus", "gold"], required=True)
    args.add_argument("--model", required=True, help="exported weights of the parser")
    args.add_argument("--gold", required=True)
    args.add_argument("--corpus", default=str(Path(__file__).parent / "corpus/hand"))
    args.add_argument("--extra", nargs="*", default=[], help="JSON lines of further examples (generate.py, examples.py)")
    args.add_argument("--extra-share", type=int, default=4000, help="of these an epoch")
    args.add_argument("--modes", default=str(Path(__file__).parent / "corpus/modes.txt"))
    args.add_argument("--base", required=True)
    args.add_argument("--start", help="gold: the checkpoint of the corpus stage")
    args.add_argument("--out", required=True, help="checkpoint, or predictions with --folds")
    args.add_argument("--folds", type=int, default=0)
    args.add_argument("--only-fold", type=int, help="one fold only, for choosing")
    args.add_argument("--layers", type=int, default=5)
    args.add_argument("--from-layer", type=int, default=1)
    args.add_argument("--epochs", type=int, default=4)
    args.add_argument("--rate", type=float, default=1e-4)
    args.add_argument("--size", type=int, default=32, help="sentences a batch")
    args.add_argument("--marked", type=float, default=0.6, help="share of pairs that are marked, the rest pointed at")
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    modes = Path(args.modes).read_text(encoding="utf-8").split("\n")[:-1]
    model, batcher, _ = load(args.model)
    model.eval()
    shared = model.encoder
    shared.layers = shared.layers[:args.from_layer]
    material = Material(args, batcher, modes)
    base = load_file(f"{args.base}/model.safetensors")

    def fresh():
        torch.manual_seed(args.seed)
        tower = Tower(args.layers, len(modes))
        for n, layer in enumerate(tower.layers):
            layer.load(base, args.from_layer + n)
        if args.start:
            tower.load_state_dict(torch.load(args.start, weights_only=True)["state"])
        return tower

    def save(tower):
        torch.save({"state": tower.state_dict(), "roots": ROOTS, "modes": modes, "statuses": STATUSES,
                    "layers": args.layers, "from_layer": args.from_layer, "arguments": vars(args)}, args.out)

    if args.stage == "corpus":
        tower = train(fresh(), shared, material.corpus_items(args), args, args.epochs, args.rate, args.seed, say=True)
        save(tower)
        for marked in (True, False):
            logits = probabilities(tower, shared, material.plv, marked)
            print(json.dumps({"plv_train, no row of it seen": round(100 * macro(material.gold_roots, roots_of(logits)), 2),
                              "marked": marked}), flush=True)
            if marked:
                with open(args.out + ".jsonl", "w", encoding="utf-8") as file:
                    write_answers(file, material.rows, logits)
        return
    if not args.folds:
        save(train(fresh(), shared, material.gold_items(material.plv), args, args.epochs, args.rate, args.seed, say=True))
        return
    of = folds(material.rows, args.folds)
    gold, answers = [], {True: [], False: []}
    with open(args.out, "w", encoding="utf-8") as file:
        for fold in range(args.folds):
            if args.only_fold is not None and fold != args.only_fold:
                continue
            inside = [i for i, f in zip(material.plv, of) if f != fold]
            held = [n for n, f in enumerate(of) if f == fold]
            tower = train(fresh(), shared, material.gold_items(inside), args, args.epochs, args.rate, args.seed)
            gold += [material.gold_roots[n] for n in held]
            for marked in answers:
                logits = probabilities(tower, shared, [material.plv[n] for n in held], marked)
                answers[marked] += roots_of(logits)
                if marked:
                    write_answers(file, [material.rows[n] for n in held], logits)
            print(json.dumps({"fold": fold + 1, "root": round(100 * macro(gold, answers[True]), 2),
                              "pointed at": round(100 * macro(gold, answers[False]), 2)}), flush=True)


if __name__ == "__main__":
    main()
