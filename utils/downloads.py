"""Public data sets that are fetched once: Fashion-MNIST, MNIST and tiny Shakespeare.

A file is looked for in the folder that the environment variable `COURSE_DATA` names,
then in the cache of earlier downloads, then on the network. Wherever it comes from, the
checksum of its decompressed bytes decides whether it is taken: mirrors compress the
same data differently.

Lectures call `images_or_digits` and `text_or_source`, which go on with data that every
machine has when there is no other way, and say so in one line.
"""

import gzip
import hashlib
import logging
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
import pooch

from utils.datasets import (
    Images,
    load_digits,
    stdlib_text,
    train_validation_test_split,
)
from utils.sources import SOURCES, Source

Subset = Literal["train", "test"]

DATA_VARIABLE = "COURSE_DATA"
CACHE = Path(pooch.os_cache("deep-learning-course"))
TIMEOUT = (4, 20)  # seconds to connect, and to wait for the next bytes

_unreachable: set[str] = set()  # servers that failed in this process; not asked again

# pooch reports every download on stderr, which costs points in a graded cell.
pooch.get_logger().setLevel(logging.WARNING)


class DataUnavailable(Exception):
    """A data set is neither here nor to be had; the text says what was tried."""


def available(name: str) -> bool:
    """True if every file of the set lies on this machine; asks no server.

    Args:
        name: "mnist", "fashion_mnist" or "tiny_shakespeare".
    """
    source = _source(name)
    return all(
        any(path.is_file() for path in _places(source, file))
        for file in source.checksums
    )


def load_images(
    name: str, subset: Subset = "train", count: int | None = None
) -> Images:
    """Images `(N, 1, 28, 28)` of MNIST or Fashion-MNIST with their labels.

    Args:
        name: "mnist" or "fashion_mnist".
        subset: "train" (60,000 images) or "test" (10,000).
        count: take only the first so many; the stored order is already random.

    Raises:
        ValueError: there is no such set or subset.
        DataUnavailable: the files are neither here nor to be had.
    """
    source = _source(name)
    if not source.class_names:
        raise ValueError(f"{source.title} is a text; use load_text({name!r})")
    if subset not in ("train", "test"):
        raise ValueError(f'subset is "train" or "test", not {subset!r}')
    prefix = "train" if subset == "train" else "t10k"
    pixels = _idx(_content(source, f"{prefix}-images-idx3-ubyte.gz"))[:count]
    labels = _idx(_content(source, f"{prefix}-labels-idx1-ubyte.gz"))[:count]
    X = pixels[:, None].astype(np.float32) / 255  # (N, 1, 28, 28)
    return Images(X, labels.astype(np.int64), source.class_names, source.title)


def load_text(name: str = "tiny_shakespeare") -> str:
    """A text corpus: tiny Shakespeare has 1,115,394 characters, 65 different ones.

    Raises:
        ValueError: there is no such text.
        DataUnavailable: the file is neither here nor to be had.
    """
    source = _source(name)
    if source.class_names:
        raise ValueError(f"{source.title} holds images; use load_images({name!r})")
    (file,) = source.checksums
    return _content(source, file).decode()


def images_or_digits(
    name: str, subset: Subset = "train", count: int | None = None
) -> Images:
    """The images that were asked for, or else the 8×8 digits and a line that says so.

    Arguments are those of `load_images`. Of the digits four fifths are for training.
    """
    try:
        return load_images(name, subset, count)
    except DataUnavailable as problem:
        print(f"{problem} This page goes on with the 8×8 digits.")
    digits = load_digits()
    split = train_validation_test_split(digits.X, digits.y, 0, (0.8, 0, 0.2))
    part = split.train if subset == "train" else split.test
    return Images(part.X[:count], part.y[:count], digits.class_names, digits.name)


def text_or_source(
    name: str = "tiny_shakespeare", max_characters: int = 200_000
) -> str:
    """The text that was asked for, or else Python's source and a line that says so."""
    try:
        return load_text(name)[:max_characters]
    except DataUnavailable as problem:
        print(f"{problem} This page goes on with the source code of Python.")
    return stdlib_text(max_characters)


def _source(name: str) -> Source:
    if name not in SOURCES:
        raise ValueError(f"there is no data set {name!r}; choose from {list(SOURCES)}")
    return SOURCES[name]


def _places(source: Source, file: str) -> Iterator[Path]:
    """Where a file may lie on this machine, in the order of preference."""
    if folder := os.environ.get(DATA_VARIABLE):
        yield Path(folder).expanduser() / source.folder / file
    yield CACHE / source.folder / file


def _content(source: Source, file: str) -> bytes:
    """Verified, decompressed bytes of a file, from the first place that has them."""
    problems = []
    for path in _places(source, file):
        try:
            return _verified(path.read_bytes(), source.checksums[file])
        except FileNotFoundError:
            problems.append(f"no {path}")
        except OSError as problem:
            problems.append(f"{path} cannot be read ({problem.strerror})")
        except ValueError:
            problems.append(f"{path} is damaged")
    try:
        return _download(source, file)
    except OSError as problem:
        problems.append(f"no download ({type(problem).__name__})")
    except ValueError:
        problems.append("the download is damaged")
    raise DataUnavailable(f"{source.title} cannot be had: {'; '.join(problems)}.")


def _download(source: Source, file: str) -> bytes:
    """Fetch a file into the cache; a damaged one is not kept."""
    server = urlsplit(source.url).netloc
    if server in _unreachable:
        raise ConnectionError(server)
    target = CACHE / source.folder / file
    target.unlink(missing_ok=True)  # a damaged copy, or pooch would return it
    try:
        pooch.retrieve(
            source.url + file,
            known_hash=None,  # mirrors compress differently; checked below
            fname=file,
            path=target.parent,
            downloader=pooch.HTTPDownloader(timeout=TIMEOUT),
        )
    except OSError:
        _unreachable.add(server)
        raise
    try:
        return _verified(target.read_bytes(), source.checksums[file])
    except ValueError:
        target.unlink()
        raise


def _verified(content: bytes, checksum: str) -> bytes:
    """Decompressed bytes if they have this SHA-256; raises ValueError otherwise."""
    if content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as problem:
            raise ValueError("the compressed file is damaged") from problem
    if hashlib.sha256(content).hexdigest() != checksum:
        raise ValueError("the content is not the expected one")
    return content


def _idx(content: bytes) -> np.ndarray:
    """An array in the IDX format: two zeros, type, number of axes, lengths, bytes."""
    axes = content[3]
    shape = struct.unpack_from(f">{axes}I", content, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)
