"""Writing a network as Kaldi's nnet3 model file (`final.mdl`), in its binary form, without Kaldi.

A file is a row of tokens and typed numbers (base/io-funcs.h): the transition model (hmm/transition-model.cc), then the
network (nnet3/nnet-nnet.cc) as components and lines that connect them (nnet3/nnet-parse.cc), then the contexts and the
priors (nnet3/am-nnet-simple.cc). Batch norms are folded into the layers before them, so that few kinds are needed.
"""

import struct
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tools.trial_model.network import SKIP, SPLICE, STRIDE, Layer, Network
from tools.trial_model.units import Units

Matrix = NDArray[np.float32]

LEAST_COUNT = 200
"""Frames that every output is taken to have been seen, for its prior."""
EVEN = 0.5
"""Chance that a state stays."""


def token(text: str) -> bytes:
    """A word of the format."""
    return f"{text} ".encode()


def integer(value: int) -> bytes:
    """Four bytes, and before them that they are four."""
    return b"\4" + struct.pack("<i", value)


def real(value: float) -> bytes:
    """Single precision."""
    return b"\4" + struct.pack("<f", value)


def integers(values: list[int]) -> bytes:
    """A row of integers: size of one, how many, and they."""
    return b"\4" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes()


def vector(values: NDArray[np.floating]) -> bytes:
    """A row of single precision."""
    return token("FV") + integer(len(values)) + np.ascontiguousarray(values, "<f4").tobytes()


def matrix(values: NDArray[np.floating]) -> bytes:
    """Rows of single precision."""
    rows, columns = values.shape
    return token("FM") + integer(rows) + integer(columns) + np.ascontiguousarray(values, "<f4").tobytes()


def transition_model(units: Units) -> bytes:
    """The shapes' states in a row, each staying or going on with even chance."""
    sizes = [len(units.states(phone)) for _, phone, _ in units.shaped]
    kinds = sorted(set(sizes))
    shapes = list(range(1, len(sizes) + 1))
    out = token("<TransitionModel>") + token("<Topology>") + integers(shapes)
    out += integers([-1, *(kinds.index(size) for size in sizes)]) + integer(len(kinds))
    for size in kinds:
        out += integer(size + 1)
        for state in range(size):
            out += integer(state) + integer(2) + integer(state) + real(EVEN) + integer(state + 1) + real(EVEN)
        out += integer(-1) + integer(0)
    states = units.transition_states
    out += token("</Topology>") + token("<Triples>") + integer(len(states))
    out += b"".join(integer(value) for state in states for value in state)
    chances = np.full(2 * len(states) + 1, np.log(EVEN), np.float32)
    chances[0] = 0
    return (
        out
        + token("</Triples>")
        + token("<LogProbs>")
        + vector(chances)
        + token("</LogProbs>")
        + token("</TransitionModel>")
    )


class _Components:
    """The network's parts, and the lines that say what each is fed."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, bytes]] = []
        self.lines = ["input-node name=input dim=40"]

    def _add(self, name: str, part: bytes, fed: str) -> str:
        self.parts.append((name, part))
        self.lines.append(f"component-node name={name} component={name} input={fed}")
        return name

    def affine(self, name: str, weights: Matrix, bias: Matrix, fed: str) -> str:
        part = token("<LinearParams>") + matrix(weights) + token("<BiasParams>") + vector(bias)
        kind = "FixedAffineComponent"
        return self._add(name, token(f"<{kind}>") + part + token(f"</{kind}>"), fed)

    def pointwise(self, name: str, kind: str, width: int, fed: str) -> str:
        empty = token("<ValueAvg>") + token("DV") + integer(0) + token("<DerivAvg>") + token("DV") + integer(0)
        count = token("<Count>") + b"\10" + struct.pack("<d", 0.0)
        part = token("<Dim>") + integer(width) + empty + count
        return self._add(name, token(f"<{kind}>") + part + token(f"</{kind}>"), fed)

    def same(self, name: str, width: int, fed: str) -> str:
        part = token("<Dim>") + integer(width) + token("<BackpropScale>") + real(1.0)
        return self._add(name, token("<NoOpComponent>") + part + token("</NoOpComponent>"), fed)


def _folded(layer: nn.Linear, norm: nn.BatchNorm1d) -> tuple[Matrix, Matrix]:
    """A layer and the batch norm behind it as one."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weights = layer.weight * scale[:, None]
    bias = (layer.bias - norm.running_mean) * scale + norm.bias
    return weights.detach().numpy(), bias.detach().numpy()


def network_file(network: Network, counts: NDArray[np.int64]) -> bytes:
    """The network; `counts` are the frames of each output in the corpus."""
    parts = _Components()
    weights, bias = _folded(network.first, network.first_norm)
    weights = weights / np.tile(network.deviation.numpy(), SPLICE)
    bias = bias - weights @ np.tile(network.mean.numpy(), SPLICE)
    half = SPLICE // 2
    splice = ", ".join(f"Offset(input, {at})" if at else "input" for at in range(-half, half + 1))
    width = len(bias)
    parts.affine("first.affine", weights, bias, f"Append({splice})")
    last = parts.pointwise("first.relu", "RectifiedLinearComponent", width, "first.affine")
    for number, layer in enumerate(network.layers, 1):
        assert isinstance(layer, Layer)
        last = _layer(parts, f"tdnn{number}", layer, width, last)
    weights, bias = _folded(network.before_last, network.before_last_norm)
    parts.affine("prefinal.affine", weights, bias, last)
    parts.pointwise("prefinal.relu", "RectifiedLinearComponent", len(bias), "prefinal.affine")
    weights, bias = network.last.weight.detach().numpy(), network.last.bias.detach().numpy()
    parts.affine("output.affine", weights, bias, "prefinal.relu")
    parts.pointwise("output.log-softmax", "LogSoftmaxComponent", len(bias), "output.affine")
    parts.lines.append("output-node name=output input=output.log-softmax objective=linear")
    priors = np.maximum(counts, LEAST_COUNT) / np.maximum(counts, LEAST_COUNT).sum()
    out = token("<Nnet3>") + b"\n" + "\n".join(parts.lines).encode() + b"\n\n"
    out += token("<NumComponents>") + integer(len(parts.parts))
    out += b"".join(token("<ComponentName>") + token(name) + part for name, part in parts.parts)
    return out + (
        token("</Nnet3>") + token("<LeftContext>") + integer(0) + token("<RightContext>") + integer(0)
        + token("<Priors>") + vector(priors)
    )  # fmt: skip


def _layer(parts: _Components, name: str, layer: Layer, width: int, fed: str) -> str:
    away = STRIDE * layer.dilation
    narrow = layer.narrow.weight.detach().numpy()
    none = np.zeros(len(narrow), np.float32)
    parts.affine(f"{name}.linear", narrow, none, f"Append(Offset({fed}, {-away}), {fed})")
    weights, bias = _folded(layer.wide, layer.norm)
    parts.affine(f"{name}.affine", weights, bias, f"Append({name}.linear, Offset({name}.linear, {away}))")
    parts.pointwise(f"{name}.relu", "RectifiedLinearComponent", width, f"{name}.affine")
    return parts.same(f"{name}.noop", width, f"Sum(Scale({SKIP}, {fed}), {name}.relu)")


def write(file: Path, units: Units, network: Network, counts: NDArray[np.int64]) -> None:
    """Write `final.mdl`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\0B" + transition_model(units) + network_file(network, counts))
