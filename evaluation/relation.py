"""The relation head judged by cross-validation: frame and head together, calibration, and two pictures.

    python train/relation.py --stage gold --folds 5 … --out cv.jsonl      # logits of every row by a tower that never saw it
    attache relate pairs.jsonl > frames.jsonl                             # for the frames; the head's answers are not used
    python evaluation/relation.py --gold plv_train.jsonl --cv cv.jsonl --frames frames.jsonl --out evaluation

Prints macro-F1 with bootstrap intervals for the head alone and with the frame's say, and the expected calibration error;
temperature and the frame's weight for each half of the rows are fitted on the other half. Standard library only.
"""

import argparse
import json
import math
import random
from pathlib import Path

TYPES = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
         "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"]
ROOTS = sorted({t for t in TYPES if t not in ("CONCEDE", "RETREAT")} | {"YIELD"})
# Quad class of each root; YIELD counts as cooperation, and as the class its gold row has.
QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3,
        "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
BINS = 10


def softmax(scores):
    top = max(scores)
    out = [math.exp(s - top) for s in scores]
    total = sum(out)
    return [x / total for x in out]


def root_of(kind):
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def answer(logits, frame, temperature, weight):
    """Probability of each root: the head's types without NONE, the frame's type moved by `weight` log-odds."""
    scores = [x / temperature for x in logits[:len(TYPES)]]
    if frame in TYPES:
        scores[TYPES.index(frame)] += weight
    out = dict.fromkeys(ROOTS, 0.0)
    for kind, p in zip(TYPES, softmax(scores)):
        out[root_of(kind)] += p
    return out


def macro(gold, told):
    names = sorted(set(gold))
    hit = lambda n: sum(g == t == n for g, t in zip(gold, told))
    return 100 * sum(2 * hit(n) / max(1, gold.count(n) + told.count(n)) for n in names) / len(names)


def levels(gold, told):
    quad = lambda names: [QUAD[n] for n in names]
    binary = lambda names: [QUAD[n] > 2 for n in names]
    return macro(gold, told), macro(quad(gold), quad(told)), macro(binary(gold), binary(told))


def bootstrap(gold, told, rounds=500, seed=1):
    rng, found = random.Random(seed), []
    for _ in range(rounds):
        picked = [rng.randrange(len(gold)) for _ in gold]
        found.append(levels([gold[i] for i in picked], [told[i] for i in picked]))
    cut = lambda k, q: sorted(f[k] for f in found)[int(q * (rounds - 1))]
    return [(cut(k, 0.025), cut(k, 0.975)) for k in range(3)]


def loss(rows, temperature, weight):
    return -sum(math.log(max(1e-9, answer(r["logits"], r["frame"], temperature, weight)[r["gold"]])) for r in rows)


def fit(rows, weights):
    choices = [(t / 10, w) for t in range(6, 31, 2) for w in weights]
    return min(choices, key=lambda c: loss(rows, *c))


def judged(rows, weights):
    """Each row's root probabilities, with temperature and weight fitted on the other half."""
    halves = [rows[0::2], rows[1::2]]
    out = {}
    for own, other in ((0, 1), (1, 0)):
        temperature, weight = fit(halves[other], weights)
        for r in halves[own]:
            out[r["id"]] = answer(r["logits"], r["frame"], temperature, weight)
    return [out[r["id"]] for r in rows]


def calibration(rows, answers):
    """Bins of (mean probability of the best root, share right, count), and the expected calibration error."""
    bins = [[] for _ in range(BINS)]
    for r, p in zip(rows, answers):
        root, sure = max(p.items(), key=lambda x: x[1])
        bins[min(BINS - 1, int(sure * BINS))].append((sure, root == r["gold"]))
    curve = [(sum(s for s, _ in b) / len(b), sum(h for _, h in b) / len(b), len(b)) for b in bins if b]
    return curve, sum(n * abs(s - h) for s, h, n in curve) / len(rows)


def svg(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">'
            f'<rect width="{width}" height="{height}" fill="white"/>{"".join(parts)}</svg>\n')


