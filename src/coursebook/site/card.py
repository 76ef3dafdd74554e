"""The picture that stands beside a link to the book: its title, and the statement that its first page shows."""

from pathlib import Path

from coursebook.kernel.inks import AXES, LETTERS

WIDTH, HEIGHT = 1200, 630
DOTS = 100  # to the inch
GROUND, BOX, RULE = "#fffefb", "#f6f4ee", "#1a6a45"


def draw(path: Path, title: str, formula: str = "", state: str = "") -> None:
    """Write the picture; the same words give the same bytes.

    Raises:  ValueError if the formula is none that Matplotlib can draw
    """
    # inside: only a site that knows its address draws, and Matplotlib takes a second to import
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"font.family": "STIXGeneral", "mathtext.fontset": "cm", "text.color": LETTERS}):
        card = Figure(figsize=(WIDTH / DOTS, HEIGHT / DOTS), dpi=DOTS, facecolor=GROUND)
        card.text(0.07, 0.78, title, fontsize=min(58, 2000 / len(title)), weight="bold", va="center")
        if formula:
            box = card.add_axes((0.07, 0.12, 0.86, 0.48), facecolor=BOX, xticks=[], yticks=[])
            box.spines[:].set_visible(False)
            box.axvline(0, color=RULE, linewidth=12)
            box.text(0.5, 0.56, f"${formula}$".replace(r"\frac", r"\dfrac"), fontsize=54, ha="center", va="center")
            box.text(0.97, 0.1, state, fontsize=22, color=AXES, ha="right", va="center")
        card.savefig(path, metadata={"Software": None})
