"""How well does a character LSTM predict tiny Shakespeare after two CPU minutes?

    python benchmarks/character_lstm.py [--seconds 120] [--seeds 3] [--validation]

Trains embedding, LSTM and output layer for a budget of CPU seconds on one thread, with
truncated backpropagation through time: windows of 64 characters, the state carried from
window to window. Prints the bits per character of each seed on the last tenth of the
text, read once from its first character to its last with the weights fixed, with mean
and spread. Settings were chosen on the tenth before that (`--validation`), never on the
last. Matrix products are in bfloat16, which pays on processors with instructions for
it; `--float32` switches that off.

What makes two minutes enough: Muon (Jordan et al., 2024) steps the recurrent weights, a
matrix, along the orthogonal matrix closest to the mean gradient; AdamW has the rest.
One dropout mask serves a whole window (Gal and Ghahramani, 2016); drawing a mask for
every character would add a fifth to the time.

Reached on one thread of a busy machine, seeds 0, 1 and 2: 2.126, 2.132 and 2.129 bits a
character after 7.8 passes over the text. With AdamW for every weight and a mask for
every character it was 2.181 after 8.5 passes.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import math
import time
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from utils.downloads import load_text
from utils.evaluation import bits_per_character

WINDOW = 64
EMBEDDING = 32

State = tuple[Tensor, Tensor]


class CharacterModel(nn.Module):
    """Scores of the next character after every character so far."""

    def __init__(self, characters: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding(characters, EMBEDDING)
        self.lstm = nn.LSTM(EMBEDDING, hidden, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.scores = nn.Linear(hidden, characters)
        with torch.no_grad():  # begin by remembering: forget gates near 0.73
            self.lstm.get_parameter("bias_ih_l0")[hidden : 2 * hidden] = 1.0

    def forward(self, x: Tensor, state: State | None) -> tuple[Tensor, State]:
        """Characters (N, T) → scores (N, T, K) and the last state."""
        h, state = self.lstm(self.embedding(x), state)
        mask = self.dropout(torch.ones(len(x), 1, h.shape[2], dtype=h.dtype))
        return self.scores(h * mask), state


def windows(
    text: Tensor, streams: int, rng: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor, bool]]:
    """Endless windows (streams, WINDOW), their targets, and whether a pass begins.

    Every stream reads its own part of the text in order; each pass starts elsewhere.
    """
    length = (len(text) - WINDOW - 1) // streams
    while True:
        first = int(rng.integers(0, WINDOW))
        starts = first + length * torch.arange(streams)[:, None]  # (streams, 1)
        for offset in range(0, length - WINDOW, WINDOW):
            places = starts + offset + torch.arange(WINDOW)  # (streams, WINDOW)
            yield text[places], text[places + 1], offset == 0


def train(
    text: Tensor, characters: int, options: argparse.Namespace, seed: int
) -> tuple[CharacterModel, float]:
    """A model trained for the CPU seconds, and the number of passes over the text."""
    torch.manual_seed(seed)
    model = CharacterModel(characters, options.hidden, options.dropout)
    recurrent = model.lstm.get_parameter("weight_hh_l0")  # (4 hidden, hidden)
    others = [p for p in model.parameters() if p is not recurrent]
    optimizers = {
        torch.optim.Muon(
            [recurrent], weight_decay=0.01, adjust_lr_fn="match_rms_adamw"
        ): options.recurrent_rate,
        torch.optim.AdamW(
            others, betas=(0.9, 0.99), weight_decay=0.01, fused=True
        ): options.rate,
    }
    begin, seen, state = time.process_time(), 0, None
    with tqdm(total=options.seconds, desc=f"seed {seed}", disable=None) as bar:
        for x, y, begins in windows(text, options.streams, np.random.default_rng(seed)):
            spent = (time.process_time() - begin) / options.seconds
            if spent >= 1:
                break
            warm = min(1.0, spent / 0.02)  # then down along half a cosine
            share = warm * (0.51 + 0.49 * math.cos(math.pi * spent))
            for optimizer, rate in optimizers.items():
                optimizer.param_groups[0]["lr"] = rate * share
            state = (
                None if begins or state is None else tuple(s.detach() for s in state)
            )
            with torch.autocast("cpu", torch.bfloat16, enabled=not options.float32):
                scores, state = model(x, state)
            loss = nn.functional.cross_entropy(
                scores.float().flatten(0, 1), y.flatten()
            )
            model.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimizer in optimizers:
                optimizer.step()
            seen += y.numel()
            bar.update(min(options.seconds, spent * options.seconds) - bar.n)
    return model, seen / len(text)


def measure(model: CharacterModel, text: Tensor) -> float:
    """Bits per character, in float32, the state carried through the whole text."""
    model.eval()
    with torch.no_grad():
        scores, _ = model(text[None, :-1], None)
        loss = nn.functional.cross_entropy(scores[0], text[1:])
    return bits_per_character(loss.item())


def main() -> None:
    """Train the seeds one after the other and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="CPU seconds a seed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=0, help="number of the first seed")
    parser.add_argument("--hidden", type=int, default=320)
    parser.add_argument("--streams", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-2)
    parser.add_argument("--recurrent-rate", type=float, default=2e-2)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--float32", action="store_true")
    parser.add_argument(
        "--validation",
        action="store_true",
        help="train on the first eight tenths and measure on the ninth",
    )
    options = parser.parse_args()
    torch.set_num_threads(1)
    text = load_text("tiny_shakespeare")
    alphabet = sorted(set(text))
    numbers = torch.tensor([alphabet.index(one) for one in text])
    tenth = len(numbers) // 10
    known, unseen = numbers[: 9 * tenth], numbers[9 * tenth :]
    if options.validation:
        known, unseen = numbers[: 8 * tenth], numbers[8 * tenth : 9 * tenth]
    results = []
    for seed in range(options.first, options.first + options.seeds):
        model, passes = train(known, len(alphabet), options, seed)
        results.append(measure(model, unseen))
        print(f"seed {seed}: {passes:.1f} passes, {results[-1]:.3f} bits a character")
    print(f"mean {np.mean(results):.3f}, spread {np.std(results):.3f}")


if __name__ == "__main__":
    main()
