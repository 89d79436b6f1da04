# %% wrong: the printed formula
# message: mean of the squares
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * (w_mean**2 * x_var + (x_mean**2 + x_var) * w_var + w_var * x_var)


# %% wrong: means are always zero
# message: means are ignored
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * w_var * x_var


# %% wrong: the inputs' mean is dropped
# message: mean of the inputs
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * (w_mean**2 * x_var + w_var * x_var)


# %% wrong: the weights' mean is dropped
# message: mean of the weights
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * (x_mean**2 * w_var + w_var * x_var)


# %% wrong: means without squares
# message: not squared
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * (w_mean * x_var + x_mean * w_var + w_var * x_var)


# %% wrong: one product
# message: n is missing
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return w_mean**2 * x_var + x_mean**2 * w_var + w_var * x_var


# %% wrong: n squared
# message: n is squared
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n**2 * (w_mean**2 * x_var + x_mean**2 * w_var + w_var * x_var)


# %% wrong: the mean of the square of a product
# message: not subtracted
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * (w_var + w_mean**2) * (x_var + x_mean**2)


# %% right: from second moments
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    return n * ((w_var + w_mean**2) * (x_var + x_mean**2) - (w_mean * x_mean) ** 2)


# %% right: conditioned on the weight
def sum_variance(n, w_mean, w_var, x_mean, x_var):
    mean_of_variances = (w_mean * w_mean + w_var) * x_var
    variance_of_means = x_mean * x_mean * w_var
    return sum([mean_of_variances + variance_of_means] * n)
