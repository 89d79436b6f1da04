# %% wrong: stride first
# message: own stride
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        jump *= stride
        field += dilation * (kernel - 1) * jump
    return field, jump


# %% wrong: no strides in the field
# message: strides are ignored
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1)
        jump *= stride
    return field, jump


# %% wrong: no dilation
# message: dilation is ignored
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field, jump


# %% wrong: products
# message: multiplied
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field *= kernel
        jump *= stride
    return field, jump


# %% wrong: sums
# message: without taking 1 away
def receptive_field(layers):
    field, jump = 0, 1
    for kernel, stride, dilation in layers:
        field += dilation * kernel * jump
        jump *= stride
    return field, jump


# %% wrong: the strides are added
# message: added instead
def receptive_field(layers):
    field, total, jump = 1, 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * total
        total *= stride
        jump += stride - 1
    return field, jump


# %% wrong: from the top
# message: top down
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in reversed(layers):
        field += dilation * (kernel - 1) * jump
        jump *= stride
    return field, jump


# %% wrong: D·F pixels
# message: cover D·F
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += (dilation * kernel - 1) * jump
        jump *= stride
    return field, jump


# %% right: from one unit down to the pixels
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride, dilation in layers[::-1]:
        field = (field - 1) * stride + dilation * (kernel - 1) + 1
        jump = jump * stride
    return [field, jump]


# %% right: a sum of products
def receptive_field(layers):
    strides = [stride for _, stride, _ in layers]
    parts = [
        (kernel - 1) * dilation * np.prod(strides[:k], dtype=int)
        for k, (kernel, _, dilation) in enumerate(layers)
    ]
    return np.array([1 + sum(parts), np.prod(strides, dtype=int)])
