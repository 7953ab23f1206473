"""Variants of marked sentences: other countries and names, a frame of attribution, time or place around them, a
headline's or a passive writer's form. What happens, to whom, and its labels stay the same.

    python generate.py --corpus corpus/hand --examples examples.jsonl --entities ../data/entities --out generated.jsonl
"""

import argparse
import json
import random
import re
from dataclasses import asdict, replace
from pathlib import Path

import corpus
from corpus import NONE, Example

# Who is quoted around a sentence, and how (written for this file).
LEADS = ["officials said {day}", "according to state television", "a spokesman told reporters {day}", "local radio reported",
         "the state news agency said", "witnesses said", "two people familiar with the matter said", "diplomats said {day}",
         "a statement posted online said", "the ministry announced {day}", "aides confirmed late {day}", "newspapers reported {day}",
         "sources close to the talks said", "the agency quoted an official as saying"]
FRONTS = ["{day} morning,", "Earlier this week,", "Late {day},", "Last month,", "In a move that surprised diplomats,",
          "After weeks of mounting tension,", "Despite appeals from abroad,", "In the capital,", "In {year},", "Meanwhile,",
          "Only hours later,", "According to a report seen by journalists,", "For the second time this year,",
          "Two days before the vote,", "With winter approaching,", "Under pressure from all sides,"]
TAILS = ["ahead of a regional summit", "as markets fell for a third day", "a week after the elections", "in what observers called a turning point",
         "in line with earlier announcements", "amid heavy rain in the capital", "as part of a wider plan", "less than a month after taking office",
         "while lawmakers debated the budget", "in the northern province", "in a televised address", "following a cabinet meeting"]
DAYS = ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday", "yesterday", "over the weekend"]
FIRST = ("Ana Luis Karim Olga Thabo Mei Hassan Ingrid Pedro Amina Viktor Leila Kofi Sanjay Marta Tomasz Nur Elena Joseph Aisha Dmitri "
         "Fatou Ramon Yusuf Greta Chen Paulo Miriam Omar Katya David Rosa Bakary Hiroshi Zeinab Andrei Lucia Samuel Farid Nadia").split()
LAST = ("Mbeki Okafor Novak Haddad Petrov Silva Kimura Osei Lindqvist Rahman Castillo Duarte Moyo Farouk Sokolov Nguyen Ortega Banda "
        "Yilmaz Karimov Ferrari Costa Diallo Aziz Kovacs Tanaka Reyes Mensah Popescu Sharma Jansen Habib Traore Vargas Molina Salem").split()
TITLES = "President|Minister|Prime Minister|Chancellor|Secretary|Senator|Governor|General|Mayor|Ambassador|Judge|Mr|Mrs|Ms|Colonel|King|Sheikh|leader|chief|envoy|spokesman|spokeswoman|minister|president"
NAME = re.compile(rf"\b(?:{TITLES}) ((?:[A-ZÁÉÍÓÚŠČŽ][\w'’-]+ ?){{1,3}})\b")


class Countries:
    """Names, adjectives and capitals, so that one country may stand for another throughout a sentence."""

    def __init__(self, folder):
        rows = [line.split("\t") for line in (Path(folder) / "countries.tsv").read_text(encoding="utf-8").splitlines()
                if line and not line.startswith("#")]
        head, self.rows = rows[0], []
        for r in rows[1:]:
            r = dict(zip(head, r))
            adjective = r["adjectives"].split("|")[0]
            if adjective and r["capital"]:
                self.rows.append((r["name"], adjective, r["capital"]))
        self.of = {}
        for row in self.rows:
            for n, word in enumerate(row):
                self.of.setdefault(word, (row, n))
        words = sorted(self.of, key=len, reverse=True)
        self.pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")

    def exchange(self, rng):
        """A function of a text piece; the same country becomes the same other one in every piece."""
        chosen = {}

        def one(match):
            row, n = self.of[match.group()]
            if row not in chosen:
                chosen[row] = rng.choice(self.rows)
            return chosen[row][n]

        return lambda text: self.pattern.sub(one, text)


def pieces(e):
    """The text cut at every mark's ends, each piece with the marks that cover it."""
    marks = [(a, b, k) for k, spans in (("actor", e.actor), ("recipient", e.recipient), ("speaker", e.speaker),
                                        ("trigger", e.trigger or [])) for a, b in spans]
    cuts = sorted({0, len(e.text)} | {x for a, b, _ in marks for x in (a, b)})
    return [(e.text[a:b], [(s, t, k) for s, t, k in marks if s <= a and b <= t]) for a, b in zip(cuts, cuts[1:])]


