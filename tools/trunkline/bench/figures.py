"""Arithmetic of the measurements: quantiles, how a cost grows with size, medians, and how figures are shown."""
import math


def quantile(values, part):
    """The value that `part` (0 to 1) of all values do not exceed (nearest rank); None when there are none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def quantiles(values):
    """The three that are always told."""
    return {"p50": quantile(values, 0.5), "p95": quantile(values, 0.95), "p99": quantile(values, 0.99)}


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def growth(points):
    """The exponent e of cost = c * size ** e that fits (size, cost) best: the slope of a line through the logarithms.
    1 is a cost in proportion. None when fewer than two sizes have a cost above zero."""
    usable = [(math.log(size), math.log(cost)) for size, cost in points if size > 0 and cost and cost > 0]
    if len({x for x, _ in usable}) < 2:
        return None
    mean_x = sum(x for x, _ in usable) / len(usable)
    mean_y = sum(y for _, y in usable) / len(usable)
    return sum((x - mean_x) * (y - mean_y) for x, y in usable) / sum((x - mean_x) ** 2 for x, _ in usable)


def show(value):
    """A figure as people read it: three digits that count, "-" for what was not measured."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if value == 0:
            return "0"
        digits = 2 - math.floor(math.log10(abs(value)))
        return f"{value:.{max(0, min(digits, 6))}f}"
    return str(value)
