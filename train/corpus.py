"""Marked sentences: what one actor does to one recipient, with trigger, type, modes and status.

Three sources give them in one form, `Example`: our own hand-written corpus (`corpus/hand/*.txt`), the example
sentence of every lexicon frame, and gold rows with marked spans. `corpus/README.md` describes the line form.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

TYPES = ["ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
         "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"]
NONE = "NONE"
STATUSES = ["actual", "ongoing", "historical", "future", "hypothetical", "negated"]

LINE = re.compile(r"(\+ )?(\S+) (\S+) (\S+) \| (.+)")
MARK = re.compile(r"\[([ARS]) |\]|<(?=\S)|>")
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|(?:(?!n['’]t\b)\w)+|[^\w\s]")


@dataclass
class Example:
    """A text with marked character spans; an unknown column is None."""

    text: str
    actor: list = field(default_factory=list)
    recipient: list = field(default_factory=list)
    speaker: list = field(default_factory=list)
    trigger: list | None = None
    type: str | None = None
    modes: list | None = None
    status: str | None = None
    quad: int | None = None      # 0 statement, else quad class: sentences of which no more is known
    pair: bool = False           # the two sides have an event, its type unknown
    plv: bool = False            # the type is a root of CAMEO's, as PLV's records have it
    source: str = ""


def unmarked(marked):
    """The text without marks, and the spans of each mark."""
    text, spans, open_, last = "", {"A": [], "R": [], "S": [], "<": []}, [], 0
    for m in MARK.finditer(marked):
        text += marked[last:m.start()]
        last = m.end()
        if m.group() in ("]", ">"):
            kind, start = open_.pop()
            spans[kind].append((start, len(text)))
        else:
            open_.append((m.group(1) or "<", len(text)))
    assert not open_, marked
    return text + marked[last:], spans


def parse(line, source):
    m = LINE.fullmatch(line)
    assert m, line
    _, kind, modes, status, marked = m.groups()
    text, spans = unmarked(marked)
    return Example(text, spans["A"], spans["R"], spans["S"], spans["<"], kind, [] if modes == "-" else modes.split(","),
                   None if status == "-" else status, source=source)


def hand(folder):
    """Every line of the hand-written corpus; malformed lines are an error that names the line."""
    out = []
    for path in sorted(Path(folder).glob("*.txt")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith(("#", "==")):
                try:
                    out.append(parse(line, f"{path.stem}:{n}"))
                except (AssertionError, IndexError) as error:
                    raise SystemExit(f"{path}:{n}: not a corpus line: {error}") from None
    return out


def relation_rows(rows):
    """Gold rows of the relation task; CONCEDE and RETREAT are one root there (YIELD)."""
    return [Example(r["text"], [tuple(s) for s in r["gold"].get("source", {}).get("spans", [])],
                    [tuple(s) for s in r["gold"].get("target", {}).get("spans", [])],
                    type=r["gold"]["root"], plv=True, source=r["id"]) for r in rows]


def class_rows(rows):
    return [Example(r["text"], quad=int(r["gold"]["label"]), source=r["id"]) for r in rows]


def span_rows(rows):
    """Gold rows that mark who acts on whom, without a type: S actor, T recipient, R both."""
    out = []
    for r in rows:
        found, tags, offsets = {"S": [], "T": [], "R": []}, r["gold"]["tags"], r["gold"]["offsets"]
        for tag, (a, b) in zip(tags, offsets):
            if tag[0] == "B":
                found[tag[2:]].append((a, b))
            elif tag[0] == "I" and found[tag[2:]]:
                found[tag[2:]][-1] = (found[tag[2:]][-1][0], b)
        if len(found["S"]) == 1 and len(found["T"]) == 1:
            out.append(Example(r["text"], found["S"], found["T"], pair=True, source=r["id"]))
    return out


def words(text):
    """(start, end) of each word, cut nearly as the Rust tokeniser cuts: pieces come out the same."""
    return [m.span() for m in WORD.finditer(text)]


# Where CAMEO's roots cut otherwise than PLOVER 2.0: type, mode (or none), words of the trigger, the roots it may have.
# 116 find guilty, 115 and 112 charge: under disapprove; 191 blockade, 192 occupy, 196 violate a ceasefire and a
# cyber attack: under fight; 172 sanctions on persons and firms: under coerce; 05 has pledged backing and invitations.
OTHER_CUT = [
    ("SANCTION", "convict", "", ["ACCUSE"]),
    ("COERCE", "cyber", "", ["ASSAULT", "COERCE"]),
    ("COERCE", "seize", "", ["ASSAULT", "COERCE"]),
    ("COERCE", None, r"blockad|sieg|besieg", ["ASSAULT"]),
    ("COERCE", "arrest", r"charg|indict|prosecut", ["ACCUSE", "COERCE"]),
    ("SANCTION", None, r"sanction|blacklist|freez|froze", ["COERCE", "SANCTION"]),
    ("COOPERATE", None, r"extradit", ["ACCUSE", "COOPERATE"]),
    ("AGREE", None, r"support|backing|invit|welcom", ["AGREE", "SUPPORT"]),
]


def cameo_types(example):
    """The types an example of ours may have where CAMEO's roots are kept."""
    told = " ".join(example.text[a:b] for a, b in example.trigger or [])
    for kind, mode, words, roots in OTHER_CUT:
        if example.type == kind and (mode is None or mode in (example.modes or [])) and re.search(words, told, re.I):
            return roots
    return [example.type]


def swapped(example):
    """The same sentence with the two sides exchanged: no event that way round."""
    return replace(example, actor=example.recipient, recipient=example.actor, type=NONE, modes=[], status=None,
                   trigger=[], speaker=[])
