# %% wrong: learns from the clean images
# message: the network learns from the clean images
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(clean)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: labels of the views
# message: the labels are made from the views
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label(inputs=clean):
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(inputs)])

    losses = []
    for view in seen:
        labels = label(view)
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: favorite labels
# message: each image gets its favorite label
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(0):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: one labelling for all heads
# message: all heads learn the labels of the first head
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(all_log_p(clean)[0])] * len(parameters[2]))

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: heads are summed
# message: the losses of the heads are added up
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean(dim=1).sum()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: the sharpness is ignored
# message: the sharpness is left out of the kernel
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: one step a round
# message: each round makes one step only
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(1):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: labels before the first round only
# message: the images are labeled only once
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    labels = label()
    for view in seen:
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% wrong: the labels of the last round
# message: the labels of the last round are returned
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
        losses.append(loss.item())
    return labels.numpy(), np.array(losses)


# %% wrong: the first layer does not learn
# message: only the heads are trained
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    clean, seen = torch.as_tensor(images), torch.as_tensor(views)
    now = [torch.tensor(part, requires_grad=True) for part in parameters]
    N, K = len(images), parameters[2].shape[1]

    def all_log_p(inputs):
        hidden = torch.relu(inputs @ now[0].T + now[1])
        scores = torch.einsum("nh,tkh->tnk", hidden, now[2]) + now[3][:, None]
        return torch.log_softmax(scores, dim=2)

    def balanced(log_p):
        M = sharpness * log_p
        P = (M - M.max(dim=1, keepdim=True).values).exp()
        c = torch.ones(K, dtype=torch.float64)
        for _ in range(300):
            r = 1 / (N * (P @ c))
            sums = c * (r @ P) * K
            if (sums - 1).abs().max() < 1e-6:
                break
            c = c / sums
        return (P * c).argmax(dim=1)

    def label():
        with torch.no_grad():
            return torch.stack([balanced(own) for own in all_log_p(clean)])

    losses = []
    for view in seen:
        labels = label()
        for _ in range(steps):
            log_p = all_log_p(view)
            loss = -log_p.gather(2, labels[:, :, None]).mean()
            slopes = torch.autograd.grad(loss, now)
            now = [
                (v - learning_rate * s).detach().requires_grad_()
                for v, s in zip(now, slopes)
            ]
            now[:2] = [
                torch.tensor(part, requires_grad=True) for part in parameters[:2]
            ]
        losses.append(loss.item())
    return label().numpy(), np.array(losses)


# %% right: layers, an optimizer and logarithms
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    W1, b1, W2, b2 = parameters
    T, K, H = W2.shape
    first, last = (
        torch.nn.Linear(W1.shape[1], H).double(),
        torch.nn.Linear(H, T * K).double(),
    )
    first.load_state_dict({"weight": torch.tensor(W1), "bias": torch.tensor(b1)})
    last.load_state_dict(
        {
            "weight": torch.tensor(W2).reshape(T * K, H),
            "bias": torch.tensor(b2).reshape(-1),
        }
    )
    model = torch.nn.Sequential(first, torch.nn.ReLU(), last)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

    @torch.no_grad()
    def label():
        scores = model(torch.tensor(images)).reshape(len(images), T, K)
        found = []
        for t in range(T):
            M = sharpness * torch.log_softmax(scores[:, t], dim=1)
            v = torch.zeros(K, dtype=torch.float64)
            for _ in range(300):
                u = -torch.logsumexp(M + v, dim=1, keepdim=True)
                change = torch.logsumexp(M + u + v, dim=0) - np.log(len(images) / K)
                v = v - change
                if change.abs().max() <= 1e-6:
                    break
            found.append((M + v).argmax(dim=1))
        return torch.stack(found)

    losses = []
    for view in views:
        labels = label()
        for _ in range(steps):
            scores = model(torch.tensor(view)).reshape(-1, T, K)
            loss = (
                sum(
                    torch.nn.functional.cross_entropy(scores[:, t], labels[t])
                    for t in range(T)
                )
                / T
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return label(), losses


# %% right: numpy throughout
def self_label(images, views, parameters, sharpness, learning_rate, steps):
    W1, b1, W2, b2 = (np.array(part) for part in parameters)
    T, K, _ = W2.shape
    N = len(images)

    def forward(X):
        hidden = np.maximum(0, X @ W1.T + b1)
        z = np.stack([hidden @ W2[t].T + b2[t] for t in range(T)])
        z = z - z.max(axis=2, keepdims=True)
        return hidden, z - np.log(np.exp(z).sum(axis=2, keepdims=True))

    def label():
        found = []
        for log_p in forward(images)[1]:
            P = np.exp(sharpness * (log_p - log_p.max(axis=1, keepdims=True)))
            c = np.ones(K)
            for _ in range(300):
                r = 1 / (P @ c)
                new = N / K / (P.T @ r)
                done = np.abs(c / new - 1).max() < 1e-6
                c = new
                if done:
                    break
            found.append((P * c).argmax(axis=1))
        return np.array(found)

    losses = []
    for view in views:
        labels = label()
        for _ in range(steps):
            hidden, log_p = forward(view)
            losses_now = [-log_p[t][np.arange(N), labels[t]].mean() for t in range(T)]
            slope = (np.exp(log_p) - np.eye(K)[labels]) / (N * T)
            back = sum(slope[t] @ W2[t] for t in range(T)) * (hidden > 0)
            W2 = W2 - learning_rate * np.stack([slope[t].T @ hidden for t in range(T)])
            b2 = b2 - learning_rate * slope.sum(axis=1)
            W1 = W1 - learning_rate * back.T @ view
            b1 = b1 - learning_rate * back.sum(axis=0)
        losses.append(np.mean(losses_now))
    return label(), np.array(losses)
