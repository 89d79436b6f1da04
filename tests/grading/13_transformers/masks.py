# %% wrong: no diagonal
# message: diagonal is forbidden
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] < places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return causal[None] & real[:, None, :]


# %% wrong: future instead of past
# message: into the future
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] >= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return causal[None] & real[:, None, :]


# %% wrong: True forbids
# message: True means
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] <= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return ~(causal[None] & real[:, None, :])


# %% wrong: padding visible
# message: padding may be looked at
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] <= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return causal[None] & np.ones_like(real[:, None, :])


# %% wrong: not causal
# message: nothing is causal
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] <= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return real[:, None, :] & np.ones_like(causal)[None]


# %% wrong: padded queries look nowhere
# message: padded queries
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] <= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return causal[None] & real[:, None, :] & real[:, :, None]


# %% wrong: numbers instead of truth
# message: not boolean
def decoder_mask(lengths, T):
    places = np.arange(T)
    causal = places[None, :] <= places[:, None]  # (query, key)
    real = places[None, :] < np.asarray(lengths)[:, None]  # (N, key)
    return (causal[None] & real[:, None, :]) * 1.0


# %% right: tril and a loop
def decoder_mask(lengths, T):
    out = []
    for length in lengths:
        one = np.tril(np.ones((T, T))) > 0
        one[:, int(length) :] = False
        out.append(one)
    return np.stack(out)


# %% right: torch, the smaller of two limits
def decoder_mask(lengths, T):
    limit = torch.minimum(
        torch.arange(1, T + 1)[None], torch.as_tensor(np.asarray(lengths))[:, None]
    )
    return torch.arange(T)[None, None] < limit[:, :, None]
