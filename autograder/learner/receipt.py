"""What a submission says about itself: digests, time and version of the exercise.

The receipt protects against accidents (a file damaged on its way, a wrong version), not
against a forger: whoever can edit the notebook can edit the receipt.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

RECEIPT = "receipt.json"


def make_receipt(
    unit: str, files: Mapping[str, bytes], versions: Mapping[str, str]
) -> dict[str, Any]:
    """The receipt of a submission.

    Args:
        unit: the unit's folder name.
        files: the content of each file, by name.
        versions: the version of the exercise that each notebook is based on.
    """
    return {
        "unit": unit,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "digest": digest(files),
        "files": {name: _sha256(content) for name, content in sorted(files.items())},
        "exercise_version": dict(versions),
    }


def digest(files: Mapping[str, bytes]) -> str:
    """One SHA-256 for names and contents of several files."""
    lines = [f"{_sha256(content)}  {name}\n" for name, content in sorted(files.items())]
    return _sha256("".join(lines).encode())


def check_receipt(content: bytes, files: Mapping[str, bytes]) -> str:
    """One line that says whether the files are those of the receipt."""
    try:
        receipt = json.loads(content)
        agrees = receipt["digest"] == digest(files)
        time = str(receipt["time"])[:25]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "the receipt cannot be read"
    if not agrees:
        return "the files are not those of the receipt"
    return f"receipt {str(receipt['digest'])[:12]} of {time!a}"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
