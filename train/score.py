"""Figures of a model on gold tokens: tags, lemmas, arcs, mentions."""

import argparse
import json
import time

import torch

import decode
import lemma
import treebank


@torch.no_grad()
def analyse(model, batcher, labels, sentences, pieces=2000):
    """(sentence, prediction) pairs; a prediction has the same columns as the sentence."""
    model.eval()
    for group in batcher.batches(sentences, pieces):
        batch = batcher.tensor(group)
        words, _ = model(batch)
        tags = {k: model.heads.tags[k](words) for k in ("upos", "feats", "lemma", "mention")}
        arcs = model.heads.arcs(words)
        trees = torch.zeros(words.shape[:2], dtype=torch.long)
        for n, s in enumerate(group):
            m = len(s.words) + 1
            trees[n, :m] = torch.from_numpy(decode.tree(arcs[n, :m, :m].numpy()))
        relations = model.heads.relations(words, trees)
        root = labels["deprel"].index("root")
        for n, s in enumerate(group):
            m = len(s.words) + 1
            pick = lambda k: [labels[k][i] for i in tags[k][n, 1:m].argmax(1)]
            scores = relations[n, 1:m].clone()
            scores[:, root] = -1e9
            scores[trees[n, 1:m] == 0, root] = 1e9
            lemmas = []
            for word, row in zip(s.words, tags["lemma"][n, 1:m]):
                order = row.argsort(descending=True)[:8].tolist()
                lemmas.append(next((x for i in order if (x := lemma.apply(labels["lemma"][i], word))), word))
            yield s, treebank.Sentence(s.words, s.spaces, lemmas, pick("upos"), pick("feats"), trees[n, 1:m].tolist(),
                                       [labels["deprel"][i] for i in scores.argmax(1)],
                                       decode.mentions(tags["mention"][n, 1:m].numpy()))


def score(model, batcher, labels, sentences):
    """Per cent right. `las` compares relations without subtypes, as the CoNLL 2018 scorer does; `las_full` with."""
    right, total = dict.fromkeys(("upos", "feats", "lemma", "uas", "las", "las_full"), 0), 0
    hit = guessed = gold = 0
    for s, p in analyse(model, batcher, labels, sentences):
        if s.upos:
            total += len(s.words)
            right["upos"] += sum(a == b for a, b in zip(s.upos, p.upos))
            right["feats"] += sum(a == b for a, b in zip(s.feats, p.feats))
            right["lemma"] += sum(a == b or a == "_" for a, b in zip(s.lemmas, p.lemmas))
            for h, r, h2, r2 in zip(s.heads, s.deprels, p.heads, p.deprels):
                right["uas"] += h == h2
                right["las"] += h == h2 and r.split(":")[0] == r2.split(":")[0]
                right["las_full"] += h == h2 and r == r2
        if s.mentions is not None:
            hit += len(set(s.mentions) & set(p.mentions))
            guessed += len(p.mentions)
            gold += len(s.mentions)
    out = {k: round(100 * v / total, 2) for k, v in right.items()} if total else {}
    if gold:
        out["mention_f1"] = round(200 * hit / (guessed + gold), 2)
    return out


def main():
    from export import load
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("model", help="the exported .safetensors file")
    args.add_argument("treebanks", nargs="+", help="CoNLL-U files, or .jsonl of silver.py for mentions")
    args = args.parse_args()
    from batches import read_silver
    model, batcher, labels = load(args.model)
    for path in args.treebanks:
        sentences = read_silver(path) if path.endswith(".jsonl") else treebank.read(path)
        began = time.time()
        figures = score(model, batcher, labels, sentences)
        print(json.dumps({"file": path.rsplit("/", 1)[-1], "sentences": len(sentences),
                          "sentences_per_second": round(len(sentences) / (time.time() - began)), **figures}))


if __name__ == "__main__":
    main()
