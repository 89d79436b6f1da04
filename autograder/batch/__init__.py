"""A whole class: what has changed, side by side, and never lost."""
