"""Where a reader runs a page: on a service, where the repository has an address, and at home."""

import re

from sphinx.application import Sphinx
from sphinx.config import Config

LAUNCH = "coursebook_launch"
GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def address(config: Config) -> str:
    """The address of the repository; empty where `_config.yml` names none."""
    return str(config.html_theme_options.get("repository_url") or "")


def services(config: Config, notebook: str) -> list[tuple[str, str]]:
    """Each service with the address that opens the notebook there; none where the repository is not on GitHub."""
    found = GITHUB.fullmatch(address(config))
    named = {"repository": found[1], "notebook": notebook} if found else {}
    return [(name, link.format(**named)) for name, link in config[LAUNCH].items()] if named else []


def packages(config: Config) -> str:
    """What pip installs for the cells: the prover, and the course, which needs it."""
    where = f"git+{address(config)}"
    return f'"{where}#subdirectory=src" {where}' if address(config) else "./src ."


def commands(config: Config, notebook: str) -> tuple[str, str]:
    """The two commands that run a notebook at home."""
    return f"pip install {packages(config)} jupyterlab", f"jupyter lab {notebook}"


def setup(app: Sphinx) -> None:
    app.add_config_value(LAUNCH, {}, "html", dict)
