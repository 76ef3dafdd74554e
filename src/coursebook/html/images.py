"""Figures on the page: one SVG whose ink follows the reader's choice of light or dark ground."""

import dataclasses
import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util.images import get_image_size

from coursebook.kernel.inks import ON_DARK

SVG_SIZE = re.compile(r'<svg\b[^>]*? width="([\d.]+)(pt|px|)" height="([\d.]+)(?:pt|px|)"')
PIXELS_PER_POINT = 4 / 3


class FigureOutput:
    """Renders a cell's SVG (entry point `myst_nb.mime_renderers`)."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if inline or data.mime_type != "image/svg+xml":
            return None
        image: list[nodes.Element] = renderer.render_image(
            dataclasses.replace(data, content=on_both_grounds(data.content))
        )
        return image


def on_both_grounds(svg: str) -> str:
    """In an <img>, `prefers-color-scheme` is what the page's own `color-scheme` says, so the theme button rules too."""
    swaps = [(what, light, dark) for light, dark in ON_DARK.items() for what in ("fill", "stroke")]
    rules = "".join(f'[style*="{what}: {light}"]{{{what}:{dark}!important}}' for what, light, dark in swaps)
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda tag: tag[0] + style, svg, count=1)


def place(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A figure's room is kept before it is there; all but the first wait until the reader comes near."""
    for number, node in enumerate(doctree.findall(nodes.image)):
        if size := pixels(Path(app.srcdir, node["uri"])):
            node["width"], node["height"] = map(str, size)
        if number:
            node["loading"] = "lazy"


def visit(writer: nodes.NodeVisitor, node: nodes.image) -> None:
    """Width and height as attributes: their ratio holds where the style sheet makes the figure narrower."""
    name = writer.builder.images.get(node["uri"])
    source = f"{writer.builder.imgpath}/{quote(name)}" if name else node["uri"]
    sizes = {key: node[key] for key in ("width", "height", "loading") if key in node}
    writer.body.append(writer.emptytag(node, "img", "\n", src=source, alt=node.get("alt", ""), **sizes))
    raise nodes.SkipNode


def pixels(path: Path) -> tuple[int, int] | None:
    """Width and height of an image."""
    if path.suffix != ".svg":
        return get_image_size(str(path))
    if size := SVG_SIZE.search(path.read_text("utf8")):
        scale = PIXELS_PER_POINT if size[2] == "pt" else 1
        return round(float(size[1]) * scale), round(float(size[3]) * scale)
    return None


def setup(app: Sphinx) -> None:
    app.add_node(nodes.image, override=True, html=(visit, None))
    app.connect("doctree-resolved", place)
