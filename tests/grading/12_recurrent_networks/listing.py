# %% wrong: batch_first is missing
# message: batch_first is missing
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X))
    return z, h, c, sum(p.numel() for p in lstm.parameters())


# %% wrong: h and c exchanged
# message: exchanged
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (c, h) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h, c, sum(p.numel() for p in lstm.parameters())


# %% wrong: biases are not counted
# message: biases are not counted
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h, c, W_ih.size + W_hh.size


# %% wrong: one bias
# message: one of torch's two biases
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h, c, W_ih.size + W_hh.size + b_ih.size


# %% wrong: the axis of layers is dropped
# message: wrong shape
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h[0], c[0], sum(p.numel() for p in lstm.parameters())


# %% wrong: a flat state
# message: should also be 3-D
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    lstm.load_state_dict(
        {k: torch.tensor(v) for k, v in zip(lstm.state_dict(), values)}
    )
    zeros = torch.zeros(len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h, c, sum(p.numel() for p in lstm.parameters())


# %% wrong: weights are not used
# message: are the given weights used
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    lstm = torch.nn.LSTM(X.shape[2], H, batch_first=True).double()
    values = [W_ih, W_hh, b_ih, b_hh]
    torch.manual_seed(0)
    zeros = torch.zeros(1, len(X), H, dtype=torch.float64)
    with torch.no_grad():
        z, (h, c) = lstm(torch.tensor(X), (zeros, zeros))
    return z, h, c, sum(p.numel() for p in lstm.parameters())


# %% right: numpy alone
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    h = c = np.zeros((len(X), W_hh.shape[1]))
    out = []
    for t in range(X.shape[1]):
        a = X[:, t] @ W_ih.T + h @ W_hh.T + b_ih + b_hh
        i, f, g, o = np.split(a, 4, axis=1)
        c = expit(f) * c + expit(i) * np.tanh(g)
        h = expit(o) * np.tanh(c)
        out.append(h)
    H, D = W_hh.shape[1], X.shape[2]
    return np.stack(out, 1), h[None], c[None], 4 * H * (D + H + 2)


# %% right: time first, turned there and back
def run_lstm(X, W_ih, W_hh, b_ih, b_hh):
    lstm = torch.nn.LSTM(W_ih.shape[1], W_hh.shape[1], dtype=torch.float64)
    for place, value in zip(lstm.parameters(), (W_ih, W_hh, b_ih, b_hh)):
        place.data[:] = torch.from_numpy(value)
    z, (h, c) = lstm(torch.from_numpy(X).transpose(0, 1))
    count = sum(v.size for v in (W_ih, W_hh, b_ih, b_hh))
    return z.transpose(0, 1).detach(), h.detach(), c.detach(), count
