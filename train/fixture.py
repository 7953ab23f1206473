"""What PyTorch says of a few sentences of our own, for the Rust test that compares (encoder/agreement.json)."""

import argparse
import json

import torch

from export import load, unpacked
from score import analyse
from tower import Tower
from treebank import Sentence

SENTENCES = [
    "The foreign minister of Peru met the president of Chile in Lima on Tuesday .",
    "Rebels shelled the airport , wounding four soldiers and a pilot .",
    "PARLIAMENT REJECTS THE BUDGET",
    "We do n't expect that they 'll withdraw their troops before March 2021 .",
    "Café owners in São Paulo are n't happy : a $ 3 million fund was cut 🙁",
    "Yes",
    "What did the U.N. envoy , who had visited Aleppo twice , ask the two sides for ?",
]
# The sentence, the words of the actor and of the recipient.
PAIRS = [(0, [0, 1, 2, 3, 4], [6, 7, 8, 9]), (1, [0], [7, 8, 9, 10]), (2, [0], []), (5, [], [])]


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--model", required=True)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    model, batcher, labels = load(args.model)
    sentences = [Sentence(s.split()) for s in SENTENCES]
    answers = {" ".join(s.words): p for s, p in analyse(model, batcher, labels, sentences)}
    out = []
    for s in sentences:
        p = answers[" ".join(s.words)]
        with torch.no_grad():
            words, _ = model(batcher.tensor([s]))
        out.append({"words": s.words, "pieces": batcher.pieces(s)[0], "upos": p.upos, "feats": p.feats,
                    "lemma": p.lemmas, "head": p.heads, "deprel": p.deprels, "mentions": p.mentions,
                    "vectors": [[round(x, 5) for x in row[:4].tolist()] for row in words[0]]})
    tensors, metadata = unpacked(args.model)
    config, relations = json.loads(metadata["config"]), []
    if config.get("tower_layers"):
        columns = json.loads(metadata["relation"])
        tower = Tower(config["tower_layers"], len(columns["modes"])).eval()
        tower.load_state_dict({k[6:]: v for k, v in tensors.items() if k.startswith("tower.")}, strict=False)
        model.encoder.layers = model.encoder.layers[:config["tower_from"]]
        for n, actor, recipient in PAIRS:
            ids, shapes, word_of = batcher.pieces(sentences[n])
            a, r = (torch.tensor([[w - 1 in side for w in word_of]]) for side in (actor, recipient))
            mask = torch.ones(1, len(ids), dtype=torch.bool)
            answers = {}
            with torch.no_grad():
                states = model.encoder(torch.tensor([ids]), torch.tensor([shapes]), mask)
                for way in (True, False):
                    x = tower.read(states, mask, a, r, torch.tensor([way]))
                    hidden = tower.pair(x, a, r)
                    types = (tower.out(hidden) / columns["temperature"]).softmax(1)[0].tolist()
                    answers["marked" if way else "pointed"] = [round(p, 4) for p in types]
                    roots = (tower.cameo(hidden) / columns["temperature"]).softmax(1)[0].tolist()
                    answers["roots"] = [round(p, 4) for p in roots]
                answers["trigger"] = [round(p, 4) for p in tower.triggers(x, hidden).sigmoid()[0].tolist()]
            relations.append({"sentence": n, "actor": actor, "recipient": recipient, **answers})
    with open(args.out, "w", encoding="utf-8") as file:
        json.dump({"sentences": out, "relations": relations}, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
