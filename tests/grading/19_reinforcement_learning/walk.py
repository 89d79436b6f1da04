# %% wrong: an end has a future
# message: a terminated episode has a future
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max()
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: truncated is an end
# message: a truncated episode is treated as terminated
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not (terminated or truncated))
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: SARSA
# message: the action that is taken next follows: this is SARSA
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for k in range(len(uniforms)):
        action = int(moves[k]) if uniforms[k] < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        n = min(k + 1, len(uniforms) - 1)
        following = int(moves[n]) if uniforms[n] < epsilon else int(Q[after].argmax())
        target = reward + gamma * Q[after, following] * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: exchanged
# message: it explores when the number is not below ε
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform >= epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: never explores
# message: it never explores
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: no step size
# message: the step size is left out: the old value is replaced
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += target - Q[state, action]
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: worst action
# message: the worst action is taken
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmin())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: no discount
# message: the next value is not discounted
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: sum is never zeroed
# message: the sum of rewards goes on over episodes
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state = env.reset()[0]
    return Q, np.array(sums)


# %% wrong: discounted sums
# message: sums of rewards are discounted
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, gamma * total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: own maximum
# message: the maximum is that of the state that was left, not of the next one
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start.copy()
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[state].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% wrong: in place
# message: learn changes the table start
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    state, _ = env.reset(seed=seed)
    Q = start
    sums, total = [], 0.0
    for uniform, move in zip(uniforms, moves, strict=True):
        action = int(move) if uniform < epsilon else int(Q[state].argmax())
        after, reward, terminated, truncated, _ = env.step(action)
        target = reward + gamma * Q[after].max() * (not terminated)
        Q[state, action] += alpha * (target - Q[state, action])
        state, total = after, total + reward
        if terminated or truncated:
            sums.append(total)
            state, total = env.reset()[0], 0.0
    return Q, np.array(sums)


# %% right: nested loops over episodes
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    Q = np.array(start)
    sums, k, first = [], 0, True
    while k < len(uniforms):
        state, _ = env.reset(seed=seed) if first else env.reset()
        first, earned, over = False, [], False
        while not over and k < len(uniforms):
            action = int(moves[k] if uniforms[k] < epsilon else np.argmax(Q[state]))
            new, r, terminated, truncated, _ = env.step(action)
            future = 0.0 if terminated else max(Q[new])
            Q[state, action] = (1 - alpha) * Q[state, action] + alpha * (
                r + gamma * future
            )
            state, over, k = new, terminated or truncated, k + 1
            earned.append(r)
        if over:
            sums.append(sum(earned))
    return Q, sums


# %% right: torch table
def learn(name, limit, seed, start, uniforms, moves, alpha, gamma, epsilon):
    env = gymnasium.make(name, max_episode_steps=limit)
    s = env.reset(seed=seed)[0]
    Q = torch.tensor(start)
    sums = [0.0]
    for k in range(len(uniforms)):
        a = int(moves[k]) if uniforms[k] < epsilon else int(np.argmax(Q[s].numpy()))
        t, r, terminated, truncated, _ = env.step(a)
        sums[-1] += float(r)
        goal = r if terminated else r + gamma * float(Q[t].max())
        Q[s, a] += alpha * (goal - float(Q[s, a]))
        s = t
        if terminated or truncated:
            sums.append(0.0)
            s = env.reset()[0]
    return Q, torch.tensor(sums[:-1])
