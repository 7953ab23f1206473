"""The lexicon's own example sentences as training examples: the program codes them, and those that come out as their
frame says are kept with the spans it found.

    python examples.py --lexicon ../data/lexicon/en/frames --attache ../target/release/attache --out examples.jsonl
"""

import argparse
import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from corpus import NONE, STATUSES, Example


def frames(folder):
    """(id, type, mode, example) of every frame."""
    for path in sorted(Path(folder).glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            if len(row) >= 10 and row[0] != "id" and not line.startswith("#"):
                yield row[0], row[5], row[6], row[9]


def characters(text, span):
    """A byte span as a character span."""
    raw = text.encode()
    return len(raw[:span[0]].decode()), len(raw[:span[1]].decode())


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--lexicon", required=True)
    args.add_argument("--attache", required=True)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rows = list(frames(args.lexicon))
    asked = "".join(json.dumps({"id": n, "text": row[3], "lang": "en"}) + "\n" for n, row in enumerate(rows))
    told = subprocess.run([args.attache, "extract", "--quiet", "-"], input=asked.encode(), stdout=subprocess.PIPE, check=False)
    kept = 0
    with open(args.out, "w", encoding="utf-8") as file:
        for answer in map(json.loads, told.stdout.splitlines()):
            name, kind, mode, text = rows[int(answer["id"])]
            if kind == NONE:
                example = Example(text, type=NONE, modes=[], trigger=[], source=name)
            else:
                found = [e for e in answer.get("events", []) if e["type"] == kind and e.get("actor") and e.get("recipient")]
                if not found:
                    continue
                e = found[0]
                spans = lambda parties: [characters(text, p["span"]) for p in parties]
                example = Example(text, spans(e["actor"]), spans(e["recipient"]), [],
                                  [characters(text, e["evidence"]["trigger"])], kind, [] if mode == "-" else [mode],
                                  e["status"] if e["status"] in STATUSES else None, source=name)
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            kept += 1
    print(f"{kept} of {len(rows)} examples kept")


if __name__ == "__main__":
    main()
