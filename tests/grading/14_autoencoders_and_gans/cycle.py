# %% wrong: as the colleague had it
# message: nothing is repaired
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X)
    reconstruction = np.mean((X - X_hat) ** 2)
    cycle = np.mean((z - z_hat) ** 2)
    loss = alpha * cycle + (1 - alpha) * reconstruction
    return np.array([loss, reconstruction, cycle])


# %% wrong: only the weights are repaired
# message: compared with itself
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X)
    reconstruction = np.mean((X - X_hat) ** 2)
    cycle = np.mean((z - z_hat) ** 2)
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: only the cycle is repaired
# message: alpha multiplies the cycle
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.mean((X - X_hat) ** 2)
    cycle = np.mean((z - z_hat) ** 2)
    loss = alpha * cycle + (1 - alpha) * reconstruction
    return np.array([loss, reconstruction, cycle])


# %% wrong: the image goes around twice
# message: images instead of codes
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.mean((X - X_hat) ** 2)
    cycle = np.mean((X_hat - decode(z_hat)) ** 2)
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: sums
# message: summed over everything
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.sum((X - X_hat) ** 2)
    cycle = np.sum((z - z_hat) ** 2)
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: sums over columns
# message: summed over the columns
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.sum((X - X_hat) ** 2) / len(X)
    cycle = np.sum((z - z_hat) ** 2) / len(X)
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: root mean squares
# message: root of the mean square
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.mean((X - X_hat) ** 2) ** 0.5
    cycle = np.mean((z - z_hat) ** 2) ** 0.5
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: absolute differences
# message: absolute differences
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.mean(np.abs(X - X_hat))
    cycle = np.mean(np.abs(z - z_hat))
    loss = alpha * reconstruction + (1 - alpha) * cycle
    return np.array([loss, reconstruction, cycle])


# %% wrong: no weights
# message: without their weights
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    X_hat = decode(z)
    z_hat = encode(X_hat)
    reconstruction = np.mean((X - X_hat) ** 2)
    cycle = np.mean((z - z_hat) ** 2)
    loss = reconstruction + cycle
    return np.array([loss, reconstruction, cycle])


# %% right: torch's mse_loss
def autoencoder_losses(encode, decode, X, alpha):
    z = encode(X)
    mse = torch.nn.functional.mse_loss
    a, b, c, d = (torch.tensor(v) for v in (X, decode(z), z, encode(decode(z))))
    rec, cycle = mse(b, a), mse(d, c)
    return torch.stack([torch.lerp(cycle, rec, alpha), rec, cycle])


# %% right: a loop over both pairs
def autoencoder_losses(encode, decode, X, alpha):
    chain = [X]
    for step in (encode, decode, encode):
        chain.append(step(chain[-1]))
    errors = []
    for k in (0, 1):
        gap = np.ravel(chain[k] - chain[k + 2])
        errors.append(gap @ gap / gap.size)
    return [errors[0] * alpha + errors[1] * (1 - alpha), *errors]
