# %% wrong: p is the share that stays
# message: probability of keeping
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform < p) / p
    return x * mask, d_out * mask


# %% wrong: no scale
# message: are not scaled
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = uniform >= p
    return x * mask, d_out * mask


# %% wrong: the backward mask has no scale
# message: masked but not scaled
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = uniform >= p
    return x * mask / (1 - p), d_out * mask


# %% wrong: the backward pass only scales
# message: passes through dropped units
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out / (1 - p)


# %% wrong: the gradient is passed on
# message: ignores the mask
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out


# %% wrong: divided by p
# message: divided by p
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform >= p) / max(p, 1e-12)
    return x * mask, d_out * mask


# %% wrong: multiplied by the share that stays
# message: multiplied by 1 - p
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform >= p) * (1 - p)
    return x * mask, d_out * mask


# %% wrong: the gate of a ReLU besides
# message: as for a ReLU
def dropout(x, uniform, p, training, d_out):
    if not training:
        return x, d_out
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out * mask * (x > 0)


# %% wrong: never switched off
# message: dropped in evaluation too
def dropout(x, uniform, p, training, d_out):
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out * mask


# %% wrong: weight scaling on top
# message: activations are scaled in evaluation
def dropout(x, uniform, p, training, d_out):
    if not training:
        return (1 - p) * x, d_out
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out * mask


# %% wrong: weight scaling on top, forward and backward
# message: activations and gradients are scaled
def dropout(x, uniform, p, training, d_out):
    if not training:
        return (1 - p) * x, (1 - p) * d_out
    mask = (uniform >= p) / (1 - p)
    return x * mask, d_out * mask


# %% wrong: the activations are changed in place
# message: in place
def dropout(x, uniform, p, training, d_out):
    mask = (uniform >= p) / (1 - p) if training else 1.0
    x *= mask
    return x, d_out * mask


# %% right: autograd through where
def dropout(x, uniform, p, training, d_out):
    leaf = torch.tensor(x, requires_grad=True)
    out = leaf * 1
    if training:
        out = torch.where(torch.tensor(uniform) < p, 0.0, leaf) / (1 - p)
    out.backward(torch.tensor(d_out))
    return out.detach(), leaf.grad


# %% right: indexed assignment on copies
def dropout(x, uniform, p, training, d_out):
    out, d_x = x.copy(), d_out.copy()
    if training:
        for part in (out, d_x):
            part[uniform < p] = 0
            part /= 1 - p
    return [out, d_x]
