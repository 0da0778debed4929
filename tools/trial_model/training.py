"""Training the network: cross-entropy on stretches of the corpus, with stops and starts that change nothing."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from tools.trial_model.network import Network, frames_for, middle_labels

STRETCH = 120
"""Outputs of one stretch: 3.6 s."""
BATCH = 24
RATE = 2.5e-3
WARM_UP = 200
"""Steps until the learning rate is reached; from there it falls as a cosine to a fiftieth."""
SAVE_EVERY = 500


@dataclass(frozen=True)
class Corpus:
    """All frames in one row."""

    frames: NDArray[np.float16]
    wanted: NDArray[np.int16]


def load(folder: Path) -> Corpus:
    """Every file of frames in the folder."""
    files = sorted(folder.glob("*.npz"))
    sizes = []
    for file in files:
        with np.load(file) as shard:
            sizes.append(len(shard["wanted"]))
    frames, wanted = np.empty((sum(sizes), 40), np.float16), np.empty(sum(sizes), np.int16)
    at = 0
    for file, size in zip(files, sizes, strict=True):
        with np.load(file) as shard:
            frames[at : at + size], wanted[at : at + size] = shard["frames"], shard["wanted"]
        at += size
    return Corpus(frames, wanted)


@dataclass
class Progress:
    """How far it is."""

    step: int
    loss: float
    right: float
    """Share of the outputs that are right."""


def train(corpus: Corpus, outputs: int, steps: int, seed: int, file: Path) -> Iterator[Progress]:
    """Train so many steps, keep the state in `file`, go on from there when it exists; yields now and then."""
    torch.manual_seed(seed)
    network = Network(outputs)
    sample = corpus.frames[::50].astype(np.float32)
    network.mean.copy_(torch.from_numpy(sample.mean(0)))
    network.deviation.copy_(torch.from_numpy(sample.std(0)))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-2, betas=(0.9, 0.98))
    start = 0
    if file.is_file():
        state = torch.load(file, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        start = state["step"]
    losses, rights = [], []
    for step in range(start, steps):
        chance = np.random.default_rng([seed, step])
        for group in optimiser.param_groups:
            group["lr"] = _rate(step, steps)
        seen, wanted = _batch(corpus, chance, network.mean.numpy())
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(seen)
        loss = functional.cross_entropy(logits.float().reshape(-1, outputs), wanted.reshape(-1))
        optimiser.zero_grad()
        loss.backward()
        clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        losses.append(loss.item())
        rights.append((logits.argmax(-1) == wanted).float().mean().item())
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == steps:
            _save(file, network, optimiser, step + 1)
        if (step + 1) % 100 == 0 or step + 1 == steps:
            yield Progress(step + 1, float(np.mean(losses[-100:])), float(np.mean(rights[-100:])))


def _rate(step: int, steps: int) -> float:
    cosine = 0.5 * (1 + math.cos(math.pi * step / steps))
    return RATE * min(1.0, (step + 1) / WARM_UP) * (0.98 * cosine + 0.02)


def _batch(corpus: Corpus, chance: np.random.Generator, mean: NDArray[np.float32]) -> tuple[torch.Tensor, torch.Tensor]:
    """Stretches from anywhere, their loudness and colour shifted a little; half the time a piece of each is hidden."""
    length = frames_for(STRETCH)
    seen = np.empty((BATCH, length, corpus.frames.shape[1]), np.float32)
    wanted = np.empty((BATCH, STRETCH), np.int64)
    for row, start in enumerate(chance.integers(0, len(corpus.wanted) - length, BATCH)):
        seen[row] = corpus.frames[start : start + length]
        wanted[row] = middle_labels(corpus.wanted, int(start), STRETCH)
        seen[row, :, 0] += chance.normal(0, 2.0)
        seen[row, :, 1:6] += chance.normal(0, 1.0, 5)
    if chance.random() < 0.5:
        for row in range(BATCH):
            width = int(chance.integers(3, 25))
            place = int(chance.integers(0, length - width))
            seen[row, place : place + width] = mean
    return torch.from_numpy(seen), torch.from_numpy(wanted)


def _save(file: Path, network: Network, optimiser: torch.optim.Optimizer, step: int) -> None:
    part = file.with_suffix(".part")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, part)
    part.replace(file)


def trained(file: Path, outputs: int) -> Network:
    """The network of a file."""
    network = Network(outputs)
    network.load_state_dict(torch.load(file, weights_only=True)["network"])
    return network.eval()
