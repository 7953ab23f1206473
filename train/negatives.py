"""Pairs between which nothing happens, and marked pairs as the program's own resolver cuts them.

    python negatives.py --corpus corpus/hand --sides ../target/release/examples/sides --treebank en_ewt-ud-train.conllu --out negatives.jsonl

Three sources: sentences of the corpus without a political event, and web sentences without one (the treebank's, where
the lexicon finds nothing): any two sides; sentences of the corpus whose every relation is marked (`multi`, `reports`):
two sides that no line joins. Every marked pair is written once more with the spans the resolver gives its sides.
"""

import argparse
import json
import random
import subprocess
from dataclasses import asdict, replace

import corpus
from corpus import NONE, Example
from examples import characters

# Files in which a sentence's lines tell all its relations.
WHOLE = ("multi", "reports")


def sides_of(texts, program):
    """Character spans of the sides of each text, all sentences together."""
    asked = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts))
    told = subprocess.run([program], input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [[[characters(t, s) for s in sentence] for sentence in json.loads(line)["sides"]]
            for t, line in zip(texts, told.splitlines(), strict=True)]


def treebank_texts(path):
    return [line[9:].strip() for line in open(path, encoding="utf-8") if line.startswith("# text = ")]


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def matching(spans, sides):
    """The sides that most of a marked phrase's characters, or most of the side's, are shared with."""
    return [s for s in sides if any(2 * overlap(s, m) > min(s[1] - s[0], m[1] - m[0]) for m in spans)]


def pairs(sides, rng, most):
    all_ = [(a, b) for a in sides for b in sides if a != b]
    return rng.sample(all_, min(most, len(all_)))


def nothing(text, a, b, source):
    return Example(text, [a], [b], [], [], NONE, [], None, source=source)


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--corpus", required=True)
    args.add_argument("--sides", required=True, help="the program built from crates/attache/examples/sides.rs")
    args.add_argument("--treebank", required=True)
    args.add_argument("--seed", type=int, default=5)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rng = random.Random(args.seed)
    lines = corpus.hand(args.corpus)
    texts = sorted({e.text for e in lines})
    of = dict(zip(texts, sides_of(texts, args.sides)))
    told = {}
    for e in lines:
        told.setdefault(e.text, []).append(e)
    out = []
    for text, events in told.items():
        sentence_sides = [s for s in of[text] if s]
        marked = []
        for e in events:
            flat = [s for sentence in sentence_sides for s in sentence]
            actor, recipient = matching(e.actor, flat), matching(e.recipient, flat)
            marked.append((actor, recipient))
            if e.type != NONE and actor and recipient and (actor, recipient) != (e.actor, e.recipient):
                out.append(replace(e, actor=actor, recipient=recipient, speaker=[], source="resolved " + e.source))
        whole = events[0].source.startswith(WHOLE) or all(e.type == NONE for e in events)
        if not whole:
            continue
        for sides in sentence_sides:
            free = [(a, b) for a, b in pairs(sides, rng, 99)
                    if not any(a in x and b in y or a in y and b in x for x, y in marked)]
            out += [nothing(text, a, b, "free " + events[0].source) for a, b in rng.sample(free, min(4, len(free)))]
    web = [t for t in treebank_texts(args.treebank) if 30 < len(t) < 300]
    for text, sentences in zip(web, sides_of(web, args.sides)):
        for sides in sentences:
            # Two or three capitalised sides of web prose; the few that do have an event are noise.
            out += [nothing(text, a, b, "treebank") for a, b in pairs(sides, rng, 1)]
    with open(args.out, "w", encoding="utf-8") as file:
        for e in out:
            file.write(json.dumps(asdict(e), ensure_ascii=False) + "\n")
    print(f"{len(out)} pairs: {sum(e.type == NONE for e in out)} of nothing, the rest marked ones cut anew")


if __name__ == "__main__":
    main()
