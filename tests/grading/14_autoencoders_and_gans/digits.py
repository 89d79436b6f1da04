# %% wrong: mean over pixels
# message: averaged over pixels
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().mean(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: mean over the code
# message: averaged over the code
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).mean(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: no noise
# message: no noise is drawn
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: exp of log_var
# message: exp(log_var) is taken
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + log_var.exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: log_var first
# message: mu and log_var are exchanged
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        log_var, mu = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: outputs in turn
# message: taken in turn
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).unflatten(1, (-1, 2)).unbind(2)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: no KL
# message: left out of the loss
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad(gap.mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: no beta
# message: beta is left out
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: minus KL
# message: is subtracted
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap - beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: sum over samples
# message: summed over samples
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).sum(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: plain squares
# message: not divided by 2s²
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: s squared without 2
# message: instead of 2s²
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / s**2
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: s not squared
# message: s is not squared
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: one noise for all steps
# message: same noise
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * noise[0]
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: KL with beta
# message: returned with beta
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), beta * kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: z cut from the graph
# message: no gradient passes
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        z = z.detach()
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: the decoder alone
# message: only the decoder
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
        now = old[:4] + now[4:]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: ReLU
# message: ReLU takes
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.relu(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% wrong: samples one step too early
# message: before the last step
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *old[4:]).detach()


# %% wrong: samples of the untrained decoder
# message: of the start
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.tensor(part, requires_grad=True) for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        now = [
            (part - rate * slope).detach().requires_grad_()
            for part, slope in zip(now, slopes)
        ]
    return np.array(losses), layers(codes, *map(torch.as_tensor, parameters[4:]))


# %% wrong: the given parameters are trained
# message: in place
def train_vae(X, parameters, noise, codes, s, beta, rate):
    X, noise, codes = (torch.as_tensor(part) for part in (X, noise, codes))
    now = [torch.from_numpy(part).requires_grad_() for part in parameters]

    def layers(inputs, W, b, V, c):
        return torch.tanh(inputs @ W.T + b) @ V.T + c

    losses = []
    for epsilon in noise:
        mu, log_var = layers(X, *now[:4]).chunk(2, dim=1)
        z = mu + (log_var / 2).exp() * epsilon
        gap = (X - layers(z, *now[4:])).square().sum(1) / (2 * s**2)
        kl = 0.5 * (mu**2 + log_var.exp() - 1 - log_var).sum(1)
        slopes = torch.autograd.grad((gap + beta * kl).mean(), now)
        losses.append([gap.mean().item(), kl.mean().item()])
        old = now
        with torch.no_grad():
            for part, slope in zip(now, slopes):
                part -= rate * slope
    return np.array(losses), layers(codes, *now[4:]).detach()


# %% right: torch modules and SGD
def train_vae(X, parameters, noise, codes, s, beta, rate):
    parts = [torch.nn.Parameter(torch.tensor(part)) for part in parameters]
    optimizer = torch.optim.SGD(parts, lr=rate)
    dense, X, losses = torch.nn.functional.linear, torch.tensor(X), []

    def net(inputs, first):
        W, b, V, c = parts[first : first + 4]
        return dense(torch.tanh(dense(inputs, W, b)), V, c)

    for epsilon in torch.tensor(noise):
        out = net(X, 0)
        Z = out.shape[1] // 2
        mu, v = out[:, :Z], out[:, Z:]
        gap = X - net(torch.addcmul(mu, v.mul(0.5).exp(), epsilon), 4)
        rec = gap.pow(2).sum() / (2 * s * s * len(X))
        kl = (mu.pow(2) + v.expm1() - v).sum() / (2 * len(X))
        optimizer.zero_grad()
        (rec + beta * kl).backward()
        optimizer.step()
        losses.append(torch.stack([rec, kl]).detach())
    with torch.no_grad():
        return torch.stack(losses), net(torch.tensor(codes), 4)


# %% right: all gradients by hand in numpy
def train_vae(X, parameters, noise, codes, s, beta, rate):
    W1, b1, W2, b2, W3, b3, W4, b4 = parameters
    N, losses = len(X), []
    for epsilon in noise:
        h = np.tanh(X @ W1.T + b1)
        mu, v = np.split(h @ W2.T + b2, 2, axis=1)
        std = np.exp(v / 2)
        z = mu + std * epsilon
        g = np.tanh(z @ W3.T + b3)
        gap = g @ W4.T + b4 - X
        losses.append(
            [
                np.sum(gap**2) / (2 * s**2 * N),
                np.sum(mu**2 + std**2 - 1 - v) / (2 * N),
            ]
        )
        dx = gap / s**2 / N
        dg = dx @ W4 * (1 - g**2)
        dz = dg @ W3
        dmu = dz + beta * mu / N
        dv = dz * epsilon * std / 2 + beta * (std**2 - 1) / 2 / N
        do = np.hstack([dmu, dv])
        dh = do @ W2 * (1 - h**2)
        W4, b4 = W4 - rate * dx.T @ g, b4 - rate * dx.sum(0)
        W3, b3 = W3 - rate * dg.T @ z, b3 - rate * dg.sum(0)
        W2, b2 = W2 - rate * do.T @ h, b2 - rate * do.sum(0)
        W1, b1 = W1 - rate * dh.T @ X, b1 - rate * dh.sum(0)
    return np.array(losses), np.tanh(codes @ W3.T + b3) @ W4.T + b4
