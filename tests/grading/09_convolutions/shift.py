# %% wrong: moved down
# message: down instead
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=2))
    other = np.roll(layer(X), shift // stride, axis=2)
    return np.abs(moved - other).max()


# %% wrong: images exchanged
# message: within the batch
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=0))
    other = np.roll(layer(X), shift // stride, axis=0)
    return np.abs(moved - other).max()


# %% wrong: invariance
# message: measures invariance
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=3))
    other = layer(X)
    return np.abs(moved - other).max()


# %% wrong: the map moves as far as the image
# message: instead of s/S
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=3))
    other = np.roll(layer(X), shift, axis=3)
    return np.abs(moved - other).max()


# %% wrong: mean
# message: mean difference
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=3))
    other = np.roll(layer(X), shift // stride, axis=3)
    return np.abs(moved - other).mean()


# %% wrong: sum
# message: sum of the differences
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, shift, axis=3))
    other = np.roll(layer(X), shift // stride, axis=3)
    return np.abs(moved - other).sum()


# %% wrong: to the left
# message: to the left
def equivariance_gap(layer, X, shift, stride):
    if shift % stride:
        raise ValueError("no multiple")
    moved = layer(np.roll(X, -shift, axis=3))
    other = np.roll(layer(X), -(shift // stride), axis=3)
    return np.abs(moved - other).max()


# %% wrong: every shift is allowed
# message: should raise ValueError
def equivariance_gap(layer, X, shift, stride):
    moved = layer(np.roll(X, shift, axis=3))
    other = np.roll(layer(X), shift // stride, axis=3)
    return np.abs(moved - other).max()


# %% right: torch rolls
def equivariance_gap(layer, X, shift, stride):
    steps, rest = divmod(shift, stride)
    if rest:
        raise ValueError(f"{shift} is no multiple of {stride}")
    images = torch.tensor(X)
    one = torch.tensor(layer(images.roll(shift, dims=-1).numpy()))
    other = torch.tensor(layer(X)).roll(steps, dims=-1)
    return (one - other).abs().amax()


# %% right: moved by cutting
def equivariance_gap(layer, X, shift, stride):
    def move(A, by):
        by = by % A.shape[3]
        return np.concatenate(
            [A[..., A.shape[3] - by :], A[..., : A.shape[3] - by]], axis=3
        )

    if shift != stride * (shift // stride):
        raise ValueError("no multiple")
    gap = layer(move(X, shift)) - move(layer(X), shift // stride)
    return max(gap.max(), -gap.min())
