"""Processes that run what a learner wrote, and can touch nothing else."""
