"""Where a page is run: the services and the commands that its settings name."""

from types import SimpleNamespace

import pytest

from coursebook.site.launch import commands, services

LINKS = {"Colab": "https://colab.example/{repository}/blob/notebooks/{notebook}"}


def settings(url):
    class Config(SimpleNamespace):
        def __getitem__(self, name):
            return getattr(self, name)

    return Config(html_theme_options={"repository_url": url}, coursebook_launch=LINKS)


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_a_service_opens_the_notebook_of_the_repository(end):
    config = settings(f"https://github.com/some-one/the.course{end}")
    assert services(config, "neuron.ipynb") == [
        ("Colab", "https://colab.example/some-one/the.course/blob/notebooks/neuron.ipynb")
    ]


@pytest.mark.parametrize("url", [None, "", "https://gitlab.com/some/course", "https://github.com/only-one"])
def test_no_service_is_offered_where_the_repository_is_not_known_to_it(url):
    assert services(settings(url), "neuron.ipynb") == []


def test_two_commands_run_a_notebook_at_home():
    assert commands(settings(""), "a.ipynb") == ("pip install ./src . jupyterlab", "jupyter lab a.ipynb")
    course = "git+https://github.com/some/course"
    install, _show = commands(settings("https://github.com/some/course"), "a.ipynb")
    assert install == f'pip install "{course}#subdirectory=src" {course} jupyterlab'
