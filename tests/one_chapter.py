"""A course of one chapter, that of `make chapter`, built strictly as the course itself is."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from coursebook.contribute.chapter import THEME, begin

ROOT = Path(__file__).parent.parent
FILES = "_config.yml", "requirements.lock", "package.json", "book/references.bib", "book/references.md"
THEOREM = """
# A theorem

```{code-cell}
from claims import cite
cite("chain-rule", "The gradient is found step by step.", source="a textbook", title="Chain rule");
```
"""


def make(root: Path) -> Path:
    """The file of the chapter."""
    (root / "book").mkdir()
    for name in FILES:
        (root / name).write_bytes((ROOT / name).read_bytes())
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    front = (THEME / "chapter.md").read_text("utf8").partition("\n# ")[0]
    (root / "book/theorem.md").write_text(f"{front}\n{THEOREM}")
    name_pages(root, ["references"])
    return begin(root, "half-a-square", "Half a square", "references")


def name_pages(root: Path, pages: list[str]) -> None:
    """Write a table of contents that names the theorem and these pages."""
    chapters = [{"file": f"book/{page}"} for page in pages]
    (root / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "book/theorem", "chapters": chapters}))


def build(root: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
