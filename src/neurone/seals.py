"""What networks and checkpoints in files share: names, and a checksum.

By the checksum, which stands in a block that HDF5 passes over, changed
bytes are seen; nothing of a sealed file is parsed before it is right.
"""

import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Any

import h5py

from neurone.files import LONGEST, one_line

BLOCK = 512  # bytes before the HDF5 data; HDF5 calls them a user block
MODULES = {"network": "storage", "checkpoint": "checkpoints"}
SEAL = "neurone {}; SHA-256 of all that follows these 512 bytes: "


def check_kind(value: object, kind: type) -> None:
    """Refuse to save what is of another kind.

    Raises:  TypeError that names both
    """
    if not isinstance(value, kind):
        raise TypeError(
            f"{type(value).__name__} is no {kind.__name__}, which alone is "
            "saved here: give that first, and the path second"
        )


def check_exactly(name: str, value: object, kind: type) -> None:
    """Refuse a class of one's own, which a file would make plain again.

    Raises:  ValueError that names both
    """
    if type(value) is not kind:
        raise ValueError(
            f"{name} is no {kind.__name__}, but a {type(value).__name__}"
        )


def name_of(function: Any, known: Mapping[str, Any]) -> str:
    """What a file says of a function of the library.

    Raises:  ValueError if it is none of those known
    """
    for name, one in known.items():
        if one == function:
            return name
    strange = one_line(repr(getattr(function, "name", function)), LONGEST)
    raise ValueError(
        f"{strange} is not a function of the library: a file holds "
        f"names alone, and can be loaded with {', '.join(known)}"
    )


def sealed(kind: str, write: Callable[[h5py.File], None]) -> bytes:
    """The bytes of a file that `write` fills, under its kind of seal."""
    data = io.BytesIO()
    with h5py.File(data, "w", userblock_size=BLOCK) as file:
        write(file)
    return _under_seal(kind, data.getvalue())


def is_sealed(kind: str, content: bytes) -> bool:
    """Does a file of this kind begin like that?

    Raises:  ValueError if one of another kind does
    """
    for one, module in MODULES.items():
        if content.startswith(SEAL.format(one).encode()):
            if one == kind:
                return True
            reader = f"`neurone.{module}.load`"
            raise ValueError(f"holds a {one}: {reader} reads it")
    return False


def unsealed(kind: str, content: bytes) -> io.BytesIO:
    """The content to be read, if it is as it was when it was sealed.

    Raises:  ValueError if it is not
    """
    if content != _under_seal(kind, content):
        raise ValueError("is damaged: its checksum is not that of its data")
    return io.BytesIO(content)


def _under_seal(kind: str, content: bytes) -> bytes:
    data = content[BLOCK:]
    digest = hashlib.sha256(data).hexdigest()
    return (SEAL.format(kind) + digest).encode().ljust(BLOCK, b"\0") + data
