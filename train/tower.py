"""The relation tower: from the encoder's states to what one actor does to one recipient."""

import torch
import torch.nn.functional as F
from torch import nn

from corpus import NONE, STATUSES, TYPES
from model import WIDTH, Layer

ROOTS = TYPES + [NONE]
ACTOR, RECIPIENT = 1, 2
QUADS = 5


class Tower(nn.Module):
    """Own transformer layers over the shared encoder's early states.

    A pair may be *marked* (its role embedding is added to the states, so that every layer sees whom the question is
    about) or only *pointed at* (the layers read the sentence once for all its pairs, and the pair enters where the
    sides are averaged). Training mixes both, so one set of weights answers both ways.
    """

    def __init__(self, layers, modes, dropout=0.1):
        super().__init__()
        self.roles = nn.Embedding(3, WIDTH)
        nn.init.normal_(self.roles.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.hidden = nn.Linear(5 * WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, len(ROOTS))    # types as PLOVER 2.0 has them
        self.cameo = nn.Linear(WIDTH, len(ROOTS))  # types as the roots of CAMEO's codes have them (PLV's records)
        self.mode = nn.Linear(WIDTH, modes)
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.trigger_word, self.trigger_pair = nn.Linear(WIDTH, 96), nn.Linear(WIDTH, 96)
        self.trigger = nn.Linear(96, 1)
        self.quad = nn.Linear(WIDTH, QUADS)  # in training only
        self.drop = nn.Dropout(0.15)

    def read(self, states, mask, actor, recipient, marked):
        """States after the tower's layers; `marked` says row by row whether the sides are marked."""
        role = torch.where(recipient, RECIPIENT, torch.where(actor, ACTOR, 0)) * marked[:, None]
        x = states + self.roles(role)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def pair(self, x, actor, recipient):
        """One vector a row: the two sides, how they differ, and the sentence. A side without pieces is zero."""
        a, r = mean(x, actor), mean(x, recipient)
        return self.drop(F.gelu(self.hidden(self.drop(torch.cat([a, r, a * r, (a - r).abs(), x[:, 0]], dim=1)))))

    def triggers(self, x, hidden):
        return self.trigger(torch.tanh(self.trigger_word(x) + self.trigger_pair(hidden)[:, None])).squeeze(-1)


def mean(x, marked):
    marked = marked.to(x.dtype)
    return (x * marked[:, :, None]).sum(1) / marked.sum(1, keepdim=True).clamp(min=1)
