"""Words to word pieces: BERT's uncased basic and WordPiece tokenisation, one syntactic word at a time.

The Rust side (`crates/attache-text/src/encoder/wordpiece.rs`) must do exactly the same.
"""

import unicodedata

CLS, SEP, UNK = "[CLS]", "[SEP]", "[UNK]"
MAX_PIECES_PER_WORD = 16
MAX_CHARS_PER_PIECE_RUN = 100

# How a word is written. The vocabulary is uncased, so this is all the encoder knows of case.
SHAPES = ["special", "lower", "title", "upper", "letter", "mixed", "digit", "punct", "other", "first"]


# Punctuation outside ASCII, as ranges of code points; short, so that it can be the same on the Rust side.
PUNCTUATION = [(0xA1, 0xA1), (0xA7, 0xA7), (0xAB, 0xAB), (0xB6, 0xB7), (0xBB, 0xBB), (0xBF, 0xBF), (0x60C, 0x60D),
               (0x61B, 0x61B), (0x61F, 0x61F), (0x66A, 0x66D), (0x2010, 0x2027), (0x2030, 0x205E), (0x3001, 0x3003),
               (0x3008, 0x3011), (0x3014, 0x301F), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20)]
# Characters without a shape of their own: soft hyphen, joiners, direction marks.
INVISIBLE = [(0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)]


def within(code, ranges):
    return any(a <= code <= b for a, b in ranges)


def is_punctuation(char):
    code = ord(char)
    if code < 128:
        return 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return within(code, PUNCTUATION)


def is_cjk(char):
    code = ord(char)
    return (0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF
            or 0x20000 <= code <= 0x2FA1F)


def basic(word):
    """Lower-cased, accents stripped, cut at punctuation, CJK characters and white space."""
    runs, run = [], ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if unicodedata.category(char)[0] == "M" or within(ord(char), INVISIBLE):
            continue
        if unicodedata.category(char) == "Cc" and not char.isspace():
            continue
        if char.isspace() or is_punctuation(char) or is_cjk(char):
            if run:
                runs.append(run)
                run = ""
            if not char.isspace():
                runs.append(char)
        else:
            run += char
    if run:
        runs.append(run)
    return runs


class WordPiece:
    """The vocabulary and greedy longest-match-first cutting."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.index = {piece: i for i, piece in enumerate(vocabulary)}
        self.cache = {}

    def run(self, run):
        if len(run) > MAX_CHARS_PER_PIECE_RUN:
            return [self.index[UNK]]
        out, start = [], 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = self.index.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    break
                end -= 1
            if end == start:
                return [self.index[UNK]]
            out.append(piece)
            start = end
        return out

    def word(self, word):
        """Vocabulary indexes of one word; a word of nothing but odd characters is one [UNK]."""
        known = self.cache.get(word)
        if known is None:
            known = [p for run in basic(word) for p in self.run(run)][:MAX_PIECES_PER_WORD]
            known = self.cache[word] = known or [self.index[UNK]]
        return known


def shape(word, first):
    """Index into SHAPES. `first` is true for the first word of a sentence, whose capital says little."""
    letters = [c for c in word if c.isalpha()]
    if any(unicodedata.category(c)[0] == "N" for c in word):
        return SHAPES.index("digit")
    if not letters:
        return SHAPES.index("punct" if all(is_punctuation(c) for c in word) else "other")
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return SHAPES.index("lower" if any(c.islower() for c in letters) else "other")
    if upper == len(letters):
        return SHAPES.index("letter" if len(letters) == 1 else "upper")
    if letters[0].isupper() and upper == 1:
        return SHAPES.index("first" if first else "title")
    return SHAPES.index("mixed")
