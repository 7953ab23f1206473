"""From scores to trees and mentions, as the Rust side does it."""

import numpy as np

from treebank import MENTION_TAGS

NEVER = -1e9


def tree(scores):
    """Heads (index 0 unused) of the best tree with one root. `scores[d, h]`, index 0 the root.

    Chu-Liu/Edmonds; root arcs carry a penalty larger than any tree's score, so exactly one is taken.
    """
    s = np.array(scores, dtype=np.float64)
    n = len(s)
    span = (s.max() - s.min() + 1) * n
    s[:, 0] -= span
    np.fill_diagonal(s, NEVER * 10)
    heads = edmonds(s)
    return heads


def edmonds(s):
    n = len(s)
    heads = s.argmax(axis=1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [i for i in range(n) if i not in inside]
    m = len(outside)
    small = np.full((m + 1, m + 1), NEVER * 10)
    small[:m, :m] = s[np.ix_(outside, outside)]
    enter, leave = {}, {}
    total = sum(s[d, heads[d]] for d in cycle)
    for i, v in enumerate(outside):
        gain = [s[d, v] - s[d, heads[d]] for d in cycle]
        enter[i] = int(np.argmax(gain))
        small[m, i] = gain[enter[i]] + total
        best = int(np.argmax([s[v, h] for h in cycle]))
        leave[i] = cycle[best]
        if v:
            small[i, m] = s[v, cycle[best]]
    sub = edmonds(small)
    for i, v in enumerate(outside):
        if v:
            heads[v] = leave[i] if sub[i] == m else outside[sub[i]]
    into = sub[m]
    heads[cycle[enter[into]]] = outside[into]
    return heads


def find_cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, v = [], start
        while state[v] == 0:
            state[v] = 1
            path.append(v)
            v = heads[v]
        if state[v] == 1:
            return path[path.index(v):]
        for u in path:
            state[u] = 2
    return None


def allowed():
    """May tag b follow tag a (BIOES)?"""
    n = len(MENTION_TAGS)
    ok = np.zeros((n, n), dtype=bool)
    for i, a in enumerate(MENTION_TAGS):
        for j, b in enumerate(MENTION_TAGS):
            open_ = a[0] in "BI"
            ok[i, j] = (b[0] in "IE" and b[2:] == a[2:]) if open_ else b[0] in "OBS"
    return ok


ALLOWED = allowed()


def mentions(scores):
    """Best well-formed tagging of (words, tags) scores as (first, last, kind)."""
    start = np.array([0 if t[0] in "OBS" else NEVER for t in MENTION_TAGS])
    end = np.array([0 if t[0] in "OES" else NEVER for t in MENTION_TAGS])
    step = np.where(ALLOWED, 0, NEVER)
    best, back = start + scores[0], []
    for row in scores[1:]:
        paths = best[:, None] + step
        back.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    tag = int((best + end).argmax())
    tags = [tag]
    for b in reversed(back):
        tag = int(b[tag])
        tags.append(tag)
    out, first = [], None
    for i, t in enumerate(MENTION_TAGS[t] for t in reversed(tags)):
        if t[0] in "BS":
            first = i
        if t[0] in "ES":
            out.append((first, i + 1, t[2:]))
    return out
