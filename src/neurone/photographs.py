"""The photographs of the course that this one follows.

They have no licence, so they are not part of this course;
`python -m neurone.photographs` fetches them.
"""

import sys
from pathlib import Path

from platformdirs import user_cache_path

PHOTOGRAPHS = {
    "trainset.hdf5": "0af70335b103c2d23919fa312d7ac109"
    "9d206e671dcd50e3f02273f06b7e65bb",
    "testset.hdf5": "9164849a343ac9f8f1db646f81a44ba7"
    "8854f9655bb711fed9b368c2ae4696fe",
}
PHOTOGRAPHS_URL = (
    "https://github.com/MachineLearnia/Deep-Learning-Youtube/raw/"
    "6fec1555d012dc9f9dd38a26c97ced2cf29b7bbf/datasets/"
)


def photographs_folder() -> Path:
    """The folder that `make photos` fetches to, in the user's cache."""
    return user_cache_path("deep-learning-proved")


def fetch_photographs() -> Path:
    """Download the photographs to photographs_folder().

    A file arrives whole and with the right checksum, or not at all.

    Raises:  ConnectionError if a download fails;
             ValueError if a checksum differs;
             OSError if the folder cannot be written
    """
    # inside: a chapter that only reads files need not load a downloader
    import pooch
    from requests import RequestException

    folder = photographs_folder()
    store = pooch.create(
        path=folder, base_url=PHOTOGRAPHS_URL, registry=PHOTOGRAPHS
    )
    try:
        for file in PHOTOGRAPHS:
            store.fetch(file, progressbar=True)
    except RequestException as error:
        raise ConnectionError(
            f"{store.get_url(file)}: download failed ({error}); "
            "`make photos` tries again"
        ) from None
    except ValueError as error:
        raise ValueError(
            f"{store.get_url(file)}: {error} `make photos` tries again"
        ) from None
    except OSError as error:
        raise OSError(
            f"{folder}: cannot be written ({error}); "
            "make it writable and run `make photos` again"
        ) from None
    return folder


def _main() -> None:
    """Fetch the photographs: where they are, or what stands in the way."""
    try:
        print(
            f"The photographs are in {fetch_photographs()}; "
            "the book is built on them from now on."
        )
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(
            "interrupted: only whole files are kept, "
            "and `make photos` fetches the rest"
        )


if __name__ == "__main__":
    _main()
