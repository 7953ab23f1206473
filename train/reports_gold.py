"""The corpus's whole reports (`corpus/hand/reports.txt`) as a gold file for `attache evaluate`: the development set of
`read` and `extract`. No model is trained on these reports.

    python reports_gold.py --reports corpus/hand/reports.txt --by sentence --out reports.jsonl
"""

import argparse
import json
from pathlib import Path

from corpus import NONE, parse

QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
        "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}


def event(e):
    words = lambda spans: [e.text[a:b] for a, b in spans]
    return {"root": "YIELD" if e.type in ("CONCEDE", "RETREAT") else e.type, "quad": QUAD[e.type],
            "source_variants": words(e.actor), "target_variants": words(e.recipient)}


def reports(path):
    """(number, date, lines) of each report."""
    out = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            number, date, *_ = [part.strip() for part in line[2:].split("|")] + [""]
            out.append((number, date, []))
        elif line.strip() and not line.startswith("#"):
            out[-1][2].append(parse(line, number))
    return out


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--reports", required=True)
    args.add_argument("--by", choices=["sentence", "report"], default="sentence")
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rows = []
    for number, date, lines in reports(args.reports):
        texts = list(dict.fromkeys(e.text for e in lines))
        parts = [texts] if args.by == "report" else [[t] for t in texts]
        for n, part in enumerate(parts):
            events = [event(e) for e in lines if e.text in part and e.type != NONE]
            rows.append({"id": f"reports_{number}_{n}", "lang": "en", "task": "events", "text": " ".join(part),
                         "gold": {"events": events, "locations": [], "relevant": bool(events)}, "meta": {"date": date}})
    with open(args.out, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(rows)} rows, {sum(len(r['gold']['events']) for r in rows)} events")


if __name__ == "__main__":
    main()
