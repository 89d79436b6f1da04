# %% wrong: reshaped only
# message: only reshaped
def image_tokens(images, size):
    N, C, H, W = images.shape
    return images.reshape(N, H * W // size**2, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = np.where(real, X @ W_k.T @ query / np.sqrt(len(query)), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: patches by columns
# message: the patches are taken column by column
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 4, 2, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = np.where(real, X @ W_k.T @ query / np.sqrt(len(query)), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: pixels by columns
# message: the pixels of a patch are taken column by column
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 5, 3).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = np.where(real, X @ W_k.T @ query / np.sqrt(len(query)), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: channels last
# message: the channel is the last axis
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 3, 5, 1).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = np.where(real, X @ W_k.T @ query / np.sqrt(len(query)), -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: padding takes part
# message: the padding takes part
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = X @ W_k.T @ query / np.sqrt(len(query))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: zeros after the softmax
# message: they no longer sum to 1
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = X @ W_k.T @ query / np.sqrt(len(query))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = real * powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: hidden too late
# message: hidden too late
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = X @ W_k.T @ query / np.sqrt(len(query))
    powers = real * np.exp(scores - scores.max(axis=1, keepdims=True))
    with np.errstate(invalid="ignore"):
        weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: no scale
# message: not divided by √d
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    scores = np.where(real, X @ W_k.T @ query, -np.inf)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = powers / powers.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% wrong: mean of the elements
# message: the query is not used
def image_tokens(images, size):
    N, C, H, W = images.shape
    parts = images.reshape(N, C, H // size, size, W // size, size)
    return parts.transpose(0, 2, 4, 1, 3, 5).reshape(N, -1, C * size**2)


def pool(X, real, query, W_k, W_v):
    weights = real / real.sum(axis=1, keepdims=True)
    return np.einsum("nt,ntd->nd", weights, X @ W_v.T)


# %% right: torch's unfold and attention
def image_tokens(images, size):
    cut = torch.nn.functional.unfold(torch.tensor(images), size, stride=size)
    return cut.transpose(1, 2)


def pool(X, real, query, W_k, W_v):
    X, W_k, W_v = torch.tensor(X), torch.tensor(W_k), torch.tensor(W_v)
    query = torch.tensor(query).expand(len(X), 1, -1)
    mask = torch.tensor(real)[:, None]
    return torch.nn.functional.scaled_dot_product_attention(
        query, X @ W_k.T, X @ W_v.T, attn_mask=mask
    )[:, 0]


# %% right: loops, and sets without their padding
def image_tokens(images, size):
    rows = range(0, images.shape[2], size)
    columns = range(0, images.shape[3], size)
    return [
        [
            image[:, top : top + size, left : left + size].ravel()
            for top in rows
            for left in columns
        ]
        for image in images
    ]


def pool(X, real, query, W_k, W_v):
    found = []
    for tokens, here in zip(X, real, strict=True):
        elements = tokens[here]
        scores = [query @ (W_k @ x) / len(query) ** 0.5 for x in elements]
        powers = [math.exp(score - max(scores)) for score in scores]
        parts = [a * (W_v @ x) for a, x in zip(powers, elements, strict=True)]
        found.append(sum(parts) / sum(powers))
    return np.array(found)
