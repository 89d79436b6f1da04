"""Trains the two digit readers that `adversarial_epsilon.js` attacks.

    python -m utils.explorers.adversarial_training

Both have one hidden layer of 24 ReLU units and learn the first 1200 of the 8×8 digits:
one the pictures as they are, the other under PGD with ε = 0.15. The script writes their
weights, rounded to hundredths, and one unseen picture of each class to
`adversarial_weights.js`.
"""

import json
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from utils.datasets import load_digits
from utils.explorers.adversarial_epsilon import FILE, OPENING
from utils.explorers.base import FOLDER

HIDDEN, SEEN, EPOCHS = 24, 1200, 60
EPSILON, STEPS = 0.15, 5

Attack = Callable[[nn.Module, Tensor, Tensor], Tensor]


def attack(net: nn.Module, X: Tensor, y: Tensor) -> Tensor:
    """PGD from a random place in the box: pictures like X, (N, 64)."""
    moved = (X + EPSILON * (2 * torch.rand_like(X) - 1)).clamp(0, 1)
    for _ in range(STEPS):
        moved = moved.detach().requires_grad_()
        loss = nn.functional.cross_entropy(net(moved), y, reduction="sum")
        (slope,) = torch.autograd.grad(loss, moved)
        moved = moved + 2.5 * EPSILON / STEPS * slope.sign()
        moved = torch.clamp(moved, X - EPSILON, X + EPSILON).clamp(0, 1)
    return moved.detach()


def train(X: Tensor, y: Tensor, change: Attack | None) -> nn.Sequential:
    """A reader that learned pictures (N, 64), changed anew in every step or not."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10))
    optimizer = torch.optim.AdamW(net.parameters(), lr=5e-3, weight_decay=0.05)
    for _ in range(EPOCHS):
        for rows in torch.split(torch.randperm(len(X)), 50):
            shown = X[rows] if change is None else change(net, X[rows], y[rows])
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(shown), y[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return net


def rounded(net: nn.Sequential) -> dict[str, list[list[float]]]:
    """Weights and biases in hundredths: W1, b1, W2, b2."""
    names = ("W1", "b1", "W2", "b2")
    hundredths = [np.rint(100 * p.detach().numpy()) for p in net.parameters()]
    return {n: v.astype(int).tolist() for n, v in zip(names, hundredths, strict=True)}


def main() -> None:
    """Train, choose the pictures, write the file."""
    digits = load_digits()
    X, y = torch.tensor(digits.X).flatten(1), torch.tensor(digits.y)
    seen = X[:SEEN], y[:SEEN]
    readers = {"ordinary": train(*seen, None), "robust": train(*seen, attack)}
    with torch.no_grad():
        calls = [net(X[SEEN:]).softmax(1) for net in readers.values()]
    for name, call in zip(readers, calls, strict=True):
        print(name, (call.argmax(1) == y[SEEN:]).float().mean().item())
    sure = torch.minimum(*(c.gather(1, y[SEEN:, None])[:, 0] for c in calls))
    # Of each class a picture that both readers know well, though not the best of all.
    chosen = []
    for digit in range(10):
        rows = torch.nonzero((y[SEEN:] == digit) & (sure > 0.5))[:, 0]
        order = rows[sure[rows].argsort()]
        chosen.append(SEEN + int(order[3 * len(order) // 4]))
    sixteenths = (16 * X[chosen]).round().int().tolist()
    content = {name: rounded(net) for name, net in readers.items()}
    content["pictures"] = {"sixteenths": sixteenths}
    text = json.dumps(content, separators=(",", ":")).replace("],", "],\n")
    (FOLDER / FILE).write_text(f"{OPENING}{text};\n", encoding="utf-8")


if __name__ == "__main__":
    main()
