"""Releases, checks and grades the exercises of an nbgrader course."""
