"""Loading public sets: every place, every failure, without the network."""

import functools
import gzip
import hashlib
import http.server
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from utils import downloads
from utils.downloads import DataUnavailable
from utils.sources import SOURCES

PIXELS = np.arange(5 * 28 * 28, dtype=np.uint8).reshape(5, 28, 28)
LABELS = np.array([3, 1, 4, 1, 5], dtype=np.uint8)
TEXT = "First Citizen:\nBefore we proceed any further, hear me speak.\n"


def idx(array: np.ndarray) -> bytes:
    """An array in the IDX format."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return header + array.tobytes()


FILES = {
    "train-images-idx3-ubyte.gz": idx(PIXELS),
    "train-labels-idx1-ubyte.gz": idx(LABELS),
    "t10k-images-idx3-ubyte.gz": idx(PIXELS[:2]),
    "t10k-labels-idx1-ubyte.gz": idx(LABELS[:2]),
}


def write(folder: Path, files: dict[str, bytes], level: int = 9) -> Path:
    """Store files as a mirror would: compressed where the name says so."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        packed = gzip.compress(content, level) if name.endswith(".gz") else content
        (folder / name).write_bytes(packed)
    return folder


def checksums(files: dict[str, bytes]) -> dict[str, str]:
    """SHA-256 of each content."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


class Mirror(http.server.ThreadingHTTPServer):
    """A web server on the loopback address that counts what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        handler = functools.partial(Handler, directory=str(folder))
        super().__init__(("127.0.0.1", 0), handler)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, notes every request and prints nothing."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """A server with the small files."""
    folder = write(tmp_path / "mirror", FILES)
    write(folder, {"input.txt": TEXT.encode()})
    with Mirror(folder) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def small_world(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small sets at the loopback mirror, an empty cache and no `COURSE_DATA`."""
    url = f"http://127.0.0.1:{mirror.server_port}/"
    text = {"input.txt": TEXT.encode()}
    monkeypatch.setattr(
        downloads,
        "SOURCES",
        {
            "mnist": replace(SOURCES["mnist"], url=url, checksums=checksums(FILES)),
            "tiny_shakespeare": replace(
                SOURCES["tiny_shakespeare"], url=url, checksums=checksums(text)
            ),
        },
    )
    monkeypatch.setattr(downloads, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(downloads, "_unreachable", set())
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def course_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder named by `COURSE_DATA` that holds MNIST."""
    write(tmp_path / "data" / "mnist-idx", FILES)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "mnist-idx"


def unplug(mirror: Mirror) -> None:
    """Make the server answer 404 to everything."""
    for path in mirror.folder.iterdir():
        path.unlink()


def test_images_have_the_form_of_the_course(course_data: Path) -> None:
    images = downloads.load_images("mnist")
    assert images.X.shape == (5, 1, 28, 28)
    assert images.X.dtype == np.float32
    assert np.allclose(images.X[:, 0] * 255, PIXELS)
    assert images.y.tolist() == LABELS.tolist()
    assert images.y.dtype == np.int64
    assert images.name == "MNIST"


def test_the_test_subset_and_a_count(course_data: Path) -> None:
    assert len(downloads.load_images("mnist", "test").y) == 2
    images = downloads.load_images("mnist", "train", 3)
    assert (images.X.shape, images.y.shape) == ((3, 1, 28, 28), (3,))


def test_course_data_comes_before_the_network(
    course_data: Path, mirror: Mirror
) -> None:
    downloads.load_images("mnist")
    assert mirror.asked == []


def test_files_are_downloaded_once_and_silently(
    mirror: Mirror, capfd: pytest.CaptureFixture[str]
) -> None:
    first = downloads.load_images("mnist")
    assert len(mirror.asked) == 2
    again = downloads.load_images("mnist")
    assert len(mirror.asked) == 2
    assert np.array_equal(first.X, again.X)
    assert capfd.readouterr() == ("", "")


def test_another_compression_of_the_same_bytes_is_accepted(course_data: Path) -> None:
    before = (course_data / "train-images-idx3-ubyte.gz").read_bytes()
    write(course_data, FILES, level=1)
    assert (course_data / "train-images-idx3-ubyte.gz").read_bytes() != before
    assert len(downloads.load_images("mnist").y) == 5


def test_a_file_that_is_stored_unpacked_is_accepted(course_data: Path) -> None:
    for name, content in FILES.items():
        (course_data / name).write_bytes(content)
    assert len(downloads.load_images("mnist").y) == 5


@pytest.mark.parametrize("damage", ["other", "truncated", "empty", "page"])
def test_a_damaged_file_in_course_data_is_passed_over(
    course_data: Path, mirror: Mirror, damage: str
) -> None:
    path = course_data / "train-images-idx3-ubyte.gz"
    path.write_bytes(
        {
            "other": gzip.compress(idx(PIXELS + 1)),
            "truncated": path.read_bytes()[:-20],
            "empty": b"",
            "page": b"<html>Please log in</html>",
        }[damage]
    )
    assert len(downloads.load_images("mnist").y) == 5
    assert mirror.asked == ["/train-images-idx3-ubyte.gz"]
    unplug(mirror)
    (downloads.CACHE / "mnist-idx" / path.name).unlink()
    with pytest.raises(DataUnavailable, match=f"{path.name} is damaged"):
        downloads.load_images("mnist")


def test_a_damaged_download_is_not_kept(mirror: Mirror) -> None:
    name = "train-images-idx3-ubyte.gz"
    (mirror.folder / name).write_bytes(b"something else")
    with pytest.raises(DataUnavailable, match="the download is damaged"):
        downloads.load_images("mnist")
    assert not (downloads.CACHE / "mnist-idx" / name).exists()
    write(mirror.folder, FILES)
    assert len(downloads.load_images("mnist").y) == 5


def test_a_damaged_file_in_the_cache_is_fetched_again(mirror: Mirror) -> None:
    downloads.load_images("mnist")
    cached = downloads.CACHE / "mnist-idx" / "train-images-idx3-ubyte.gz"
    cached.write_bytes(cached.read_bytes()[:100])
    assert len(downloads.load_images("mnist").y) == 5
    assert mirror.asked.count("/train-images-idx3-ubyte.gz") == 2


def test_a_server_without_the_file_is_named_and_not_asked_again(
    mirror: Mirror,
) -> None:
    unplug(mirror)
    for _ in range(2):
        with pytest.raises(DataUnavailable) as caught:
            downloads.load_images("mnist")
    message = str(caught.value)
    assert message.startswith("MNIST cannot be had: ")
    assert "no download (" in message
    assert "\n" not in message
    assert len(mirror.asked) == 1


def test_no_network_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = replace(downloads.SOURCES["mnist"], url="http://127.0.0.1:1/")
    monkeypatch.setattr(downloads, "SOURCES", {"mnist": nowhere})
    with pytest.raises(DataUnavailable, match=r"no download \(ConnectionError\)"):
        downloads.load_images("mnist")


def test_a_server_that_never_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        mute = replace(downloads.SOURCES["mnist"], url=url)
        monkeypatch.setattr(downloads, "SOURCES", {"mnist": mute})
        monkeypatch.setattr(downloads, "TIMEOUT", (0.1, 0.1))
        with pytest.raises(DataUnavailable, match=r"no download \(ReadTimeout\)"):
            downloads.load_images("mnist")


def test_a_course_data_that_does_not_exist_is_named(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unplug(mirror)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(DataUnavailable, match="nowhere"):
        downloads.load_images("mnist")


@pytest.mark.parametrize("obstacle", ["a file as folder", "a folder as file"])
def test_an_unreadable_course_data_is_named(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, obstacle: str
) -> None:
    unplug(mirror)
    data = tmp_path / "odd"
    if obstacle == "a file as folder":
        data.write_text("not a folder")
    else:
        (data / "mnist-idx" / "train-images-idx3-ubyte.gz").mkdir(parents=True)
    monkeypatch.setenv("COURSE_DATA", str(data))
    assert not downloads.available("mnist")
    with pytest.raises(DataUnavailable, match=r"odd.* cannot be read"):
        downloads.load_images("mnist")


def test_a_cache_that_cannot_be_written_is_no_crash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(downloads, "CACHE", tmp_path / "file" / "cache")
    with pytest.raises(DataUnavailable, match="no download"):
        downloads.load_images("mnist")


def test_available_asks_no_server(mirror: Mirror) -> None:
    assert not downloads.available("mnist")
    assert mirror.asked == []
    downloads.load_images("mnist", "train")
    assert not downloads.available("mnist")  # the test files are missing
    downloads.load_images("mnist", "test")
    assert downloads.available("mnist")


def test_available_looks_into_course_data(course_data: Path) -> None:
    assert downloads.available("mnist")
    assert not downloads.available("tiny_shakespeare")


def test_the_text_is_loaded_from_the_mirror() -> None:
    assert downloads.load_text("tiny_shakespeare") == TEXT
    assert downloads.text_or_source(max_characters=13) == TEXT[:13]


def test_without_images_the_digits_stand_in(
    mirror: Mirror, capfd: pytest.CaptureFixture[str]
) -> None:
    unplug(mirror)
    train = downloads.images_or_digits("mnist")
    output = capfd.readouterr()
    assert output.err == ""
    assert output.out.count("\n") == 1
    assert "goes on with the 8×8 digits" in output.out
    test = downloads.images_or_digits("mnist", "test")
    assert train.X.shape[1:] == (1, 8, 8)
    assert len(train.y) + len(test.y) == 1797
    assert {image.tobytes() for image in train.X}.isdisjoint(
        image.tobytes() for image in test.X
    )


def test_with_images_there_is_no_notice(
    course_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert downloads.images_or_digits("mnist", "train", 2).X.shape == (2, 1, 28, 28)
    assert capsys.readouterr().out == ""


def test_without_the_text_python_source_stands_in(
    mirror: Mirror, capsys: pytest.CaptureFixture[str]
) -> None:
    unplug(mirror)
    assert len(downloads.text_or_source(max_characters=1000)) == 1000
    assert "source code of Python" in capsys.readouterr().out


def test_names_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="choose from"):
        downloads.load_images("cifar")
    with pytest.raises(ValueError, match='"train" or "test"'):
        downloads.load_images("mnist", "validation")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="use load_text"):
        downloads.load_images("tiny_shakespeare")
    with pytest.raises(ValueError, match="use load_images"):
        downloads.load_text("mnist")


def test_every_real_source_is_complete() -> None:
    for source in SOURCES.values():
        assert source.url.startswith("http")
        assert source.url.endswith("/")
        assert all(len(checksum) == 64 for checksum in source.checksums.values())
    images = [source for source in SOURCES.values() if source.class_names]
    assert all(len(source.checksums) == 4 for source in images)
    assert all(len(source.class_names) == 10 for source in images)
