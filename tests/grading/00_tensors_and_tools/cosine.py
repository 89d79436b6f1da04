# %% wrong: zero by zero
# message: length 0
def cosine_tables(A, B):
    with np.errstate(invalid="ignore"):
        A = A / np.linalg.norm(A, axis=-1, keepdims=True)
        B = B / np.linalg.norm(B, axis=-1, keepdims=True)
    return A @ B.transpose(0, 2, 1)


# %% wrong: products without lengths
# message: not divided
def cosine_tables(A, B):
    return A @ B.transpose(0, 2, 1)


# %% wrong: the rows of B keep their lengths
# message: only the rows of A
def cosine_tables(A, B):
    lengths = np.linalg.norm(A, axis=-1, keepdims=True)
    return A / np.where(lengths == 0, 1, lengths) @ B.transpose(0, 2, 1)


# %% wrong: squared lengths
# message: root is missing
def cosine_tables(A, B):
    a, b = (A**2).sum(-1, keepdims=True), (B**2).sum(-1, keepdims=True)
    A, B = A / np.where(a == 0, 1, a), B / np.where(b == 0, 1, b)
    return A @ B.transpose(0, 2, 1)


# %% wrong: dot instead of a product sample by sample
# message: different samples
def cosine_tables(A, B):
    a = np.linalg.norm(A, axis=-1, keepdims=True)
    b = np.linalg.norm(B, axis=-1, keepdims=True)
    A, B = A / np.where(a == 0, 1, a), B / np.where(b == 0, 1, b)
    return np.dot(A, B.transpose(0, 2, 1))


# %% wrong: the letters of the result are exchanged
# message: transposed
def cosine_tables(A, B):
    a = np.linalg.norm(A, axis=-1, keepdims=True)
    b = np.linalg.norm(B, axis=-1, keepdims=True)
    A, B = A / np.where(a == 0, 1, a), B / np.where(b == 0, 1, b)
    return np.einsum("ntd,nsd->nst", A, B)


# %% wrong: a length for every sample
# message: for a whole sample
def cosine_tables(A, B):
    A = A / np.linalg.norm(A, axis=(1, 2), keepdims=True)
    B = B / np.linalg.norm(B, axis=(1, 2), keepdims=True)
    return A @ B.transpose(0, 2, 1)


# %% wrong: T turns round all three axes
# message: matmul
def cosine_tables(A, B):
    a = np.linalg.norm(A, axis=-1, keepdims=True)
    b = np.linalg.norm(B, axis=-1, keepdims=True)
    return (A / np.where(a == 0, 1, a)) @ (B / np.where(b == 0, 1, b)).T


# %% right: torch
def cosine_tables(A, B):
    A, B = torch.from_numpy(A)[:, :, None], torch.from_numpy(B)[:, None]
    return torch.nn.functional.cosine_similarity(A, B, dim=-1)


# %% right: broadcasting without a matrix product
def cosine_tables(A, B):
    a, b = A[:, :, None], B[:, None]  # (N, T, 1, D), (N, 1, S, D)
    lengths = np.sqrt((a**2).sum(-1) * (b**2).sum(-1))  # (N, T, S)
    return (a * b).sum(-1) / np.maximum(lengths, 1e-300)


# %% right: divided after the product
def cosine_tables(A, B):
    products = A @ np.swapaxes(B, 1, 2)
    a = np.sqrt(np.einsum("ntd,ntd->nt", A, A))[:, :, None]
    b = np.sqrt(np.einsum("nsd,nsd->ns", B, B))[:, None, :]
    return np.divide(products, a * b, out=np.zeros_like(products), where=a * b > 0)
