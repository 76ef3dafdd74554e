"""What the look at the pages finds, on a small site with planted faults; `make pages` looks at the book."""

import json
import os
import subprocess
from pathlib import Path

from browsers import BROWSER, ROOT, needs_browser

from coursebook.html.node import node_program

CHECK = ROOT / "tests/browser/check.mjs"

pytestmark = needs_browser("axe-core", "playwright-core")

HEAD = '<meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title><link rel="icon" href="data:,">'
PAGE = '<!DOCTYPE html><html lang="en"><head>{head}</head><body><main><h1>A page</h1>{body}</main></body></html>'
PLANTED = {
    '<img src="x.svg" alt="A line." width="9" height="9">': "missing: ",
    '<script src="http://127.0.0.1:9/x.js"></script>': "request to elsewhere",
    "<script>console.error('no')</script>": "console: no",
    "<script>nothing()</script>": "script: nothing is not defined",
    '<div style="width: 2000px">wide</div>': "wider than the screen",
    '<p>So <span class="katex"><span class="katex-display">x</span></span></p>': "a displayed formula outside a statement",
    '<span class="katex-error">\\frac</span>': "a formula that KaTeX refused",
    "<p><math><msub><mi>x</mi></msub></math></p>": "a formula with 1 parts in its msub: x",
    "<p>where \\frac{1}{2} stands</p>": "markup that was not understood: \\frac",
    "<p>:::{note}</p>": "markup that was not understood: :::",
    '<p><a href="#nowhere">there</a></p>': "a link to index.html#nowhere, which is not there",
    '<p><a href="other.html">there</a></p>': "other.html, which is not there",
    '<p style="color: #ccc; background: #fff">pale</p>': "axe color-contrast",
}


def look(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    (folder / "index.html").write_text(PAGE.format(head=HEAD, body=body))
    (folder / "ledger.json").write_text(json.dumps([]))
    command = [node_program(), CHECK, folder, "index.html"]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | {"CHROMIUM": BROWSER})


def test_a_page_without_a_fault_passes(tmp_path):
    done = look(tmp_path, "<p>Some words.</p>")
    assert done.returncode == 0 and "no faults" in done.stdout, done.stderr


def test_every_planted_fault_is_found(tmp_path):
    done = look(tmp_path, "".join(PLANTED))
    assert done.returncode == 1
    assert [fault for fault in PLANTED.values() if fault not in done.stderr] == []


def test_a_missing_browser_is_one_line_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "BROWSER", "/nowhere/chromium")
    done = look(tmp_path, "")
    assert done.returncode == 2 and "set CHROMIUM to its path" in done.stderr and done.stderr.count("\n") == 1
