"""How good does a network become that is written in numpy alone?

    python benchmarks/numpy_mlp.py [--seconds 60] [--seeds 3]

Trains a multilayer perceptron 784-256-128-10 with hand-written backpropagation and
Adam on Fashion-MNIST for a budget of CPU seconds on one thread, and prints the test
accuracy of each seed with mean and spread. Settings were chosen on the last 10,000
training images, never on the test set.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import itertools
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from utils.downloads import load_images

Array = NDArray[np.float32]

WIDTHS = (784, 256, 128, 10)
BATCH = 256
RATE = 2e-3
FINAL_RATE = 1e-5
DECAY = 1e-2


class Network:
    """A perceptron with ReLU units, its gradients and its AdamW state."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.parameters: list[Array] = []
        for inputs, outputs in itertools.pairwise(WIDTHS):
            scale = np.sqrt(2 / inputs)
            weights = rng.normal(size=(outputs, inputs)) * scale
            self.parameters += [
                weights.astype(np.float32),
                np.zeros(outputs, dtype=np.float32),
            ]
        self.first = [np.zeros_like(p) for p in self.parameters]
        self.second = [np.zeros_like(p) for p in self.parameters]
        self.updates = 0

    def forward(self, X: Array) -> list[Array]:
        """The activations of all layers, (N, 784) first and scores (N, 10) last."""
        activations = [X]
        for layer in range(0, len(self.parameters), 2):
            W, b = self.parameters[layer : layer + 2]
            Z = activations[-1] @ W.T + b
            is_last = layer + 2 == len(self.parameters)
            activations.append(Z if is_last else np.maximum(0, Z))
        return activations

    def gradients(self, X: Array, y: NDArray[np.int64]) -> list[Array]:
        """Gradients of the mean cross-entropy, one for each parameter."""
        activations = self.forward(X)
        scores = activations[-1] - activations[-1].max(axis=1, keepdims=True)
        dZ = np.exp(scores)
        dZ /= dZ.sum(axis=1, keepdims=True)
        dZ[np.arange(len(y)), y] -= 1
        dZ /= len(y)
        result: list[Array] = []
        for layer in reversed(range(0, len(self.parameters), 2)):
            H = activations[layer // 2]
            result = [dZ.T @ H, dZ.sum(axis=0), *result]
            if layer:
                dZ = dZ @ self.parameters[layer] * (H > 0)
        return result

    def update(self, gradients: list[Array], rate: float) -> None:
        """One step of AdamW; biases do not decay."""
        self.updates += 1
        corrections = 1 - 0.9**self.updates, 1 - 0.999**self.updates
        for p, g, m, s in zip(
            self.parameters, gradients, self.first, self.second, strict=True
        ):
            m += np.float32(0.1) * (g - m)
            s += np.float32(0.001) * (g * g - s)
            root = np.sqrt(s / np.float32(corrections[1])) + np.float32(1e-8)
            if p.ndim == 2:
                p *= np.float32(1 - rate * DECAY)
            p -= np.float32(rate / corrections[0]) * m / root

    def accuracy(self, X: Array, y: NDArray[np.int64]) -> float:
        """Share of right answers."""
        return float(np.mean(self.forward(X)[-1].argmax(axis=1) == y))


def batches(count: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Endless shuffled batches of row numbers."""
    while True:
        order = rng.permutation(count)
        for start in range(0, count - BATCH + 1, BATCH):
            yield order[start : start + BATCH]


def train(
    X: Array, y: NDArray[np.int64], seconds: float, seed: int
) -> tuple[Network, float]:
    """A network trained for this many CPU seconds, and the epochs it saw."""
    rng = np.random.default_rng(seed)
    network = Network(rng)
    begin = time.process_time()
    with tqdm(total=seconds, unit="s", desc=f"seed {seed}", disable=None) as bar:
        for rows in batches(len(X), rng):
            spent = time.process_time() - begin
            if spent >= seconds:
                break
            rate = FINAL_RATE + (RATE - FINAL_RATE) * (1 - spent / seconds)
            network.update(network.gradients(X[rows], y[rows]), rate)
            bar.update(min(spent, seconds) - bar.n)
    return network, network.updates * BATCH / len(X)


def main() -> None:
    """Train the seeds one after the other and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="CPU seconds a seed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument(
        "--validation",
        action="store_true",
        help="train without the last 10,000 images and measure on them",
    )
    options = parser.parse_args()
    data, held_out = load_images("fashion_mnist"), load_images("fashion_mnist", "test")
    X = data.X.reshape(len(data.X), -1)
    X_test, y_test = held_out.X.reshape(len(held_out.X), -1), held_out.y
    y = data.y
    if options.validation:
        X, X_test, y, y_test = X[:-10000], X[-10000:], y[:-10000], y[-10000:]
    mean, std = X.mean(), X.std()
    X, X_test = (X - mean) / std, (X_test - mean) / std
    results = []
    for seed in range(options.seeds):
        network, epochs = train(X, y, options.seconds, seed)
        results.append(network.accuracy(X_test, y_test))
        print(f"seed {seed}: {epochs:.0f} epochs, accuracy {results[-1]:.4f}")
    print(f"mean {np.mean(results):.4f}, spread {np.std(results):.4f}")


if __name__ == "__main__":
    main()
