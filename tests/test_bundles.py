"""Scripts that are made of modules: kept, and made anew where a module has changed."""

from types import SimpleNamespace

import pytest

from coursebook.html import bundles


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A build with one script, of two modules."""
    modules = tmp_path / "modules"
    for name, folder in {
        "REPOSITORY": tmp_path,
        "THEME": modules,
        "CHECKER": modules,
        "KEPT": tmp_path / "kept",
    }.items():
        monkeypatch.setattr(bundles, name, folder)
    modules.mkdir()
    (tmp_path / bundles.LOCK).write_text("{}")
    (modules / "said.mjs").write_text('export const said = "one";')
    (modules / "page.mjs").write_text('import { said } from "./said.mjs"; console.log(said);')
    (tmp_path / "site/_static").mkdir(parents=True)
    return SimpleNamespace(outdir=tmp_path / "site", scripts={"": {"page": modules / "page.mjs"}})


def written(app):
    bundles.write(app)
    return (app.outdir / "_static/page.js").read_text()


def test_a_script_is_one_file_which_holds_what_its_modules_import(app):
    assert '"one"' in written(app)


def test_nothing_is_made_again_when_no_module_has_changed(app, monkeypatch):
    before = written(app)
    (app.outdir / "_static/page.js").unlink()
    monkeypatch.setattr(bundles, "run", None)
    assert written(app) == before


def test_a_module_that_changed_is_in_the_script_and_the_older_one_is_gone(app, tmp_path):
    written(app)
    (tmp_path / "modules/said.mjs").write_text('export const said = "two";')
    assert '"two"' in written(app)
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_lock_that_changed_makes_scripts_anew(app, tmp_path):
    written(app)
    kept = list((tmp_path / "kept").iterdir())
    (tmp_path / bundles.LOCK).write_text('{"packages": {}}')
    written(app)
    assert list((tmp_path / "kept").iterdir()) != kept
