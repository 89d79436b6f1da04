"""How long do the notebooks take, compared with their budgets?

    python benchmarks/notebooks.py

Reads what the last run of the suite wrote down (build/notebook_seconds.json) and prints
a table: seconds, budget, and the share of the budget that was used. The exit status is
1 if a notebook exceeds its budget. Before it, run `pytest tests/notebooks` alone: in
`make test` the notebooks share the machine with the rest of the suite.
"""

import json
import sys
from pathlib import Path

BUDGETS = {"lectures": 60, "solutions": 30}
RECORD = Path(__file__).parents[1] / "build" / "notebook_seconds.json"


def main() -> int:
    """Print the table; 1 if there is no record or a budget is exceeded."""
    if not RECORD.is_file():
        print("no record yet: run `pytest tests/notebooks` first")
        return 1
    seconds = json.loads(RECORD.read_text(encoding="utf-8"))
    exceeded = 0
    print(f"{'notebook':60} {'s':>6} {'budget':>7} {'used':>6}")
    for notebook, spent in sorted(seconds.items()):
        budget = BUDGETS[notebook.partition("/")[0]]
        exceeded += spent > budget
        print(f"{notebook:60} {spent:6.1f} {budget:7} {spent / budget:6.0%}")
    return int(exceeded > 0)


if __name__ == "__main__":
    sys.exit(main())
