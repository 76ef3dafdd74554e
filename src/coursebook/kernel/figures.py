"""Imported by a kernel before a chapter's cells: figures are drawn in the style of the pages.

SVG without a ground, a date or random names, so that the same chapter gives the same bytes; `images` swaps the inks.
"""

import matplotlib as mpl
from cycler import cycler
from matplotlib_inline.backend_inline import set_matplotlib_formats

from coursebook.kernel.inks import AXES, CURVES, GRID, LETTERS

mpl.rcParams.update(
    {
        "figure.figsize": (5.4, 2.9),
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "text.color": LETTERS,
        "axes.labelcolor": LETTERS,
        "xtick.labelcolor": LETTERS,
        "ytick.labelcolor": LETTERS,
        "axes.edgecolor": AXES,
        "xtick.color": AXES,
        "ytick.color": AXES,
        "grid.color": GRID,
        "axes.prop_cycle": cycler(color=CURVES, linestyle=["-", "--", "-.", ":"]),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "axes.labelsize": 12,
        "axes.titlesize": 12,
        "lines.linewidth": 1.8,
        "font.family": "serif",
        "font.size": 11,
        "mathtext.fontset": "cm",
        "legend.frameon": False,
        "image.cmap": "gray",
        "svg.hashsalt": "course",
    }
)
set_matplotlib_formats("svg", metadata={"Date": None}, bbox_inches="tight", pad_inches=0.02)
