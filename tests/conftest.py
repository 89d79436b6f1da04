"""Options and the table of times that the whole suite shares."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--stress",
        action="store_true",
        help="run everything that is long: the whole of what a normal run samples",
    )
