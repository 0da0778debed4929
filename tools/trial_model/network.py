"""The acoustic network: a factored time-delay network (Povey and others 2018) that sees 40 cepstra every 10 ms and
speaks every 30 ms.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

CEPSTRA = 40
SPLICE = 9
"""Frames side by side at the input: four before, four after."""
STRIDE = 3
"""Frames from one output to the next."""
DILATIONS = (1, 1, 1, 2, 2, 2, 3)
"""How far each layer looks to both sides, in outputs."""
SKIP = 0.66
"""Share of its input that a layer passes on beside what it makes."""


class Layer(nn.Module):
    """A factored layer: a bottleneck over now and before, then a widening over now and after."""

    def __init__(self, width: int, bottleneck: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.narrow = nn.Linear(2 * width, bottleneck, bias=False)
        self.wide = nn.Linear(2 * bottleneck, width)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x: Tensor) -> Tensor:
        """Batch x time x width; the time gets shorter by the dilation at both ends."""
        d = self.dilation
        narrow = self.narrow(torch.cat([x[:, :-d], x[:, d:]], -1))
        wide = self.wide(torch.cat([narrow[:, :-d], narrow[:, d:]], -1))
        shape = wide.shape
        made = functional.relu(self.norm(wide.reshape(-1, shape[2])).reshape(shape))
        return made + SKIP * x[:, d:-d]


class Network(nn.Module):
    """From cepstra to the logits of the outputs."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, outputs: int, width: int = 384, bottleneck: int = 128, last: int = 192) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(CEPSTRA))
        self.register_buffer("deviation", torch.ones(CEPSTRA))
        self.first = nn.Linear(SPLICE * CEPSTRA, width)
        self.first_norm = nn.BatchNorm1d(width)
        self.layers = nn.ModuleList(Layer(width, bottleneck, dilation) for dilation in DILATIONS)
        self.before_last = nn.Linear(width, last)
        self.before_last_norm = nn.BatchNorm1d(last)
        self.last = nn.Linear(last, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Batch x frames x 40 -> batch x outputs in time x outputs; see `frames_for`."""
        x = ((x - self.mean) / self.deviation).unfold(1, SPLICE, STRIDE).transpose(2, 3)
        batch, time = x.shape[:2]
        x = functional.relu(self.first_norm(self.first(x.reshape(batch * time, -1)))).reshape(batch, time, -1)
        for layer in self.layers:
            x = layer(x)
        batch, time, width = x.shape
        x = functional.relu(self.before_last_norm(self.before_last(x.reshape(-1, width))))
        return self.last(x).reshape(batch, time, -1)


def frames_for(count: int) -> int:
    """How many frames the network must see for so many outputs."""
    return STRIDE * (count + 2 * sum(DILATIONS) - 1) + SPLICE


FIRST_MIDDLE = STRIDE * sum(DILATIONS) + SPLICE // 2
"""The frame in the middle of what the first output sees."""


def middle_labels(wanted: NDArray[np.int16], start: int, count: int) -> NDArray[np.int16]:
    """The labels of `count` outputs of a stretch that starts at a frame."""
    first = start + FIRST_MIDDLE
    return wanted[first : first + STRIDE * count : STRIDE]
