"""Trains the encoder and its heads on a treebank and silver mentions; keeps the epoch best on the dev part."""

import argparse
import json
import math
import random
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import treebank
from batches import Batcher, read_silver, rewritten
from model import Parser
from pieces import SHAPES, WordPiece
from score import score

WEIGHTS = {"upos": 1.0, "feats": 0.5, "lemma": 0.5, "mention": 1.0}


def loss_of(model, batch):
    """Sum of the heads' losses; a head without labels in this batch adds nothing."""
    words, _ = model(batch)
    total = words.new_zeros(())
    for kind, weight in WEIGHTS.items():
        if (batch[kind] >= 0).any():
            logits = model.heads.tags[kind](words)
            total = total + weight * F.cross_entropy(logits.flatten(0, 1), batch[kind].flatten())
    if (batch["event"] >= 0).any():
        present = batch["words"][:, :, None]
        about = model.event((words * present).sum(1) / present.sum(1))
        total = total + 0.5 * F.cross_entropy(about, batch["event"])
    if (batch["heads"] >= 0).any():
        arcs = model.heads.arcs(words).masked_fill(~batch["words"][:, None, :], -1e9)
        total = total + F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten())
        labels = model.heads.relations(words, batch["heads"].clamp(min=0))
        total = total + F.cross_entropy(labels.flatten(0, 1), batch["deprel"].flatten())
    return total


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--train", required=True)
    args.add_argument("--dev", required=True)
    args.add_argument("--silver", required=True, help="folder written by silver.py")
    args.add_argument("--base", required=True, help="folder of all-MiniLM-L6-v2: model.safetensors, vocab.txt")
    args.add_argument("--out", required=True, help="checkpoint to write")
    args.add_argument("--layers", type=int, default=3)
    args.add_argument("--epochs", type=int, default=7)
    args.add_argument("--pieces", type=int, default=900, help="padded pieces a batch")
    args.add_argument("--news", type=float, default=0.3, help="news batches for each treebank batch")
    args.add_argument("--rate", type=float, default=1.5e-4, help="peak learning rate of the encoder")
    args.add_argument("--head-rate", type=float, default=1.5e-3)
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    bank, dev = treebank.read(args.train), treebank.read(args.dev)
    labels = treebank.labels(bank)
    for s, silver in zip(bank, read_silver(f"{args.silver}/treebank.jsonl"), strict=True):
        assert s.words == silver.words
        s.mentions = silver.mentions
    news = read_silver(f"{args.silver}/news.jsonl") + 2 * read_silver(f"{args.silver}/re3d_train.jsonl")
    labels["event"] = sorted({s.event for s in news if s.event})
    names = read_silver(f"{args.silver}/re3d_dev.jsonl")
    vocabulary = [line.rstrip("\n") for line in open(f"{args.base}/vocab.txt", encoding="utf-8")]
    batcher = Batcher(WordPiece(vocabulary), labels)
    model = Parser(len(vocabulary), len(SHAPES), args.layers, labels)
    model.encoder.load(load_file(f"{args.base}/model.safetensors"))

    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    fast = [p for n, p in model.named_parameters() if not (n.startswith("encoder.") and "shapes" not in n)]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": args.rate}, {"params": fast, "lr": args.head_rate}],
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    steps = args.epochs * int(len(batcher.batches(bank, args.pieces)) * (1 + args.news))
    warm = max(100, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / warm, max(0.02, 1 - (n - warm) / max(1, steps - warm))))
    print(json.dumps({"sentences": len(bank), "news": len(news), "steps": steps, "layers": args.layers,
                      "parameters": sum(p.numel() for p in model.parameters())}), flush=True)

    best, news_queue = 0, []
    for epoch in range(args.epochs):
        model.train()
        began, sums, count = time.time(), 0.0, 0
        todo = batcher.batches([rewritten(s, rng) for s in bank], args.pieces, rng)
        for group in list(todo):
            if rng.random() < args.news:
                if not news_queue:
                    news_queue = batcher.batches([rewritten(s, rng) for s in news], args.pieces, rng)
                todo.append(news_queue.pop())
        rng.shuffle(todo)
        for group in todo:
            loss = loss_of(model, batcher.tensor(group))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums, count = sums + loss.item(), count + 1
        seconds = time.time() - began
        figures = score(model, batcher, labels, dev)
        figures["mention_f1_re3d_dev"] = score(model, batcher, labels, names)["mention_f1"]
        print(json.dumps({"epoch": epoch + 1, "loss": round(sums / count, 4), "seconds": round(seconds), **figures}),
              flush=True)
        if not math.isfinite(sums):
            raise SystemExit("the loss is no number")
        if figures["las"] + figures["upos"] > best:
            best = figures["las"] + figures["upos"]
            torch.save({"state": model.state_dict(), "labels": labels, "layers": args.layers, "figures": figures,
                        "arguments": vars(args)}, args.out)


if __name__ == "__main__":
    main()
