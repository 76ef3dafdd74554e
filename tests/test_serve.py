"""The preview of a small book, started for real, with a browser's side of the conversation."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from tornado.websocket import websocket_connect

from coursebook.site.serve import check_free, sources

CONFIG = """
title: A book
only_build_toc_files: true
execute: {execute_notebooks: "off"}
sphinx:
  config:
    extensions: [sphinx_comments, myst_nb, jupyter_book, sphinx_external_toc, sphinx_book_theme, coursebook.cells.execution]
"""
PATIENCE = 120
# Where a shell runs the tests in the background, all their processes are told to ignore an interrupt.
STARTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from coursebook.site.serve import main
main()
"""


@pytest.fixture
def book(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (tmp_path / "book/index.md").write_text("# A book\n\nFirst words.\n")
    return tmp_path


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def preview(book, port):
    command = [sys.executable, "-c", STARTED, str(book), "--port", str(port)]
    log = book / "log.txt"
    with log.open("w") as stream:
        running = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)
    yield running
    running.kill()
    running.wait()


def page(port):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/book/index.html").read().decode()


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def served(port):
    try:
        return page(port)
    except urllib.error.URLError:
        return ""


async def reloads(port, change, shows):
    """Connect as a browser does, make a change, and read messages until the page shows it."""
    browser = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
    await browser.write_message(json.dumps({"command": "hello", "protocols": []}))
    await browser.write_message(json.dumps({"command": "info", "url": "page"}))
    change()
    while True:
        message = json.loads(await asyncio.wait_for(browser.read_message(), PATIENCE))
        if message["command"] == "reload" and shows in page(port):
            return


def test_the_preview_follows_its_sources_and_survives_a_failure(book, port, preview):
    index, config = book / "book/index.md", book / "_config.yml"
    wait_for(lambda: "First words." in served(port))
    assert "livereload.js" in page(port)
    config.write_text("title: [")
    wait_for(lambda: "failed in" in (book / "log.txt").read_text())
    assert "First words." in page(port)
    config.write_text(CONFIG)
    asyncio.run(reloads(port, lambda: index.write_text("# A book\n\nOther words.\n"), "Other words."))
    preview.send_signal(signal.SIGINT)
    assert preview.wait(PATIENCE) == 0
    assert "Traceback" not in (book / "log.txt").read_text().rpartition("failed in")[2]


def test_a_port_that_is_taken_is_named_with_the_remedy():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match=rf"port {other.getsockname()[1]} .*--port"):
            check_free(other.getsockname()[1])


def test_the_sources_are_the_book_and_its_code_and_not_what_they_leave(book):
    (book / "src/toy/__pycache__").mkdir(parents=True)
    (book / "src/toy/__pycache__/a.pyc").touch()
    (book / "src/toy/a.py").touch()
    (book / "_build").mkdir()
    (book / "_build/page.html").touch()
    found = {path.relative_to(book).as_posix() for path in sources(book)}
    assert found == {"_config.yml", "_toc.yml", "book/index.md", "src/toy/a.py"}
