"""Writes data/inflection/en.tsv: English verb and noun forms whose dictionary form differs, from lemminflect (MIT).

    python3 data-build/inflection.py lemma_lu.csv.gz > data/inflection/en.tsv

`lemma_lu.csv.gz` lies in the resources of the PyPI package lemminflect 0.2.3; its forms come from the NIH
SPECIALIST Lexicon.
"""

import gzip
import sys

NAMES = {"verb": "VERB", "noun": "NOUN"}

rows = []
with gzip.open(sys.argv[1], "rt", encoding="utf-8") as table:
    for line in table:
        form, tag, lemmas = line.rstrip("\n").split(",")[:3]
        words = lemmas.split("/")
        if tag in NAMES and form.isalpha() and form not in words:
            rows.append((form, NAMES[tag], "|".join(words)))
        elif tag == "verb" and form.isalpha() and len(words) > 1:
            rows.append((form, "VERB", "|".join(words)))
print("form\tupos\tlemmas")
for row in sorted(set(rows)):
    print("\t".join(row))
