"""Releases, checks and grades the exercises of an nbgrader course."""

import sys

# jsonschema, which nbformat needs, would load this for a check of addresses, of which a
# notebook has none; loading it takes longer than all other imports of a command
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
