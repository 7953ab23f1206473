"""The weights file: every matrix as int8 rows with one f32 scale a row, the rest f32, labels and vocabulary inside.

Metadata keys (all JSON but `vocabulary`): `config`, `labels`, `roots`, `vocabulary` (one piece a line).
"""

import argparse
import json

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from batches import Batcher
from model import HEADS, INNER, POSITIONS, WIDTH, Parser
from pieces import SHAPES, WordPiece

FORMAT = "attache-encoder 1"


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
    args.add_argument("--parser", required=True, help="checkpoint of train.py")
    args.add_argument("--tower", help="checkpoint of relation.py")
    args.add_argument("--vocabulary", required=True)
    args.add_argument("--out", required=True)
    args = args.parse_args()
    parser = torch.load(args.parser, weights_only=True)
    vocabulary = open(args.vocabulary, encoding="utf-8").read().rstrip("\n").split("\n")
    config = {"format": FORMAT, "layers": parser["layers"], "width": WIDTH, "heads": HEADS, "inner": INNER,
              "positions": POSITIONS, "shapes": SHAPES, "figures": parser["figures"]}
    tensors, roots = packed({k: v for k, v in parser["state"].items() if not k.startswith("event.")}), []
    if args.tower:
        tower = torch.load(args.tower, weights_only=True)
        tensors.update(packed(tower["state"], "tower."))
        roots = tower["roots"]
        config["tower_layers"], config["tower_from"] = tower["layers"], tower["from_layer"]
    metadata = {"config": json.dumps(config), "labels": json.dumps(parser["labels"]), "roots": json.dumps(roots),
                "vocabulary": "\n".join(vocabulary)}
    save_file(tensors, args.out, metadata)


if __name__ == "__main__":
    main()
