# %% wrong: not flipped
# message: cross-correlation
def convolve(x, k, padding):
    x = np.pad(x, padding)
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k) + 1)])


# %% wrong: padded at the end
# message: at its end only
def convolve(x, k, padding):
    x, k = np.concatenate([x, np.zeros(padding)]), k[::-1]
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k) + 1)])


# %% wrong: never padded
# message: there is no padding
def convolve(x, k, padding):
    k = k[::-1]
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k) + 1)])


# %% wrong: full
# message: half outside
def convolve(x, k, padding):
    return np.convolve(np.pad(x, padding), k)


# %% wrong: both are flipped
# message: kernel too
def convolve(x, k, padding):
    x, k = np.pad(x, padding)[::-1], k[::-1]
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k) + 1)])


# %% wrong: the signal is flipped
# message: instead of the kernel
def convolve(x, k, padding):
    x = np.pad(x, padding)[::-1]
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k) + 1)])


# %% wrong: one window too few
# message: last window
def convolve(x, k, padding):
    x, k = np.pad(x, padding), k[::-1]
    return np.array([x[t : t + len(k)] @ k for t in range(len(x) - len(k))])


# %% right: torch with a flipped kernel
def convolve(x, k, padding):
    x, k = torch.tensor(x)[None, None], torch.tensor(k).flip(0)[None, None]
    return torch.nn.functional.conv1d(x, k, padding=padding)[0, 0]


# %% right: each pixel spreads the kernel
def convolve(x, k, padding):
    x = np.pad(x, padding)
    full = np.zeros(len(x) + len(k) - 1)
    for place, value in enumerate(x):
        full[place : place + len(k)] += value * np.asarray(k)
    return full[len(k) - 1 : len(x)]
