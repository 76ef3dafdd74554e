"""Files: found, read by another process, and written whole or not at all.

What is wrong with one is said in one line, with the remedy.
"""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE
from typing import BinaryIO

import numpy as np

from neurone.arrays import Array

LONGEST = 400  # characters of a fault that a message shows
SECONDS, MEGABYTE = 15, 2**20  # time to read: these, and one for each MB
ANSWER = "from neurone.files import _answer; _answer()"
REFUSED = 3  # the exit status that says: a fault of the file was found
FAULTS = (
    OSError,
    RuntimeError,
    LookupError,
    TypeError,
    ValueError,
    MemoryError,
)


@contextmanager
def checked_file(path: str | Path, remedy: str) -> Iterator[Path]:
    """The path, with ~ as the home; what is wrong there is one line.

    Raises:  FileNotFoundError if there is no such file;
             ValueError of any fault that shows inside the block
    """
    name, path = one_line(path), Path(os.path.expanduser(path))
    if not os.path.isfile(path):
        fault = "is no file" if os.path.exists(path) else "no such file"
        raise FileNotFoundError(f"{name}: {fault}; {remedy}")
    try:
        yield path
    except FAULTS as fault:
        line = one_line(fault, LONGEST)
        raise ValueError(f"{name}: {line}; {remedy}") from None


def one_line(text: object, longest: int | None = None) -> str:
    """The text in printable characters, its middle left out if long."""
    line = "".join(
        letter if letter.isprintable() else ascii(letter)[1:-1]
        for letter in str(text)
    )
    if longest is None or len(line) <= longest:
        return line
    return f"{line[: longest // 2]} ... {line[-longest // 2 :]}"


def read_apart(
    reader: Callable[..., list[Array]], path: Path, *arguments: str
) -> list[Array]:
    """What reader(path, ...) returns, computed by another process.

    A damaged file can crash the HDF5 library, or keep it busy for ever.
    That then befalls the other process and not this one.

    Raises:  ValueError if the reader refuses the file, or breaks down
    """
    start = [sys.executable, "-P", "-c", ANSWER]
    call = [reader.__module__, reader.__name__, str(path), *arguments]
    seconds = SECONDS + path.stat().st_size / MEGABYTE
    try:
        done = subprocess.run(
            [*start, *call],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(
            f"is damaged: after {seconds:.0f} s it is still not read"
        ) from None
    if done.returncode == REFUSED:
        raise ValueError(done.stdout.decode())
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-LONGEST // 2 :]
        raise ValueError(
            "is damaged, it seems: what read it broke down "
            f"(exit status {done.returncode}) {said}"
        )
    with np.load(io.BytesIO(done.stdout)) as arrays:
        return list(arrays.values())


def _answer() -> None:
    """What the other process does: it prints arrays, or the fault."""
    module, name, *arguments = sys.argv[1:]
    answer, status = io.BytesIO(), 0
    try:
        np.savez(answer, *getattr(import_module(module), name)(*arguments))
    except FAULTS as fault:
        answer, status = io.BytesIO(one_line(fault).encode()), REFUSED
    sys.stdout.buffer.write(answer.getbuffer())
    sys.exit(status)


def write_whole(path: str | Path, content: bytes) -> None:
    """Put the content at the path, or leave what was there; a link stays.

    The content has no name until it is whole, where the system offers
    that: a process that is killed before that leaves nothing behind.
    Permissions stay; those of a new file are as usual. A file that may
    only be read is not replaced, though its folder may be written.

    Raises:  FileNotFoundError if there is no such folder;
             OSError if the file cannot be written
    """
    path = Path(os.path.expanduser(path))
    if not os.path.isdir(path.parent):
        folder = one_line(path.parent)
        raise FileNotFoundError(f"{folder}: no such folder; make it")
    try:
        _replace(Path(os.path.realpath(path)), content)
    except (OSError, ValueError) as fault:
        raise OSError(
            f"{one_line(path)}: cannot be written "
            f"({one_line(fault, LONGEST)}); name a file that you may write"
        ) from None


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():
        raise OSError("it is a folder, a pipe or a device")
    if path.exists() and not os.access(path, os.W_OK):
        raise OSError("it may only be read")
    mode = S_IMODE(path.stat().st_mode) if path.exists() else None
    part = path.with_name(f".{token_hex(8)}")  # short: the path may be long
    try:
        with _draft(part, 0o666 if mode is None else mode) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if not part.exists():
                # without src_dir_fd, Python would link the entry of /proc
                draft = f"/proc/self/fd/{file.fileno()}"
                os.link(draft, part, src_dir_fd=file.fileno())
        if mode is not None:
            part.chmod(mode)  # also the bits that the umask takes away
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _draft(part: Path, mode: int) -> BinaryIO:
    """A file in the folder of the part, unnamed if Linux can do that."""
    try:
        unnamed = os.open(part.parent, os.O_TMPFILE | os.O_WRONLY, mode)
        return open(unnamed, "wb")
    except (AttributeError, OSError):  # another system, or file system
        return open(part, "xb", opener=partial(os.open, mode=mode))
