"""How the photographs are fetched, from a server that stands in for theirs."""

import hashlib
import http.server
import re
import runpy
import threading

import platformdirs
import pytest
from test_pictures import write_folder

from neurone import photographs
from neurone.pictures import load_cats_and_dogs


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server of two small files that stand in for the photographs, and an empty cache to fetch them to."""
    served = write_folder(tmp_path / "served")

    class Handler(http.server.SimpleHTTPRequestHandler):
        missing = 0  # so many bytes fewer than announced

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=served)

        def do_GET(self):
            content = (served / self.path.removeprefix("/")).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) - self.missing])

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        threading.Thread(target=http_server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(photographs, "PHOTOGRAPHS_URL", f"http://127.0.0.1:{http_server.server_port}/")
        checksums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in served.iterdir()}
        for name, checksum in checksums.items():
            monkeypatch.setitem(photographs.PHOTOGRAPHS, name, checksum)
        monkeypatch.setattr(photographs, "user_cache_path", lambda project: tmp_path / "cache" / project)
        yield Handler
        http_server.shutdown()


def cached(tmp_path):
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())


def test_photographs_are_fetched_to_the_cache_and_then_used(server, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("NEURONE_DATA", raising=False)
    folder = photographs.fetch_photographs()
    assert capsys.readouterr().err.count("100%") == 2  # how far each download is
    assert folder == tmp_path / "cache" / "deep-learning-proved"
    assert cached(tmp_path) == ["testset.hdf5", "trainset.hdf5"]
    assert load_cats_and_dogs().source == "photographs"


def test_a_download_cut_short_is_named_and_leaves_nothing(server, tmp_path):
    server.missing = 100
    with pytest.raises(ConnectionError, match=r"/trainset.hdf5: download failed .* `make photos` tries again"):
        photographs.fetch_photographs()
    assert cached(tmp_path) == []
    server.missing = 0
    photographs.fetch_photographs()
    assert len(cached(tmp_path)) == 2


def test_a_server_that_does_not_answer_is_named(server, tmp_path, monkeypatch):
    monkeypatch.setattr(photographs, "PHOTOGRAPHS_URL", "http://127.0.0.1:9/")
    with pytest.raises(ConnectionError, match=r"\Ahttp://127.0.0.1:9/trainset.hdf5: download failed"):
        photographs.fetch_photographs()
    assert cached(tmp_path) == []


def test_a_checksum_that_differs_is_named_and_leaves_nothing(server, tmp_path, monkeypatch):
    monkeypatch.setitem(photographs.PHOTOGRAPHS, "trainset.hdf5", "0" * 64)
    with pytest.raises(ValueError, match=r"/trainset.hdf5: SHA256 hash .* `make photos` tries again"):
        photographs.fetch_photographs()
    assert cached(tmp_path) == []


def test_a_cache_that_cannot_be_written_is_named(server, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(OSError, match=r"cache/deep-learning-proved: cannot be written \(.*\); make it writable"):
        photographs.fetch_photographs()


def test_the_command_ends_with_one_line_when_it_cannot_fetch(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda project: tmp_path / "cache" / project)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(photographs.__file__, run_name="__main__")
    assert re.fullmatch(r".*cannot be written .*", ended.value.code)


def test_the_command_says_where_the_photographs_are(server, tmp_path, capsys):
    photographs._main()
    folder = tmp_path / "cache" / "deep-learning-proved"
    said = f"The photographs are in {folder}; the book is built on them from now on.\n"
    assert capsys.readouterr().out == said


KEPT = "interrupted: only whole files are kept, and `make photos` fetches the rest"


@pytest.mark.parametrize(
    ("fault", "said"), [(OSError("why"), "why"), (ValueError("why"), "why"), (KeyboardInterrupt, KEPT)]
)
def test_a_command_that_does_not_fetch_says_why_and_what_is_kept(monkeypatch, fault, said):
    def fails():
        raise fault

    monkeypatch.setattr(photographs, "fetch_photographs", fails)
    with pytest.raises(SystemExit) as ended:
        photographs._main()
    assert ended.value.code == said


def test_the_photographs_are_pinned_to_one_commit_and_two_checksums():
    assert re.search(r"/[0-9a-f]{40}/datasets/$", photographs.PHOTOGRAPHS_URL)
    assert all(re.fullmatch(r"[0-9a-f]{64}", checksum) for checksum in photographs.PHOTOGRAPHS.values())
