# %% wrong: the label of the slide
# message: taken for Sobel
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([laplacian, laplacian, sobel])
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: directions exchanged
# message: directions of Sobel
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel.T, sobel, laplacian])
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: a true convolution
# message: flipped
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel, sobel.T, laplacian])[:, ::-1, ::-1]
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: the Laplacian of mathematics
# message: other sign
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel, sobel.T, laplacian])
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: Prewitt
# message: Prewitt
def edges(image):
    sobel = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
    laplacian = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel, sobel.T, laplacian])
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: eight neighbors
# message: all eight
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel, sobel.T, laplacian])
    return np.einsum("ijmn,kmn->kij", windows, kernels)


# %% wrong: sizes
# message: instead of its sign
def edges(image):
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    laplacian = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    kernels = np.stack([sobel, sobel.T, laplacian])
    return abs(np.einsum("ijmn,kmn->kij", windows, kernels))


# %% right: slices instead of kernels
def edges(image):
    rows = image[:-2] + 2 * image[1:-1] + image[2:]
    columns = image[:, :-2] + 2 * image[:, 1:-1] + image[:, 2:]
    middle = 4 * image[1:-1, 1:-1] - image[:-2, 1:-1] - image[2:, 1:-1]
    middle = middle - image[1:-1, :-2] - image[1:-1, 2:]
    return np.stack([rows[:, :-2] - rows[:, 2:], columns[:-2] - columns[2:], middle])


# %% right: one layer with three filters
def edges(image):
    sobel = torch.outer(torch.tensor([1.0, 2, 1]), torch.tensor([1.0, 0, -1]))
    laplacian = torch.tensor([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    weight = torch.stack([sobel, sobel.T, laplacian])[:, None].double()
    return torch.nn.functional.conv2d(torch.tensor(image)[None], weight)
