# %% wrong: no square
# message: not squared
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2)
    return np.minimum(1 - f[1:] / f[:-1], largest)


# %% wrong: no offset
# message: offset s is left out
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos(np.arange(T + 1) / T * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


# %% wrong: offset not divided
# message: division by 1 + s
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


# %% wrong: steps from 1
# message: from 1 to T + 1
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(1, T + 2) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


# %% wrong: alphas
# message: α_t is returned
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(f[1:] / f[:-1], largest)


# %% wrong: alpha bars
# message: ᾱ_t is returned
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(f[1:] / f[0], largest)


# %% wrong: divided by the first
# message: divided by ᾱ_0
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[0], largest)


# %% wrong: no limit
# message: limit is left out
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return 1 - f[1:] / f[:-1]


# %% wrong: from large to small
# message: wrong order
def cosine_betas(T, s=0.008, largest=0.999):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)[::-1]


# %% right: a loop with the half-angle formula
def cosine_betas(T, s=0.008, largest=0.999):
    def f(t):
        return (1 + np.cos((t / T + s) / (1 + s) * np.pi)) / 2

    return [min(1 - f(t) / f(t - 1), largest) for t in range(1, T + 1)]


# %% right: torch, from ᾱ
def cosine_betas(T, s=0.008, largest=0.999):
    t = torch.linspace(0, 1, T + 1, dtype=torch.float64)
    f = torch.sin((1 - (t + s) / (1 + s)) * torch.pi / 2).square()
    bars = f / f[0]
    return ((bars[:-1] - bars[1:]) / bars[:-1]).clamp(max=largest)
