# %% wrong: the student is centered
# message: the student is centered instead of the teacher
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student - center) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the center is added
# message: the center is added to the teacher's outputs
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher + center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the new center is used at once
# message: the loss uses the new center
def dino_step(student, teacher, center, weights, keep):
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    q = torch.softmax(torch.tensor(teacher - moved) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: temperatures exchanged
# message: the two temperatures are exchanged
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.1, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.04, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the same view
# message: the student predicts the target of the view that it sees
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the teacher follows too fast
# message: the student's weights are the ones that are kept
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[0] + (1 - keep) * weights[1]


# %% wrong: the center forgets at once
# message: the center takes nine tenths of the new mean
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.1 * center + 0.9 * teacher.mean(axis=(0, 1))
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the center of the targets
# message: the center is a mean of the targets, not of the outputs
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * q.mean(dim=(0, 1)).numpy()
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% wrong: the center of the first views
# message: the center sees the first views only
def dino_step(student, teacher, center, weights, keep):
    q = torch.softmax(torch.tensor(teacher - center) / 0.04, dim=2)
    log_p = torch.log_softmax(torch.tensor(student) / 0.1, dim=2).flip(0)
    loss = -(q * log_p).sum(dim=2).mean().item()
    moved = 0.9 * center + 0.1 * teacher[0].mean(axis=0)
    return loss, moved, keep * weights[1] + (1 - keep) * weights[0]


# %% right: torch's cross-entropy and lerp
def dino_step(student, teacher, center, weights, keep):
    s, t, c = torch.tensor(student), torch.tensor(teacher), torch.tensor(center)
    q = torch.softmax((t - c) / 0.04, dim=-1)
    loss = (
        sum(torch.nn.functional.cross_entropy(s[1 - v] / 0.1, q[v]) for v in (0, 1)) / 2
    )
    fast, slow = (torch.tensor(w) for w in weights)
    return (
        loss,
        torch.lerp(c, t.reshape(-1, t.shape[2]).mean(dim=0), 0.1),
        torch.lerp(slow, fast, 1 - keep),
    )


# %% right: a loop over images
def dino_step(student, teacher, center, weights, keep):
    losses = []
    for view in range(2):
        for t, s in zip(teacher[view], student[1 - view]):
            power = np.exp((t - center) / 0.04)
            losses.append(np.logaddexp.reduce(s / 0.1) - power @ s / 0.1 / power.sum())
    outputs = np.concatenate(list(teacher))
    moved = center + (outputs.mean(axis=0) - center) / 10
    return np.mean(losses), moved, weights[0] + keep * (weights[1] - weights[0])
