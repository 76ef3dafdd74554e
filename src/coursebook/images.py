"""Figures on the page: one SVG whose ink follows the reader's choice of light or dark ground."""

import dataclasses
import re

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from coursebook.inks import ON_DARK


class FigureOutput:
    """Renders a cell's SVG (entry point `myst_nb.mime_renderers`)."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if inline or data.mime_type != "image/svg+xml":
            return None
        return renderer.render_image(dataclasses.replace(data, content=on_both_grounds(data.content)))


def on_both_grounds(svg: str) -> str:
    """In an <img>, `prefers-color-scheme` is what the page's own `color-scheme` says, so the theme button rules too."""
    swaps = [(what, light, dark) for light, dark in ON_DARK.items() for what in ("fill", "stroke")]
    rules = "".join(f'[style*="{what}: {light}"]{{{what}:{dark}!important}}' for what, light, dark in swaps)
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda tag: tag[0] + style, svg, count=1)
