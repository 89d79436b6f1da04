"""Explorers that live in the browser alone: they need no kernel once they are drawn."""

from utils.explorers.base import Explorer


class BrowserExplorer(Explorer):
    """An explorer whose numbers are computed in JavaScript.

    Its JavaScript file defines a constant `explorer` with the functions `layout`,
    `compute`, `draw` and `summary`; `shell.js` says what each one gets. The numbers
    come back to Python in the trait `readout`, where a test compares them with torch.
    """
