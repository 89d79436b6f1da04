# %% wrong: the entropy is added
# message: the entropy is added: softness is punished
def price(Q, log_p, sharpness):
    H = -np.sum(Q * np.log(np.where(Q > 0, Q, 1)))
    cost = -np.sum(Q * log_p)
    return cost, H, cost + H / sharpness


# %% wrong: the entropy is multiplied by the sharpness
# message: the entropy is multiplied by the sharpness
def price(Q, log_p, sharpness):
    H = -np.sum(Q * np.log(np.where(Q > 0, Q, 1)))
    cost = -np.sum(Q * log_p)
    return cost, H, cost - H * sharpness


# %% wrong: the cost is divided by N once more
# message: the cost is divided by N once more
def price(Q, log_p, sharpness):
    H = -np.sum(Q * np.log(np.where(Q > 0, Q, 1)))
    cost = -np.sum(Q * log_p) / len(Q)
    return cost, H, cost - H / sharpness


# %% wrong: the cost has the wrong sign
# message: the cost has lost its minus sign
def price(Q, log_p, sharpness):
    H = -np.sum(Q * np.log(np.where(Q > 0, Q, 1)))
    cost = np.sum(Q * log_p)
    return cost, H, cost - H / sharpness


# %% wrong: the sharpness is in the cost
# message: the cost is multiplied by the sharpness
def price(Q, log_p, sharpness):
    H = -np.sum(Q * np.log(np.where(Q > 0, Q, 1)))
    cost = -sharpness * np.sum(Q * log_p)
    return cost, H, cost - H


# %% wrong: the entropy of the posteriors
# message: the entropy is that of the posteriors
def price(Q, log_p, sharpness):
    H = -np.sum(np.exp(log_p) * log_p) / len(Q)
    cost = -np.sum(Q * log_p)
    return cost, H, cost - H / sharpness


# %% wrong: 0 log 0
# message: nan or inf
def price(Q, log_p, sharpness):
    with np.errstate(all="ignore"):
        H = -np.sum(Q * np.log(Q))
    cost = -np.sum(Q * log_p)
    return cost, H, cost - H / sharpness


# %% right: torch's entr
def price(Q, log_p, sharpness):
    Q, log_p = torch.tensor(Q), torch.tensor(log_p)
    cost, H = -(Q * log_p).sum().item(), torch.special.entr(Q).sum().item()
    return cost, H, cost - H / sharpness


# %% right: entries one by one
def price(Q, log_p, sharpness):
    cost = entropy = 0.0
    for q, l in zip(Q.ravel(), log_p.ravel()):
        if q > 0:
            cost -= q * l
            entropy -= q * np.log(q)
    return np.array([cost, entropy, cost - entropy / sharpness])
