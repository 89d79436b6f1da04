"""Trains the small VAE whose decoder `latent_plane.js` runs.

    python -m utils.explorers.latent_training

The encoder is 64 → 64 → 2 · 2, the decoder 2 → 32 → 64 with tanh and a sigmoid at the
end; the noise of the decoder is 0.2. Prints the decoder's weights, as bytes with a
scale, and the codes of the first 300 digits as the JavaScript constant `LEARNED`.
"""

import base64
import json

import numpy as np
import torch
from torch import Tensor, nn

from utils.datasets import load_digits

STEPS, BATCH, NOISE, SHOWN = 2000, 128, 0.2, 300


def trained() -> tuple[nn.Sequential, nn.Sequential, Tensor, Tensor]:
    """Encoder, decoder, images (N, 64) and classes (N,)."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    digits = load_digits()
    X, y = torch.tensor(digits.X).reshape(-1, 64).float(), torch.tensor(digits.y)
    encoder = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 4))
    decoder = nn.Sequential(
        nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 64), nn.Sigmoid()
    )
    weights = [*encoder.parameters(), *decoder.parameters()]
    optimizer = torch.optim.Adam(weights, 4e-3, foreach=False)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, STEPS)
    for _ in range(STEPS):
        x = X[torch.randint(len(X), (BATCH,))]
        mu, log_var = encoder(x).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * torch.randn_like(mu)
        gap = (x - decoder(z)).square().sum(1) / (2 * NOISE**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        optimizer.zero_grad()
        (gap + kl).mean().backward()
        optimizer.step()
        schedule.step()
    return encoder, decoder, X, y


def packed(values: Tensor) -> dict[str, object]:
    """Numbers as signed bytes in base64, and the factor that undoes it."""
    array = values.detach().numpy().ravel()
    scale = float(np.float32(np.abs(array).max() / 127))
    small = np.round(array / scale).astype(np.int8)
    return {"scale": scale, "data": base64.b64encode(small.tobytes()).decode()}


def main() -> None:
    """Train, and print the constant."""
    encoder, decoder, X, y = trained()
    names = ("W", "b", "V", "c")
    learned = {
        name: packed(part)
        for name, part in zip(names, decoder.parameters(), strict=True)
    }
    with torch.no_grad():
        learned["codes"] = packed(encoder(X[:SHOWN])[:, :2])
    print(f"const LEARNED = {json.dumps(learned, indent=2)};")
    print(f'const CLASSES = "{"".join(map(str, y[:SHOWN].tolist()))}";')


if __name__ == "__main__":
    main()
