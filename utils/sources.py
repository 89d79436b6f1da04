"""Which public data sets the course knows, where they are and how to recognize them.

MNIST: LeCun, Bottou, Bengio and Haffner (1998). Fashion-MNIST: Xiao, Rasul and Vollgraf
(2017), MIT license. Tiny Shakespeare: Karpathy (2015), the text is public domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Source:
    """Where a data set comes from and how its files are recognized.

    Attributes:
        title: what the set is called in a sentence.
        folder: sub-folder of `COURSE_DATA` and of the cache.
        url: address that the file names are appended to.
        checksums: file name → SHA-256 of the decompressed bytes.
        class_names: names of the labels, if there are labels.
    """

    title: str
    folder: str
    url: str
    checksums: Mapping[str, str]
    class_names: tuple[str, ...] = ()


_SOURCES = {
    "mnist": Source(
        title="MNIST",
        folder="mnist-idx",
        url="https://ossci-datasets.s3.amazonaws.com/mnist/",
        checksums={
            "train-images-idx3-ubyte.gz": "ba891046e6505d7aadcbbe25680a0738"
            "ad16aec93bde7f9b65e87a2fc25776db",
            "train-labels-idx1-ubyte.gz": "65a50cbbf4e906d70832878ad85ccda5"
            "333a97f0f4c3dd2ef09a8a9eef7101c5",
            "t10k-images-idx3-ubyte.gz": "0fa7898d509279e482958e8ce81c8e77"
            "db3f2f8254e26661ceb7762c4d494ce7",
            "t10k-labels-idx1-ubyte.gz": "ff7bcfd416de33731a308c3f266cc351"
            "222c34898ecbeaf847f06e48f7ec33f2",
        },
        class_names=tuple("0123456789"),
    ),
    "fashion_mnist": Source(
        title="Fashion-MNIST",
        folder="fashion-mnist-idx",
        url="http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        checksums={
            "train-images-idx3-ubyte.gz": "c59f468a2f672dc815687fe0f8388776"
            "8d799fd8a3f3276145d20f83aa44d888",
            "train-labels-idx1-ubyte.gz": "bad3541b69d912435c50bb6ba87bec29"
            "4ff4f6a2e1246121d8633921760443d9",
            "t10k-images-idx3-ubyte.gz": "5b4141f0afbad91edebe8549f8fcffe0"
            "87ea10ca49f1dbef5c9a5cd8815ce37b",
            "t10k-labels-idx1-ubyte.gz": "0402a96d92fd2663957122ceb108a494"
            "c5af83dab82d92729df917d7dec38c34",
        },
        class_names=(
            "T-shirt",
            "trousers",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ),
    ),
    "tiny_shakespeare": Source(
        title="Tiny Shakespeare",
        folder="tinyshakespeare",
        url="https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/",
        checksums={
            "input.txt": "86c4e6aa9db7c042ec79f339dcb96d42"
            "b0075e16b8fc2e86bf0ca57e2dc565ed",
        },
    ),
}

SOURCES: Mapping[str, Source] = MappingProxyType(_SOURCES)
