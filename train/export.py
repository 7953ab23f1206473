"""The weights file: every matrix as int8 rows with one f32 scale a row, the rest f32, labels and vocabulary inside.

Metadata keys (all JSON but `vocabulary`): `config`, `labels`, `relation` (what the tower's columns stand for, and its
temperature), `vocabulary` (one piece a line).
"""

import argparse
import json

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from batches import Batcher
from model import HEADS, INNER, POSITIONS, WIDTH, Parser
from pieces import SHAPES, WordPiece

FORMAT = "attache-encoder 3"


def quantise(matrix):
    """int8 rows and their scales; the largest value of a row becomes 127."""
    scale = matrix.abs().amax(dim=1).clamp(min=1e-12) / 127
    return (matrix / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def packed(state, prefix=""):
    out = {}
    for name, value in state.items():
        value = value.detach().float().contiguous()
        rows = value.reshape(-1, value.shape[-1])
        if value.dim() >= 2:
            out[prefix + name], out[prefix + name + ".scale"] = quantise(rows)
            out[prefix + name] = out[prefix + name].reshape(value.shape).contiguous()
        else:
            out[prefix + name] = value
    return out


def unpacked(path):
    """Tensors by name, dequantised, and the metadata."""
    with safe_open(path, framework="pt") as file:
        metadata, tensors = file.metadata(), {k: file.get_tensor(k) for k in file.keys()}
    out = {}
    for name, value in tensors.items():
        if name.endswith(".scale"):
            continue
        if value.dtype == torch.int8:
            rows = value.reshape(-1, value.shape[-1]).float() * tensors[name + ".scale"][:, None]
            value = rows.reshape(value.shape)
        out[name] = value
    return out, metadata


def load(path):
    """The parser of an exported file, with its batcher and labels: the weights as the Rust side sees them."""
    tensors, metadata = unpacked(path)
    labels, config = json.loads(metadata["labels"]), json.loads(metadata["config"])
    vocabulary = metadata["vocabulary"].split("\n")
    model = Parser(len(vocabulary), len(SHAPES), config["layers"], labels)
    model.load_state_dict({k: v for k, v in tensors.items() if not k.startswith("tower.")}, strict=False)
    return model, Batcher(WordPiece(vocabulary), labels), labels


def main():
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--parser", help="checkpoint of train.py")
    args.add_argument("--model", help="or a weights file whose parser is kept as it is")
    args.add_argument("--tower", help="checkpoint of relation.py")
    args.add_argument("--temperature", type=float, default=1.0, help="fitted by calibrate.py")
    args.add_argument("--vocabulary", help="with --parser")
    args.add_argument("--out", required=True)
    args = args.parse_args()
    tensors, relation = {}, {"roots": [], "modes": [], "statuses": [], "temperature": 1.0}
    if args.model:
        with safe_open(args.model, framework="pt") as file:
            old = file.metadata()
            tensors = {k: file.get_tensor(k) for k in file.keys() if not k.startswith("tower.")}
        config, labels, vocabulary = json.loads(old["config"]), json.loads(old["labels"]), old["vocabulary"].split("\n")
    else:
        parser = torch.load(args.parser, weights_only=True)
        labels = parser["labels"]
        vocabulary = open(args.vocabulary, encoding="utf-8").read().rstrip("\n").split("\n")
        config = {"layers": parser["layers"], "width": WIDTH, "heads": HEADS, "inner": INNER, "positions": POSITIONS,
                  "shapes": SHAPES, "figures": parser["figures"]}
        tensors = packed({k: v for k, v in parser["state"].items() if not k.startswith("event.")})
    config.update(format=FORMAT, tower_layers=0, tower_from=0)
    if args.tower:
        tower = torch.load(args.tower, weights_only=True)
        tensors.update(packed({k: v for k, v in tower["state"].items() if not k.startswith("quad.")}, "tower."))
        relation = {k: tower[k] for k in ("roots", "modes", "statuses")} | {"temperature": args.temperature}
        config.update(tower_layers=tower["layers"], tower_from=tower["from_layer"])
    metadata = {"config": json.dumps(config), "labels": json.dumps(labels), "relation": json.dumps(relation),
                "vocabulary": "\n".join(vocabulary)}
    save_file(tensors, args.out, metadata)


if __name__ == "__main__":
    main()
