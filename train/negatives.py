"""Pairs between which nothing happens, sides that stand alone, and marked pairs as the program itself cuts them.

    python negatives.py --corpus corpus/hand --sides ../target/release/examples/sides --treebank en_ewt-ud-train.conllu --out negatives.jsonl

Pairs of nothing come from three sources: sentences of the corpus without a political event, and web sentences without
one (the treebank's, where the lexicon finds nothing): any two sides; sentences whose every relation is marked (`multi`,
`whole`): two sides that no line joins; other sentences: a side and an ordinary phrase that no line marks. Every marked
pair is written once more with the spans the program gives its sides, and now and then with one side only.
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
WHOLE = ("multi", "whole")
# Share of the marked pairs that are also asked about with one side only.
ALONE = 0.15


def sides_of(texts, program):
    """Of each text, sentence by sentence: the character span of every side, and whether it is named."""
    asked = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts))
    told = subprocess.run([program], input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [[{tuple(characters(t, s[:2])): s[2] for s in sentence} for sentence in json.loads(line)["sides"]]
            for t, line in zip(texts, told.splitlines(), strict=True)]


def treebank_texts(path):
    return [line[9:].strip() for line in open(path, encoding="utf-8") if line.startswith("# text = ")]


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def matching(spans, sides):
    """The sides that most of a marked phrase's characters, or most of the side's, are shared with."""
    return [s for s in sides if any(2 * overlap(s, m) > min(s[1] - s[0], m[1] - m[0]) for m in spans)]


def pairs(sides):
    """Two sides of a sentence, at least one of them named."""
    return [(a, b) for a in sides for b in sides if a != b and (sides[a] or sides[b])]


def some(rng, list_, most):
    return rng.sample(list_, min(most, len(list_)))


def nothing(text, a, b, source):
    return Example(text, [a] if a else [], [b] if b else [], [], [], NONE, [], None, source=source)


def alone(text, sides, marked, rng):
    """A named side that acts on nobody, and one that nobody acts on."""
    acts = {s for actor, _ in marked for s in actor}
    meets = {s for _, recipient in marked for s in recipient}
    idle = [(s, None) for s in sides if sides[s] and s not in acts]
    idle += [(None, s) for s in sides if sides[s] and s not in meets]
    return [nothing(text, a, b, "alone") for a, b in some(rng, idle, 1)]


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
        flat = [s for sentence in of[text] for s in sentence]
        marked = []
        for e in events:
            actor, recipient = matching(e.actor, flat), matching(e.recipient, flat)
            marked.append((actor, recipient))
            if e.type == NONE or not actor or not recipient:
                continue
            if (actor, recipient) != (e.actor, e.recipient):
                out.append(replace(e, actor=actor, recipient=recipient, speaker=[], source="resolved " + e.source))
            if len(events) == 1 and rng.random() < ALONE:
                out.append(replace(e, actor=actor, recipient=[], speaker=[], source="actor alone " + e.source))
            if len(events) == 1 and rng.random() < ALONE:
                out.append(replace(e, actor=[], recipient=recipient, speaker=[], source="recipient alone " + e.source))
        whole = events[0].source.startswith(WHOLE) or all(e.type == NONE for e in events)
        touched = [s for e in events for s in matching(e.actor + e.recipient + e.speaker, flat)]
        for sides in of[text]:
            free = [(a, b) for a, b in pairs(sides)
                    if not any(a in x and b in y or a in y and b in x for x, y in marked)]
            if not whole:
                # What no line marks is nobody's side only where it is no name: names may take part in more.
                free = [(a, b) for a, b in free if any(not sides[s] and s not in touched for s in (a, b))]
            out += [nothing(text, a, b, "free " + events[0].source) for a, b in some(rng, free, 4 if whole else 1)]
            if whole:
                out += alone(text, sides, marked, rng)
    web = [t for t in treebank_texts(args.treebank) if 30 < len(t) < 300]
    for text, sentences in zip(web, sides_of(web, args.sides)):
        for sides in sentences:
            # Web prose; the few that do have an event are noise.
            out += [nothing(text, a, b, "treebank") for a, b in some(rng, pairs(sides), 1)]
            if rng.random() < ALONE:
                out += alone(text, sides, [], rng)
    with open(args.out, "w", encoding="utf-8") as file:
        for e in out:
            file.write(json.dumps(asdict(e), ensure_ascii=False) + "\n")
    none, one = sum(e.type == NONE for e in out), sum(not e.actor or not e.recipient for e in out)
    print(f"{len(out)} pairs: {none} of nothing, {one} of one side alone")


if __name__ == "__main__":
    main()
