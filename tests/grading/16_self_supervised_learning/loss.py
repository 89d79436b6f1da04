# %% wrong: a view is its own candidate
# message: each view is among its own candidates
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    s = z @ z.T / temperature
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.roll(np.arange(len(z)), len(a))].mean()


# %% wrong: not normalized
# message: the outputs are not brought to length 1
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    s = z @ z.T / temperature
    np.fill_diagonal(s, -np.inf)
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.roll(np.arange(len(z)), len(a))].mean()


# %% wrong: multiplied by the temperature
# message: the scores are multiplied by the temperature
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    s = z @ z.T * temperature
    np.fill_diagonal(s, -np.inf)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.roll(np.arange(len(z)), len(a))].mean()


# %% wrong: only the other list
# message: only the views of the other list are candidates
def nt_xent(a, b, temperature):
    a = torch.nn.functional.normalize(torch.tensor(a), dim=1)
    b = torch.nn.functional.normalize(torch.tensor(b), dim=1)
    s = a @ b.T / temperature
    own = torch.arange(len(a))
    entropy = torch.nn.functional.cross_entropy
    return ((entropy(s, own) + entropy(s.T, own)) / 2).item()


# %% wrong: the partner is left out of the sum
# message: the partner is missing in the denominator
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    s = z @ z.T / temperature
    rows, partner = np.arange(len(z)), np.roll(np.arange(len(z)), len(a))
    own = s[rows, partner].copy()
    np.fill_diagonal(s, -np.inf)
    s[rows, partner] = -np.inf
    return (np.log(np.exp(s).sum(axis=1)) - own).mean()


# %% wrong: only the first views are anchors
# message: only the first views are anchors
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    s = z @ z.T / temperature
    np.fill_diagonal(s, -np.inf)
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(a)), len(a) + np.arange(len(a))].mean()


# %% wrong: the sum over views
# message: the losses are added up over the views
def nt_xent(a, b, temperature):
    z = np.concatenate([a, b])
    z = z / np.linalg.norm(z, axis=1, keepdims=True)
    s = z @ z.T / temperature
    np.fill_diagonal(s, -np.inf)
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), np.roll(np.arange(len(z)), len(a))].sum()


# %% wrong: exponentials without a shift
# message: nan or inf
def nt_xent(a, b, temperature):
    with np.errstate(all="ignore"):
        z = np.concatenate([a, b])
        z = z / np.linalg.norm(z, axis=1, keepdims=True)
        powers = np.exp(z @ z.T / temperature)
        np.fill_diagonal(powers, 0)
        rows, partner = np.arange(len(z)), np.roll(np.arange(len(z)), len(a))
        return -np.log(powers[rows, partner] / powers.sum(axis=1)).mean()


# %% right: two loops
def nt_xent(a, b, temperature):
    z = [row / np.linalg.norm(row) for row in [*a, *b]]
    total = 0.0
    for i, anchor in enumerate(z):
        scores = [anchor @ z[j] / temperature for j in range(len(z)) if j != i]
        own = anchor @ z[(i + len(a)) % len(z)] / temperature
        total += np.logaddexp.reduce(scores) - own
    return total / len(z)


# %% right: torch, diagonal cut out
def nt_xent(a, b, temperature):
    z = torch.nn.functional.normalize(torch.tensor(np.vstack([a, b])), dim=1)
    n = len(z)
    scores = z @ z.T / temperature
    others = scores[~torch.eye(n, dtype=torch.bool)].view(n, n - 1)
    partner = (torch.arange(n) + n // 2) % n
    return (torch.logsumexp(others, dim=1) - scores[torch.arange(n), partner]).mean()
