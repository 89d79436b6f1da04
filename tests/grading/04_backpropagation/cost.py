# %% wrong: the vector is forgotten
# message: vector at the end
def multiplication_counts(widths):
    left = sum(a * b for a, b in zip(widths[:-1], widths[1:]))
    right = sum(a * b * widths[0] for a, b in zip(widths[1:-1], widths[2:]))
    return left, right


# %% wrong: swapped
# message: swapped
def multiplication_counts(widths):
    left = sum(a * b for a, b in zip(widths[:-1], widths[1:]))
    right = sum(a * b * widths[0] for a, b in zip(widths[1:-1], widths[2:]))
    return right + widths[-1] * widths[0], left


# %% wrong: the first Jacobian is multiplied too
# message: first Jacobian
def multiplication_counts(widths):
    pairs = list(zip(widths[:-1], widths[1:]))
    left = sum(a * b for a, b in pairs)
    return left, sum(a * b * widths[0] for a, b in pairs) + widths[-1] * widths[0]


# %% wrong: the last layer is left out
# message: last Jacobian
def multiplication_counts(widths):
    left = sum(a * b for a, b in zip(widths[:-2], widths[1:-1]))
    right = sum(a * b * widths[0] for a, b in zip(widths[1:-1], widths[2:]))
    return left, right + widths[-1] * widths[0]


# %% wrong: widths are added
# message: added instead of multiplied
def multiplication_counts(widths):
    left = sum(a + b for a, b in zip(widths[:-1], widths[1:]))
    right = sum(a * b * widths[0] for a, b in zip(widths[1:-1], widths[2:]))
    return left, right + widths[-1] * widths[0]


# %% wrong: both orders cost the same
# message: same count
def multiplication_counts(widths):
    left = sum(a * b for a, b in zip(widths[:-1], widths[1:]))
    return left, left


# %% right: the shapes are carried through
def multiplication_counts(widths):
    left, row = 0, (1, widths[-1])
    for outer, inner in zip(widths[:0:-1], widths[-2::-1], strict=True):
        left += row[0] * row[1] * inner
        row = (1, inner)
    right, product = 0, (widths[1], widths[0])
    for outer in widths[2:]:
        right += outer * product[0] * product[1]
        product = (outer, product[1])
    return left, right + product[0] * product[1]


# %% right: numpy products
def multiplication_counts(widths):
    w = np.array(widths, dtype=np.int64)
    left = int(w[:-1] @ w[1:])
    return np.array([left, (left - w[0] * w[1]) * w[0] + w[0] * w[-1]])
