# %% wrong: B is not transposed
# message: transpose of B
def matmul_gradients(A, B, G):
    return G @ B, A.T @ G


# %% wrong: A is not transposed
# message: transpose of A
def matmul_gradients(A, B, G):
    return G @ B.T, A @ G


# %% wrong: the factors are in the wrong order
# message: other order
def matmul_gradients(A, B, G):
    return B.T @ G, G @ A.T


# %% wrong: the pair is swapped
# message: swapped
def matmul_gradients(A, B, G):
    return A.T @ G, G @ B.T


# %% wrong: the arriving gradient is ignored
# message: ignored
def matmul_gradients(A, B, G):
    ones = np.ones(G.shape)
    return ones @ B.T, A.T @ ones


# %% wrong: elementwise products
# message: elementwise
def matmul_gradients(A, B, G):
    return G * B, G * A


# %% right: index notation
def matmul_gradients(A, B, G):
    return np.einsum("ik,jk->ij", G, B), np.einsum("ij,ik->jk", A, G)


# %% right: transposed products
def matmul_gradients(A, B, G):
    return [(B @ G.T).T, (G.T @ A).T]
