"""Which version of an exercise somebody has: a digest of what only instructors write.

It is computed from the notebook itself, so that it is known for a notebook that came
by mail as well as for one that the exchange delivered.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

KEY = "exercise_version"  # in the metadata of a collected notebook


def exercise_version(cells: Iterable[tuple[dict[str, Any], str]]) -> str:
    """Twelve hexadecimal digits that change when a locked cell does.

    Args:
        cells: nbgrader's metadata and the text of each cell, in any order.
    """
    locked = sorted(
        (str(marks.get("grade_id")), str(marks.get("points", "")), source.strip())
        for marks, source in cells
        if marks.get("locked") is True
    )
    return hashlib.sha256(json.dumps(locked).encode()).hexdigest()[:12]
