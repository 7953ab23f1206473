"""CoNLL-U in, and the label sets drawn from a training treebank."""

from collections import Counter
from dataclasses import dataclass, field

import lemma

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
KINDS = "PER ORG GPE LOC FAC NORP DATE MONEY".split()
MENTION_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BIES"]


@dataclass
class Sentence:
    """Columns of one sentence. `head` counts from 1, 0 is the root. Empty columns are unknown."""
    words: list
    spaces: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprels: list = field(default_factory=list)
    mentions: list = None  # [(first, last, kind)], last exclusive
    event: str = None      # event type the sentence was written for, silver


def read(path):
    """Every sentence of a CoNLL-U file; empty nodes are left out, contractions kept as their words."""
    out, rows, joined = [], [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                spaces = ["SpaceAfter=No" not in r[9] for r in rows]
                for first, last, after in joined.values():
                    for i in range(first, last):
                        spaces[i - 1] = False
                    spaces[last - 1] = after
                out.append(Sentence([r[1] for r in rows], spaces, [r[2] for r in rows], [r[3] for r in rows],
                                    [r[5] if r[5] != "_" else "" for r in rows], [int(r[6]) for r in rows],
                                    [r[7] for r in rows]))
            rows, joined = [], {}
        elif not line.startswith("#"):
            cells = line.split("\t")
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                joined[first] = (first, last, "SpaceAfter=No" not in cells[9])
            elif "." not in cells[0]:
                rows.append(cells)
    return out


def labels(sentences, least=3):
    """Label lists (most frequent first) of the training treebank; rarer bundles and scripts stay unknown."""
    feats, scripts, deprels = Counter(), Counter(), Counter()
    for s in sentences:
        feats.update(s.feats)
        deprels.update(s.deprels)
        scripts.update(lemma.script(w, l) for w, l in zip(s.words, s.lemmas))
    keep = lambda counter, n: [k for k, v in sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])) if v >= n]
    return {"upos": UPOS, "feats": keep(feats, least), "lemma": keep(scripts, 2), "deprel": keep(deprels, 1),
            "mention": MENTION_TAGS}
