"""Sentences to tensors, with the ways a sentence may be written (capitals, lower case, no full stop)."""

import json
import random

import torch

import lemma
from pieces import CLS, SEP, SHAPES, shape
from treebank import Sentence

MAX_PIECES = 254


def tag_mentions(mentions, n):
    """BIOES tags of (first, last, kind) stretches."""
    tags = ["O"] * n
    for first, last, kind in mentions:
        if last - first == 1:
            tags[first] = f"S-{kind}"
        else:
            tags[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 2) + [f"E-{kind}"]
    return tags


def read_silver(path):
    return [Sentence(r["words"], r["spaces"], mentions=[tuple(m) for m in r["mentions"]], event=r.get("event"))
            for r in map(json.loads, open(path, encoding="utf-8"))]


def rewritten(s, rng):
    """A copy as a headline, an old wire or a careless writer would have it; the same sentence mostly."""
    x = rng.random()
    if x < 0.05:
        words = [w.upper() for w in s.words]
    elif x < 0.10:
        words = [w.lower() for w in s.words]
    elif x < 0.13:
        words = [w[:1].upper() + w[1:] for w in s.words]
    elif x < 0.16:
        words = [w.upper() if w.istitle() else w for w in s.words]
    elif x < 0.24 and s.upos and s.upos[-1] == "PUNCT" and len(s.words) > 2 and len(s.words) not in s.heads:
        cut = Sentence(*(column[:-1] for column in (s.words, s.spaces, s.lemmas, s.upos, s.feats, s.heads, s.deprels)),
                       [m for m in s.mentions if m[1] < len(s.words)])
        return cut
    else:
        return s
    return Sentence(words, s.spaces, s.lemmas, s.upos, s.feats, s.heads, s.deprels, s.mentions, s.event)


class Batcher:
    def __init__(self, wordpiece, labels):
        self.wordpiece = wordpiece
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}

    def pieces(self, s):
        """Piece ids, shape ids and the word (from 1, 0 the root, -1 none) of each piece."""
        ids, shapes, word_of = [self.wordpiece.index[CLS]], [SHAPES.index("special")], [0]
        for n, word in enumerate(s.words):
            own = self.wordpiece.word(word)
            ids += own
            shapes += [shape(word, n == 0)] * len(own)
            word_of += [n + 1] * len(own)
        return ids + [self.wordpiece.index[SEP]], shapes + [SHAPES.index("special")], word_of + [-1]

    def size(self, s):
        return 2 + sum(len(self.wordpiece.word(w)) for w in s.words)

    def tensor(self, sentences):
        """One padded batch; unknown labels are -100, which the loss leaves out."""
        rows = [self.pieces(s) for s in sentences]
        p, w = max(len(r[0]) for r in rows), max(len(s.words) for s in sentences) + 1
        b = len(rows)
        out = {"pieces": torch.zeros(b, p, dtype=torch.long), "shapes": torch.zeros(b, p, dtype=torch.long),
               "mask": torch.zeros(b, p, dtype=torch.bool), "pool": torch.zeros(b, w, p),
               "words": torch.zeros(b, w, dtype=torch.bool), "heads": torch.full((b, w), -100),
               "event": torch.tensor([self.index["event"].get(s.event, -100) for s in sentences])}
        for k in ("upos", "feats", "lemma", "deprel", "mention"):
            out[k] = torch.full((b, w), -100)
        for n, (s, (ids, shapes, word_of)) in enumerate(zip(sentences, rows)):
            out["pieces"][n, :len(ids)] = torch.tensor(ids)
            out["shapes"][n, :len(ids)] = torch.tensor(shapes)
            out["mask"][n, :len(ids)] = True
            counts = [0] * w
            for k in word_of:
                if k >= 0:
                    counts[k] += 1
            for i, k in enumerate(word_of):
                if k >= 0:
                    out["pool"][n, k, i] = 1 / counts[k]
            m = len(s.words)
            out["words"][n, :m + 1] = True
            known = lambda kind, values: torch.tensor([self.index[kind].get(v, -100) for v in values])
            if s.upos:
                out["upos"][n, 1:m + 1] = known("upos", s.upos)
                out["feats"][n, 1:m + 1] = known("feats", s.feats)
                out["deprel"][n, 1:m + 1] = known("deprel", s.deprels)
                out["lemma"][n, 1:m + 1] = known("lemma", [lemma.script(x, l) for x, l in zip(s.words, s.lemmas)])
                out["heads"][n, 1:m + 1] = torch.tensor(s.heads)
            if s.mentions is not None:
                out["mention"][n, 1:m + 1] = known("mention", tag_mentions(s.mentions, m))
        return out

    def batches(self, sentences, pieces, rng=None):
        """Lists of sentences of like length, at most `pieces` padded pieces each; shuffled with `rng`."""
        sized = [(self.size(s), s) for s in sentences]
        sized = [x for x in sized if x[0] <= MAX_PIECES]
        jitter = (lambda: rng.random() * 4) if rng else (lambda: 0)
        sized = sorted(((n + jitter(), i, n, s) for i, (n, s) in enumerate(sized)), key=lambda x: x[:2])
        out, now, longest = [], [], 0
        for _, _, n, s in sized:
            if now and max(longest, n) * (len(now) + 1) > pieces:
                out.append(now)
                now, longest = [], 0
            now.append(s)
            longest = max(longest, n)
        if now:
            out.append(now)
        if rng:
            rng.shuffle(out)
        return out
