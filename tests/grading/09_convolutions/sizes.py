# %% wrong: padding on one side
# message: one side only
def output_size(size, kernel, stride, padding, dilation):
    room = size + padding - dilation * (kernel - 1) - 1
    if stride < 1 or padding < 0 or room < 0:
        raise ValueError("impossible")
    return room // stride + 1, room % stride


# %% wrong: no dilation
# message: dilation is ignored
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - kernel
    if stride < 1 or padding < 0 or room < 0:
        raise ValueError("impossible")
    return room // stride + 1, room % stride


# %% wrong: D·F instead of D(F - 1) + 1
# message: cover D·F pixels
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * kernel
    if stride < 1 or padding < 0 or room < 0:
        raise ValueError("impossible")
    return room // stride + 1, room % stride


# %% wrong: rounded up
# message: rounded up
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if stride < 1 or padding < 0 or room < 0:
        raise ValueError("impossible")
    return -(-room // stride) + 1, room % stride


# %% wrong: without the last one
# message: + 1 is forgotten
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if stride < 1 or padding < 0 or room < 0:
        raise ValueError("impossible")
    return room // stride, room % stride


# %% wrong: a kernel that does not fit gives nothing
# message: should raise ValueError
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if stride < 1 or padding < 0:
        raise ValueError("impossible")
    return max(0, room // stride + 1), room % stride


# %% wrong: a stride of zero is an error of Python
# message: raises ZeroDivisionError
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if padding < 0 or room < 0:
        raise ValueError("impossible")
    return room // stride + 1, room % stride


# %% wrong: fractions are refused
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if stride < 1 or padding < 0 or room < 0 or room % stride:
        raise ValueError("impossible")
    return room // stride + 1, room % stride


# %% right: counting windows
def output_size(size, kernel, stride, padding, dilation):
    if stride < 1 or padding < 0:
        raise ValueError("a stride is at least 1, a padding at least 0")
    wide, span = size + 2 * padding, dilation * (kernel - 1) + 1
    ends = [start + span for start in range(0, wide, stride) if start + span <= wide]
    if not ends:
        raise ValueError("the kernel does not fit")
    return len(ends), wide - ends[-1]


# %% right: numpy integers in an array
def output_size(size, kernel, stride, padding, dilation):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if min(room, padding, stride - 1) < 0:
        raise ValueError("impossible")
    return np.array(divmod(room, stride)) + [1, 0]
