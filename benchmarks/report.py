OURS, POINTWISE, NAIVE = "gradient, vectorized", "gradient, point by point", "naive NumPy"
BARE, IN_CACHE = "bare calls of f", "bare calls, in cache"


def report(r):
    pass
