"""The inks of figures: light ground -> dark ground, each with a contrast of 4.5 : 1 or more on its own, the grid apart."""

LETTERS, AXES, GRID = "#1c2128", "#5d646c", "#d9d6cf"
CURVES = ("#2a6ba3", "#a8501c", "#22754a", "#7a3f78")

ON_DARK = {
    LETTERS: "#d9d9d4",
    AXES: "#a2a9b1",
    GRID: "#3a4048",
    **dict(zip(CURVES, ("#7db4e6", "#e39a6b", "#7fc8a2", "#d2a3d0"), strict=True)),
}