def confusion_picture(gold, told):
    cell, left, top = 34, 90, 90
    parts = ['<text x="10" y="20" font-size="13">rows: gold, columns: told; share of the row</text>']
    for y, g in enumerate(ROOTS):
        parts.append(f'<text x="{left - 6}" y="{top + y * cell + 21}" text-anchor="end">{g}</text>')
        parts.append(f'<text transform="translate({left + y * cell + 20},{top - 6}) rotate(-55)">{g}</text>')
        total = max(1, gold.count(g))
        for x, t in enumerate(ROOTS):
            n = sum(a == g and b == t for a, b in zip(gold, told))
            shade = 255 - round(215 * n / total)
            colour = f"rgb({shade},{shade},255)" if x == y else f"rgb(255,{shade},{shade})"
            parts.append(f'<rect x="{left + x * cell}" y="{top + y * cell}" width="{cell - 1}" height="{cell - 1}" fill="{colour}"/>')
            if n:
                parts.append(f'<text x="{left + x * cell + cell / 2}" y="{top + y * cell + 21}" text-anchor="middle">{n}</text>')
    size = left + cell * len(ROOTS) + 10
    return svg(size, size, parts)


def reliability_picture(curve, ece):
    size, low = 360, 50
    at = lambda v: low + v * (size - low - 20)
    y = lambda v: size - at(v)
    parts = [f'<text x="{low}" y="18" font-size="13">how often an answer is right, by its probability; ECE {ece:.3f}</text>',
             f'<line x1="{at(0)}" y1="{y(0)}" x2="{at(1)}" y2="{y(1)}" stroke="#bbb" stroke-dasharray="4"/>',
             f'<polyline points="{" ".join(f"{at(s):.1f},{y(h):.1f}" for s, h, _ in curve)}" fill="none" stroke="#2255cc" stroke-width="2"/>']
    parts += [f'<circle cx="{at(s):.1f}" cy="{y(h):.1f}" r="{2 + math.sqrt(n) / 4:.1f}" fill="#2255cc"><title>{n} rows</title></circle>' for s, h, n in curve]
    for v in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<text x="{at(v)}" y="{size - 30}" text-anchor="middle">{v}</text><text x="{low - 8}" y="{y(v) + 4}" text-anchor="end">{v}</text>')
    return svg(size, size, parts)


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--gold", required=True)
    args.add_argument("--cv", required=True)
    args.add_argument("--frames", help="answers of `attache relate`; without it the head alone")
    args.add_argument("--seen", help="a set whose texts the encoder had a label of: figures without them too")
    args.add_argument("--out", help="folder for the pictures")
    args.add_argument("--predictions", help="writes the joint answers for `attache evaluate --predictions`")
    args = args.parse_args()
    lines = lambda path: [json.loads(line) for line in open(path, encoding="utf-8")]
    gold = {r["id"]: r for r in lines(args.gold)}
    frames = {}
    for r in lines(args.frames) if args.frames else []:
        told = [w.split()[2] for w in r["why"] if w.startswith("frame ")]
        frames[r["id"]] = told[0] if told else None
    rows = [{"id": r["id"], "logits": r["logits"], "frame": frames.get(r["id"]), "gold": gold[r["id"]]["gold"]["root"]}
            for r in lines(args.cv)]
    rows.sort(key=lambda r: r["id"])
    seen = {"".join(r["text"].split()) for r in lines(args.seen)} if args.seen else set()
    fresh = [n for n, r in enumerate(rows) if "".join(gold[r["id"]]["text"].split()) not in seen]
    wanted = [r["gold"] for r in rows]
    for name, weights in (("head alone", [0.0]), ("head and frame", [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0])):
        if name != "head alone" and not frames:
            continue
        answers = judged(rows, weights)
        told = [max(p, key=p.get) for p in answers]
        curve, ece = calibration(rows, answers)
        print(f"{name}: temperature and frame weight on all rows {fit(rows, weights)}, ECE {ece:.3f}")
        for label, picked in (("all rows", range(len(rows))), ("texts the encoder had no label of", fresh if seen else [])):
            if picked:
                g, t = [wanted[n] for n in picked], [told[n] for n in picked]
                found = zip(("root", "quad", "binary"), levels(g, t), bootstrap(g, t))
                print(f"  {label} ({len(g)}): " + ", ".join(f"{k} {f:.1f} [{a:.1f}, {b:.1f}]" for k, f, (a, b) in found))
    if args.predictions:
        with open(args.predictions, "w", encoding="utf-8") as file:
            for r, t in zip(rows, told):
                file.write(json.dumps({"id": r["id"], "root": t}) + "\n")
    if args.out:
        Path(args.out, "confusion.svg").write_text(confusion_picture(wanted, told), encoding="utf-8")
        Path(args.out, "reliability.svg").write_text(reliability_picture(curve, ece), encoding="utf-8")


if __name__ == "__main__":
    main()
