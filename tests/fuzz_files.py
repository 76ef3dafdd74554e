"""Damaged files: whatever the bytes, a loader gives what was saved or one clear line, and soon, and in little memory.

Each file is read by a fork with little room and little time. Where the library starts another process for the reading,
that is a fork too, which saves its start-up; every so many files it is the process that users have.
"""

import argparse
import io
import multiprocessing
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, TextIO

import h5py
import numpy as np

from neurone import files, hdf5, storage
from neurone.hdf5 import load_hdf5
from neurone.network import Network
from neurone.storage import load

ROOM, MOST = 5 * 2**30, 2**30  # bytes of addresses that a reader has, and of memory that it may fill
SECONDS, PATIENCE = 20, 3  # how long it may take, and how long the library waits for its other process
AS_USERS = 50  # one file of so many is read by a process that is started anew
RIGHT, REFUSED, WRONG = 0, 1, 2  # exit states of a reader
BROKEN = "library"  # how a refusal is counted for which the HDF5 library crashed or hung


# ---------------------------------------------------------------- sound files
class Sound(NamedTuple):
    """A file that a loader reads, and whether it read from a damaged one what it may."""

    content: bytes
    loader: Callable
    remedy: str
    right: Callable[[object], bool]


def pictures(*, shape: tuple = (6, 8, 8), parts: tuple = ("train",), version: str | None = None, **stored) -> Sound:
    X = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    content = io.BytesIO()
    with h5py.File(content, "w", libver=version) as file:
        for part in parts:
            file.create_dataset(f"X_{part}", data=X, **stored)
            file.create_dataset(f"Y_{part}", data=np.array([[0.0], [1.0]] * (len(X) // 2)))

    def right(found: object) -> bool:
        return found[0].dtype == np.uint8 and {*found[1].flat} == {0.0, 1.0} and len(found[0]) == len(found[1])

    return Sound(content.getvalue(), lambda path: load_hdf5(path, "train"), hdf5.REMEDY, right)


def network(widths: tuple = (3, 4, 2), *, stacked: bool = False, sealed: bool = True) -> Sound:
    """A network as it is saved; without its checksum, and with names of any length, as older versions saved it."""
    made = Network.create(widths, rng=np.random.default_rng(0), output="softmax")
    made = Network.stack([made, made]) if stacked else made
    content = storage._content(made)
    if not sealed:
        older = io.BytesIO(content[storage.BLOCK :])
        with h5py.File(older, "a") as file:
            for attribute, value in file.attrs.items():
                file.attrs[attribute] = value.decode()
        content = older.getvalue()
    right = made.__eq__ if sealed else lambda found: isinstance(found, Network)
    return Sound(content, load, storage.REMEDY, right)


GZIP = {"compression": "gzip", "chunks": (2, 8, 8)}


@cache
def sound_files() -> dict[str, list[Sound]]:
    """By loader."""
    return {
        "pictures": [
            pictures(),
            pictures(**GZIP),
            pictures(shuffle=True, fletcher32=True, **GZIP),
            pictures(shape=(4, 8, 8, 3), parts=("train", "test")),
            pictures(version="latest"),
            pictures(version="latest", maxshape=(None, 8, 8), **GZIP),
        ],
        "networks": [network(), network((5, 1)), network(stacked=True), network(sealed=False)],
    }


# ---------------------------------------------------------------- damage
def place(content: bytes, rng: random.Random) -> int:
    """Mostly one that holds something: a file of HDF5 is full of zeros."""
    held = [at for at, byte in enumerate(content) if byte]
    return rng.choice(held) if held and rng.random() < 0.7 else rng.randrange(len(content))


def flipped(content: bytes, rng: random.Random) -> bytes:
    at = place(content, rng)
    return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]


def cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(1, len(content))]


def spliced(content: bytes, rng: random.Random) -> bytes:
    length, source, at = rng.randrange(1, 64), place(content, rng), place(content, rng)
    return content[:at] + content[source : source + length] + content[at + length :]


def zeroed(content: bytes, rng: random.Random) -> bytes:
    length, at = rng.randrange(1, 64), place(content, rng)
    return content[:at] + bytes(length) + content[at + length :]


def edited(content: bytes, rng: random.Random) -> bytes:
    """A number of a header is another: an address, a size, a count or a version."""
    width = rng.choice([1, 2, 4, 8])
    at, most = place(content, rng) // width * width, 2 ** (8 * width) - 1
    numbers = [0, 1, most, most // 2, most // 2 + 1, at, rng.randrange(len(content)), rng.randrange(most)]
    return content[:at] + (rng.choice(numbers) & most).to_bytes(width, "little") + content[at + width :]


DAMAGE = flipped, cut, spliced, zeroed, edited


def damaged(content: bytes, rng: random.Random) -> bytes:
    for damage in rng.choices(DAMAGE, k=rng.choice([1, 1, 1, 2, 4])):
        content = damage(content, rng) if len(content) > 1 else content
    return content


# ---------------------------------------------------------------- reading
def forked(call: list, timeout: float, **_) -> subprocess.CompletedProcess:
    """What subprocess.run gives for another process of the library, from a fork of this one."""
    with tempfile.TemporaryFile() as output:
        process = os.fork()
        if not process:
            sys.argv, sys.stdout = ["-c", *map(str, call[4:])], SimpleNamespace(buffer=output)
            try:
                files._answer()
            except SystemExit as end:
                output.flush()
                os._exit(end.code)
            finally:
                os._exit(WRONG)
        deadline = time.monotonic() + timeout
        while not (ended := os.waitpid(process, os.WNOHANG))[0]:
            if time.monotonic() > deadline:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
                raise subprocess.TimeoutExpired(call, timeout)
            time.sleep(0.001)
        output.seek(0)
        return subprocess.CompletedProcess(call, os.waitstatus_to_exitcode(ended[1]), output.read())


def outcome(sound: Sound, path: Path) -> tuple[int, str]:
    """How the loader ended, and what is to be said of it."""
    try:
        found = sound.loader(path)
    except ValueError as fault:
        line = str(fault)
        clear = line.isprintable() and line.startswith(f"{path}: ") and line.endswith(sound.remedy)
        ours = re.search(r"exit status \d", line)  # no signal: the other process met an error that is not foreseen
        if clear and not ours and len(line) < 2000 and fault.__cause__ is None:
            return REFUSED, BROKEN if "exit status -" in line or "still not read" in line else ""
        raise
    return (RIGHT, "") if sound.right(found) else (WRONG, f"read {found!r}")


def read(sound: Sound, path: Path, words: TextIO, *, as_users: bool) -> None:
    """What the fork does, which ends here."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(SECONDS)
        if not as_users:
            files.subprocess = SimpleNamespace(**vars(subprocess) | {"run": forked})
            files.SECONDS = PATIENCE
        status, text = outcome(sound, path)
        words.write(text)
        words.flush()
        os._exit(status)
    finally:  # an error that a user would see raw
        traceback.print_exc(file=words)
        words.flush()
        os._exit(WRONG)


def resident() -> int:
    """The bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def verdict(sound: Sound, path: Path, *, as_users: bool = False) -> tuple[str, str]:
    """What a fork that reads the file comes to: right, refused or a fault, and its words."""
    own = resident()  # a fork begins with what its parent has in memory
    with tempfile.TemporaryFile("w+") as words:
        reader = os.fork()
        if not reader:
            read(sound, path, words, as_users=as_users)
        _, status, used = os.wait4(reader, 0)
        words.seek(0)
        text, status = words.read(), os.waitstatus_to_exitcode(status)
    if (more := used.ru_maxrss * 1024 - own) > MOST:
        return "memory", f"{more // 2**20} MB"
    if status == -signal.SIGALRM:
        return "hang", f"longer than {SECONDS} s"
    if status < 0:
        return "crash", f"signal {-status}"
    return {RIGHT: "right", REFUSED: "refused"}.get(status, "wrong"), text


def judged(loader: str, number: int) -> tuple[str, str, str]:
    """The loader, what it made of the damaged file of this number, and its words."""
    sounds = sound_files()[loader]
    sound = sounds[number % len(sounds)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.hdf5")
        path.write_bytes(damaged(sound.content, random.Random(f"{loader} {number}")))
        return loader, *verdict(sound, path, as_users=number % AS_USERS == 0)


# ---------------------------------------------------------------- all of them
def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000, help="damaged files for each loader (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    loaders = list(sound_files())
    numbers = [(loader, number) for number in range(options.files) for loader in loaders]
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("fork")) as pool:
        found = list(pool.map(judged, *zip(*numbers), chunksize=10))
    for loader in loaders:
        kinds = Counter(kind for name, kind, _ in found if name == loader)
        broken = sum(name == loader and kind == "refused" and text == BROKEN for name, kind, text in found)
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        print(f"{options.files} damaged files of {loader}: {counts}; {broken} broke the HDF5 library, apart")
    faults = [
        f"{loader}, file {number}: {kind}: {text}"
        for (loader, number), (_, kind, text) in zip(numbers, found)
        if kind not in ("right", "refused")
    ]
    print("\n".join(faults) or "no crash, no hang, no file that takes much memory, no fault without a clear line")
    return min(len(faults), 1)


if __name__ == "__main__":
    sys.exit(main())
