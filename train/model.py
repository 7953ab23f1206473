"""The shared encoder (the first layers of a BERT) and its light heads on word vectors."""

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, INNER, POSITIONS = 384, 12, 1536, 256
ARC, LABEL = 256, 96


class Layer(nn.Module):
    """One BERT layer, post-norm."""

    def __init__(self, dropout=0.1):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, p, _ = x.shape
        split = lambda t: t.view(b, p, HEADS, WIDTH // HEADS).transpose(1, 2)
        a = F.scaled_dot_product_attention(split(self.query(x)), split(self.key(x)), split(self.value(x)),
                                           attn_mask=mask[:, None, None, :])
        x = self.norm1(x + self.drop(self.attended(a.transpose(1, 2).reshape(b, p, WIDTH))))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))

    def load(self, weights, n):
        """Takes layer `n` of a BERT checkpoint."""
        prefix = f"encoder.layer.{n}."
        for name, own in (("attention.self.query", self.query), ("attention.self.key", self.key),
                          ("attention.self.value", self.value), ("attention.output.dense", self.attended),
                          ("attention.output.LayerNorm", self.norm1), ("intermediate.dense", self.inner),
                          ("output.dense", self.outer), ("output.LayerNorm", self.norm2)):
            own.weight.data.copy_(weights[f"{prefix}{name}.weight"])
            own.bias.data.copy_(weights[f"{prefix}{name}.bias"])


class Encoder(nn.Module):
    """Pieces, positions and shapes in, one vector a piece out."""

    def __init__(self, vocabulary, shapes, layers):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(shapes, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, pieces, shapes, mask):
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load(self, weights):
        """Takes a BERT checkpoint's embeddings and first layers; the one segment embedding joins the positions."""
        self.pieces.weight.data.copy_(weights["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(weights["embeddings.position_embeddings.weight"][:POSITIONS]
                                         + weights["embeddings.token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(weights["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(weights["embeddings.LayerNorm.bias"])
        for n, layer in enumerate(self.layers):
            layer.load(weights, n)


class Heads(nn.Module):
    """Tags, lemma scripts, mention tags, arcs and relations of word vectors; vector 0 is the root."""

    def __init__(self, labels, dropout=0.33):
        super().__init__()
        self.tags = nn.ModuleDict({k: nn.Linear(WIDTH, len(labels[k])) for k in ("upos", "feats", "lemma", "mention")})
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.label_dependent, self.label_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(len(labels["deprel"]), LABEL + 1, LABEL + 1))
        self.drop = nn.Dropout(dropout)

    def arcs(self, words):
        """Score of every (dependent, head) pair: (batch, words+1, words+1)."""
        dependent = self.drop(F.gelu(self.arc_dependent(words)))
        head = self.drop(F.gelu(self.arc_head(words)))
        return with_one(dependent) @ self.arc @ head.transpose(1, 2)

    def relations(self, words, heads):
        """Label scores of each word's arc to `heads` (batch, words+1)."""
        dependent = with_one(self.drop(F.gelu(self.label_dependent(words))))
        head = with_one(self.drop(F.gelu(self.label_head(words))))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        # (b,w,i) (r,i,j) (b,w,j) -> (b,w,r), as two plain products
        r, i, j = self.label.shape
        mixed = (dependent.reshape(-1, i) @ self.label.permute(1, 0, 2).reshape(i, r * j)).view(-1, r, j)
        return torch.bmm(mixed, head.reshape(-1, j, 1)).view(*dependent.shape[:2], r)


def with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


class Parser(nn.Module):
    def __init__(self, vocabulary, shapes, layers, labels):
        super().__init__()
        self.encoder = Encoder(vocabulary, shapes, layers)
        self.heads = Heads(labels)
        self.event = nn.Linear(WIDTH, len(labels["event"]))  # in training only: keeps what a sentence is about
        self.drop = nn.Dropout(0.2)

    def forward(self, batch):
        """Word vectors (batch, words+1, WIDTH) and the piece states below them."""
        states = self.encoder(batch["pieces"], batch["shapes"], batch["mask"])
        return self.drop(torch.bmm(batch["pool"], states)), states
