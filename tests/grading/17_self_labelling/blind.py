# %% wrong: every label is guessed equally often
# message: all labels are guessed equally often
def blind_guess(q):
    K = q.shape[1]
    return np.full(K, 1 / K), np.log(K)


# %% wrong: only the favorite labels are counted
# message: each row is rounded to its favorite label before
def blind_guess(q):
    p = np.bincount(q.argmax(axis=1), minlength=q.shape[1]) / len(q)
    return p, -np.sum(p * np.log(np.where(p > 0, p, 1)))


# %% wrong: the most frequent label for everybody
# message: all probability is put on the most frequent label
def blind_guess(q):
    p = np.eye(q.shape[1])[q.mean(axis=0).argmax()]
    return p, 0.0


# %% wrong: bits
# message: the loss is measured in bits
def blind_guess(q):
    p = q.mean(axis=0)
    return p, -np.sum(p * np.log2(np.where(p > 0, p, 1)))


# %% wrong: the mean entropy of the rows
# message: the loss is the mean entropy of the rows
def blind_guess(q):
    return q.mean(axis=0), -np.mean(np.sum(q * np.log(np.where(q > 0, q, 1)), axis=1))


# %% wrong: no minus
# message: the loss has lost its minus sign
def blind_guess(q):
    p = q.mean(axis=0)
    return p, np.sum(p * np.log(np.where(p > 0, p, 1)))


# %% wrong: 0 log 0
# message: nan or inf
def blind_guess(q):
    with np.errstate(all="ignore"):
        p = q.mean(axis=0)
        return p, -np.sum(p * np.log(p))


# %% wrong: shares are counts
# message: the labels are counted but not divided by N
def blind_guess(q):
    p = q.sum(axis=0)
    return p, -np.sum(p / p.sum() * np.log(np.where(p > 0, p / p.sum(), 1)))


# %% right: scipy's entropy
def blind_guess(q):
    from scipy.stats import entropy

    return q.sum(axis=0) / q.sum(), entropy(q.sum(axis=0))


# %% right: torch knows that 0 log 0 = 0
def blind_guess(q):
    p = torch.tensor(q).mean(dim=0)
    return p, torch.special.entr(p).sum()
