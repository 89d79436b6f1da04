"""Tests and answers in two processes, and what may pass between them."""
