"""What all six figures are drawn by."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np

INK = "#0072b2"
axis = np.arange(-2, 2.5, 0.25)
x0, x1 = (each.ravel() for each in np.meshgrid(axis, axis))


def draw(u, v):
    """A field of arrows, its longest a little longer than a step of the grid."""
    reach = 1.25 * 0.25
    limits = axis[0] - 1.1 * reach, axis[-1] + 1.1 * reach
    plt.rcParams.update({"svg.fonttype": "none", "axes.axisbelow": True})
    axes = plt.figure(figsize=(4.8, 4.8)).add_axes((0.14, 0.12, 0.82, 0.82))
    scale = np.hypot(u, v).max() / reach * (limits[1] - limits[0])
    axes.quiver(
        x0, x1, u, v, scale=scale, units="width", width=0.0045, minlength=1.0, color=INK
    )
    axes.set(xlim=limits, ylim=limits, xlabel="x\u2080", ylabel="x\u2081")
    axes.grid(color="#dddddd")