def joined(e, parts):
    """The example with its pieces' texts replaced: the marks move along."""
    text, ends = "", {}
    for piece, marks in parts:
        start = len(text)
        text += piece
        for m in marks:
            ends[m] = (ends.get(m, (start, 0))[0], len(text))
    spans = {k: [s for m, s in sorted(ends.items(), key=lambda x: x[1]) if m[2] == k]
             for k in ("actor", "recipient", "speaker", "trigger")}
    return replace(e, text=text, actor=spans["actor"], recipient=spans["recipient"], speaker=spans["speaker"],
                   trigger=None if e.trigger is None else spans["trigger"])


def renamed(e, countries, rng):
    """Other countries, and other names behind titles."""
    exchange = countries.exchange(rng)
    person = lambda m: m.group().replace(m.group(1).rstrip(), f"{rng.choice(FIRST)} {rng.choice(LAST)}")
    return joined(e, [(NAME.sub(person, exchange(text)), marks) for text, marks in pieces(e)])


def moved(e, start, gone, new):
    """The example with `gone` characters at `start` replaced by `new`, outside every mark."""
    shift = len(new) - gone
    move = lambda spans: [(a + shift, b + shift) if a >= start + gone else (a, b) for a, b in spans]
    return replace(e, text=e.text[:start] + new + e.text[start + gone:], actor=move(e.actor), recipient=move(e.recipient),
                   speaker=move(e.speaker), trigger=None if e.trigger is None else move(e.trigger))


def framed(e, rng):
    """Something before or behind the sentence that changes nothing of what it tells."""
    day = rng.choice(DAYS)
    fill = lambda text: text.format(day=day, year=rng.randint(1985, 2026))
    kind = rng.random()
    if kind < 0.4 and e.text.endswith("."):
        joint = rng.choice([", " + fill(rng.choice(LEADS)), " " + rng.choice(TAILS), " " + day])
        return moved(e, len(e.text) - 1, 0, joint)
    if kind < 0.7 and re.match(r"(The|A|An|Two|Three|Police|Rebels|Opposition|Several) ", e.text):
        front = fill(rng.choice(FRONTS))
        front = front[0].upper() + front[1:]
        e = moved(e, 0, 0, front + " ")
        at = len(front) + 1
        return replace(e, text=e.text[:at] + e.text[at].lower() + e.text[at + 1:])
    return e


def headline(e):
    """Without articles at the marks' beginnings and without a full stop."""
    out = [(re.sub(r"\b(The|the|A|a|an|An) ", "", text) if rank or not marks else re.sub(r"^(The|A|An) ", "", text), marks)
           for rank, (text, marks) in enumerate(pieces(e))]
    e = joined(e, out)
    return replace(e, text=e.text.rstrip("."))


def variant(e, countries, rng):
    e = renamed(e, countries, rng)
    x = rng.random()
    if x < 0.55:
        e = framed(e, rng)
    elif x < 0.65:
        e = headline(e)
    return e


def sound(e):
    """Marks inside the text and not empty."""
    spans = [*e.actor, *e.recipient, *(e.trigger or [])]
    return all(0 <= a < b <= len(e.text) for a, b in spans) and len(e.text) < 700


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--corpus", required=True)
    args.add_argument("--examples", help="written by examples.py")
    args.add_argument("--entities", required=True)
    args.add_argument("--count", type=int, default=30000)
    args.add_argument("--seed", type=int, default=3)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    rng = random.Random(args.seed)
    countries = Countries(args.entities)
    seeds = corpus.hand(args.corpus)
    if args.examples:
        seeds += [Example(**json.loads(line)) for line in open(args.examples, encoding="utf-8")]
    # Types with fewer seeds get as many variants as the others.
    by_type = {}
    for e in seeds:
        by_type.setdefault(e.type, []).append(e)
    seen, count = set(), 0
    with open(args.out, "w", encoding="utf-8") as file:
        for _ in range(5 * args.count):
            kind = rng.choice(sorted(by_type))
            e = variant(rng.choice(by_type[kind]), countries, rng)
            key = (e.text, str(e.actor), str(e.recipient))
            if key in seen or not sound(e) or (e.type != NONE and not e.trigger):
                continue
            seen.add(key)
            file.write(json.dumps(asdict(replace(e, source="variant of " + e.source)), ensure_ascii=False) + "\n")
            count += 1
            if count == args.count:
                break
    print(f"{count} variants of {len(seeds)} sentences")


if __name__ == "__main__":
    main()
