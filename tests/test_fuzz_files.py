"""Damaged files do no harm: a sample of those that `make thorough` reads, and what it takes for harm."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fuzz_files
import numpy as np
import pytest
from fuzz_files import DAMAGE, Sound, damaged, sound_files, verdict


def test_no_damaged_file_of_the_sample_does_harm():
    done = subprocess.run(
        [sys.executable, Path(fuzz_files.__file__), "--files", "30", "--processes", "1"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "\nno crash, no hang, " in done.stdout


@pytest.mark.parametrize("loader", sound_files())
def test_a_file_without_damage_is_read_right(tmp_path, loader):
    for sound in sound_files()[loader]:
        (tmp_path / "file.hdf5").write_bytes(sound.content)
        assert verdict(sound, tmp_path / "file.hdf5") == ("right", "")


def crash(path):
    os.kill(os.getpid(), signal.SIGKILL)


def hang(path):
    time.sleep(60)


def fill(path):
    np.ones(2**26)


def stumble(path):
    raise TypeError("raw")


def mumble(path):
    raise ValueError(f"{path}: what now?")


def chatter(path):
    raise ValueError(f"{path}: two\nlines; remedy")


HARM = {crash: "crash", hang: "hang", fill: "memory", stumble: "wrong", mumble: "wrong", chatter: "wrong", str: "wrong"}


@pytest.mark.parametrize(("loader", "harm"), HARM.items(), ids=[loader.__name__ for loader in HARM])
def test_harm_is_seen(tmp_path, monkeypatch, loader, harm):
    monkeypatch.setattr(fuzz_files, "SECONDS", 1 if harm == "hang" else 20)
    monkeypatch.setattr(fuzz_files, "MOST", 2**28)
    assert verdict(Sound(b"", loader, "remedy", right=lambda found: False), tmp_path / "file.hdf5")[0] == harm


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_changes_a_file_nearly_always_and_in_the_same_way_each_time(damage):
    content = sound_files()["pictures"][0].content
    made = [damage(content, random.Random(seed)) for seed in range(40)]
    assert made == [damage(content, random.Random(seed)) for seed in range(40)]
    assert sum(each != content for each in made) > 20


def test_every_number_is_another_damage():
    content = sound_files()["networks"][0].content
    assert len({damaged(content, random.Random(number)) for number in range(100)}) > 95


def test_what_a_process_holds_itself_is_no_harm_of_its_forks(tmp_path, monkeypatch):
    monkeypatch.setattr(fuzz_files, "MOST", 2**28)
    held = np.ones(2**26)
    assert verdict(Sound(b"", str, "remedy", right=lambda found: held[0] == 1), tmp_path / "file.hdf5")[0] == "right"
