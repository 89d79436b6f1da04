"""Trains the tiny translator whose queries and keys `attention_map.js` shows.

    python -m utils.explorers.attention_training

It learns to translate German number words below 1000 into English, with one block in
the encoder, one in the decoder and three cross-attention heads of width 4, and prints
the queries and keys of one number as the JavaScript constant `LEARNED`.
"""

import json
import math

import torch
from torch import Tensor, nn

from utils.number_words import english_words, german_words

PAD, BEGIN, END = 0, 1, 2
SHOWN = 365
SIZE, HEADS, WIDTH = 32, 3, 4


def _encode(words: list[list[str]], ends: bool) -> tuple[Tensor, list[str]]:
    """Token numbers filled with PAD, and the vocabulary in order."""
    names = sorted({word for line in words for word in line})
    number = {word: place for place, word in enumerate(names, start=3)}
    lines = [[number[word] for word in line] for line in words]
    lines = [[BEGIN, *line, END] for line in lines] if ends else lines
    longest = max(map(len, lines))
    padded = [line + [PAD] * (longest - len(line)) for line in lines]
    return torch.tensor(padded), names


def _positions(length: int) -> Tensor:
    """Sinusoidal positions, (length, SIZE)."""
    frequencies = 10000 ** (-torch.arange(0, SIZE, 2) / SIZE)
    angles = torch.arange(length)[:, None] * frequencies
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)


class TinyTranslator(nn.Module):
    """Encoder and decoder of one block each.

    Args:
        sources: number of German words.
        targets: number of English words.
    """

    def __init__(self, sources: int, targets: int) -> None:
        super().__init__()
        self.source = nn.Embedding(sources + 3, SIZE)
        self.target = nn.Embedding(targets + 3, SIZE)
        self.encoder, self.past = (
            nn.TransformerEncoderLayer(
                SIZE, 4, 2 * SIZE, dropout=0.0, batch_first=True, norm_first=True
            )
            for _ in range(2)
        )
        self.norm_past, self.norm_memory = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.query = nn.Linear(SIZE, HEADS * WIDTH)
        self.key = nn.Linear(SIZE, HEADS * WIDTH)
        self.value = nn.Linear(SIZE, HEADS * WIDTH)
        self.out = nn.Linear(HEADS * WIDTH, SIZE)
        self.scores = nn.Sequential(
            nn.LayerNorm(SIZE),
            nn.Linear(SIZE, 64),
            nn.ReLU(),
            nn.Linear(64, targets + 3),
        )

    def vectors(self, sources: Tensor, targets: Tensor) -> tuple[Tensor, ...]:
        """Decoder states, and queries, keys, values (N, HEADS, T, WIDTH)."""
        padding = sources == PAD
        x = self.source(sources) + _positions(sources.shape[1])
        memory = self.norm_memory(self.encoder(x, src_key_padding_mask=padding))
        length = targets.shape[1]
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        y = self.past(self.target(targets) + _positions(length), src_mask=later)
        parts = self.query(self.norm_past(y)), self.key(memory), self.value(memory)
        return y, *(p.unflatten(2, (HEADS, WIDTH)).transpose(1, 2) for p in parts)

    def forward(self, sources: Tensor, targets: Tensor) -> Tensor:
        """Scores of the next word, (N, T, targets + 3)."""
        y, q, k, v = self.vectors(sources, targets)
        raw = q @ k.transpose(2, 3) / math.sqrt(WIDTH)
        raw = raw.masked_fill((sources == PAD)[:, None, None], -torch.inf)
        mixed = raw.softmax(3) @ v
        scores: Tensor = self.scores(y + self.out(mixed.transpose(1, 2).flatten(2)))
        return scores


def train(steps: int = 600, seed: int = 0) -> dict[str, object]:
    """The queries and keys of one number, rounded, after training."""
    torch.manual_seed(seed)
    numbers = range(1, 1000)
    sources, german = _encode([german_words(n) for n in numbers], ends=False)
    targets, english = _encode([english_words(n) for n in numbers], ends=True)
    model = TinyTranslator(len(german), len(english))
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, steps)
    for _ in range(steps):
        rows = torch.randint(len(sources), (64,))
        scores = model(sources[rows], targets[rows, :-1]).flatten(0, 1)
        wanted = targets[rows, 1:].flatten()
        loss = nn.functional.cross_entropy(scores, wanted, ignore_index=PAD)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    model.eval()
    keys, queries = german_words(SHOWN), [*english_words(SHOWN), "(end)"]
    row = slice(SHOWN - 1, SHOWN)
    with torch.no_grad():
        best = model(sources, targets[:, :-1]).argmax(2)
        hits = ((best == targets[:, 1:]) | (targets[:, 1:] == PAD)).all(1)
        _, q, k, _ = model.vectors(
            sources[row, : len(keys)], targets[row, : len(queries)]
        )
    return {
        "right": round(hits.double().mean().item(), 3),
        "queries": queries,
        "keys": keys,
        "Q": [[[round(x, 2) for x in w] for w in head] for head in q[0].tolist()],
        "K": [[[round(x, 2) for x in w] for w in head] for head in k[0].tolist()],
    }


if __name__ == "__main__":
    print(f"const LEARNED = {json.dumps(train(), ensure_ascii=False)};")
