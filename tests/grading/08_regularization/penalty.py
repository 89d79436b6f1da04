# %% wrong: the penalty stands beside the learning rate
# message: not multiplied by the learning rate
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return W - learning_rate * dW - penalty * W, b - learning_rate * db


# %% wrong: biases decay like weights
# message: biases are penalized too
def penalized_step(W, b, dW, db, learning_rate, penalty):
    def shrink(value, gradient):
        return (1 - learning_rate * penalty) * value - learning_rate * gradient

    return shrink(W, dW), shrink(b, db)


# %% wrong: the gradient of the square without its half
# message: 2λW
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return W - learning_rate * (dW + 2 * penalty * W), b - learning_rate * db


# %% wrong: the penalty is subtracted from the gradient
# message: weights grow
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return W - learning_rate * (dW - penalty * W), b - learning_rate * db


# %% wrong: as the colleague had it
# message: nothing is repaired
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return (
        W - learning_rate * dW - penalty * W,
        b - learning_rate * db - penalty * b,
    )


# %% wrong: plain gradient descent
# message: there is no penalty
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return W - learning_rate * dW, b - learning_rate * db


# %% wrong: only decay
# message: do not follow the gradient
def penalized_step(W, b, dW, db, learning_rate, penalty):
    return W * (1 - learning_rate * penalty), b - learning_rate * db


# %% wrong: the arguments are changed in place
# message: in place
def penalized_step(W, b, dW, db, learning_rate, penalty):
    W *= 1 - learning_rate * penalty
    W -= learning_rate * dW
    b -= learning_rate * db
    return W, b


# %% right: decay first, then the step
def penalized_step(W, b, dW, db, learning_rate, penalty):
    shrunk = W * (1 - learning_rate * penalty)
    return shrunk - learning_rate * dW, b - learning_rate * db


# %% right: autograd of the penalty
def penalized_step(W, b, dW, db, learning_rate, penalty):
    leaf = torch.tensor(W, requires_grad=True)
    (penalty / 2 * leaf.square().sum()).backward()
    slope = torch.tensor(dW) + leaf.grad
    return leaf.detach() - learning_rate * slope, torch.tensor(b - learning_rate * db)
