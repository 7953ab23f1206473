"""Lemmas as edit scripts: what to cut and add at both ends of the lower-cased word, and how to write it.

A script is `CASE|front cut|front added|back cut|back added`, or `CASE|=lemma` where word and lemma share
nothing. CASE is l (lower), t (Title), u (UPPER) or k (as the word is written). Follows the edit scripts of
UDPipe 2 (Straka 2018), simplified to the two ends.
"""

from functools import lru_cache


def longest_common(a, b):
    """Start in a, start in b and length of the longest common substring; the first one where several are."""
    best, row = (0, 0, 0), [0] * (len(b) + 1)
    for i, x in enumerate(a):
        new = [0] * (len(b) + 1)
        for j, y in enumerate(b):
            if x == y:
                new[j + 1] = row[j] + 1
                if new[j + 1] > best[2]:
                    best = (i - new[j + 1] + 1, j - new[j + 1] + 1, new[j + 1])
        row = new
    return best


def title(text):
    return text[:1].upper() + text[1:]


def apply(script, word):
    """The lemma, or None where the script does not fit the word."""
    case, *rest = script.split("|")
    base = word if case == "k" else word.lower()
    if rest[0].startswith("="):
        text = rest[0][1:]
    else:
        front, back = int(rest[0]), int(rest[2])
        if front + back >= len(base) and not (rest[1] or rest[3]):
            return None
        if front + back > len(base):
            return None
        text = rest[1] + base[front:len(base) - back] + rest[3]
    if case == "t":
        return title(text)
    return text.upper() if case == "u" else text


@lru_cache(maxsize=None)
def script(word, lemma):
    """The most general script that makes `lemma` of `word`; a lemma left blank (`_`) counts as the word itself."""
    lemma = word if lemma == "_" else lemma
    for case, base, target in (("l", word.lower(), lemma), ("t", word.lower(), lemma.lower()),
                               ("u", word.lower(), lemma.lower()), ("k", word, lemma)):
        if case == "l" and lemma != lemma.lower():
            continue
        i, j, n = longest_common(base, target)
        if n == 0 or (n == 1 and len(target) > 2):
            found = f"{case}|={target}"
        else:
            found = f"{case}|{i}|{target[:j]}|{len(base) - i - n}|{target[j + n:]}"
        if "|" not in target and apply(found, word) == lemma:
            return found
    return f"k|={lemma}"
