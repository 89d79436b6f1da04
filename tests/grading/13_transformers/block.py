# %% wrong: post-norm
# message: post-norm
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = norm_1(x + attend(x))
    return norm_2(x + feed(x))


# %% wrong: residual from the normalized vector
# message: normalized vector is added
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = norm_1(x)
    x = x + attend(x)
    x = norm_2(x)
    return x + feed(x)


# %% wrong: no normalization
# message: nothing is normalized
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = x + attend(x)
    return x + feed(x)


# %% wrong: no residual
# message: no residual
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = attend(norm_1(x))
    return feed(norm_2(x))


# %% wrong: one residual
# message: only the first
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = x + attend(norm_1(x))
    return feed(norm_2(x))


# %% wrong: side by side
# message: side by side
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    return x + attend(norm_1(x)) + feed(norm_2(x))


# %% wrong: added to the input
# message: to the block's input
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    h = x + attend(norm_1(x))
    return x + feed(norm_2(h))


# %% wrong: network first
# message: before attention
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = x + feed(norm_1(x))
    return x + attend(norm_2(x))


# %% wrong: first norm twice
# message: used twice
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    x = x + attend(norm_1(x))
    return x + feed(norm_1(x))


# %% right: a loop over the sub-layers
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    for layer, norm in [(attend, norm_1), (feed, norm_2)]:
        x = np.add(x, layer(norm(x)))
    return x


# %% right: written as one sum
def pre_norm_block(x, attend, feed, norm_1, norm_2):
    mixed = attend(norm_1(x))
    return mixed + feed(norm_2(mixed + x)) + x
