# %% wrong: every array alone
# message: clipped alone
def clip(gradients, max_norm):
    norms = [np.linalg.norm(g) for g in gradients]
    total = np.sqrt(sum(n**2 for n in norms))
    factors = [min(1.0, max_norm / n) if n > 0 else 1.0 for n in norms]
    return [f * g for f, g in zip(factors, gradients)], total


# %% wrong: entries are cut off
# message: cut off
def clip(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return [np.clip(g, -max_norm, max_norm) for g in gradients], norm


# %% wrong: short gradients are stretched
# message: stretched
def clip(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return [max_norm / max(norm, 1e-300) * g for g in gradients], norm


# %% wrong: the square of the norm
# message: root of the sum of squares
def clip(gradients, max_norm):
    norm = sum((g**2).sum() for g in gradients)
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return [factor * g for g in gradients], norm


# %% wrong: the norm after clipping
# message: after clipping
def clip(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    clipped = [min(1.0, max_norm / max(norm, 1e-300)) * g for g in gradients]
    return clipped, np.sqrt(sum((g**2).sum() for g in clipped))


# %% wrong: lengths are added
# message: sum of the lengths
def clip(gradients, max_norm):
    norm = sum(np.linalg.norm(g) for g in gradients)
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return [factor * g for g in gradients], norm


# %% wrong: the arguments are changed
# message: in place
def clip(gradients, max_norm):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    for g in gradients:
        g *= min(1.0, max_norm / max(norm, 1e-300))
    return gradients, norm


# %% right: one long vector
def clip(gradients, max_norm):
    whole = np.concatenate([g.reshape(-1) for g in gradients])
    norm = np.linalg.norm(whole)
    return [g / max(1.0, norm / max_norm) for g in gradients], norm


# %% right: tensors
def clip(gradients, max_norm):
    tensors = [torch.tensor(g) for g in gradients]
    norm = torch.stack([t.norm() for t in tensors]).norm()
    if norm > max_norm:
        tensors = [t * (max_norm / norm) for t in tensors]
    return tensors, norm
