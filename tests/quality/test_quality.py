"""Lint, format, types and spelling: what a contributor runs before a change is sent."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = {
    "lint": ["ruff", "check", "--no-cache"],
    "format": ["ruff", "format", "--check", "--no-cache"],
    "types": ["mypy"],
    "spelling": ["codespell"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_finds_nothing(tool: str) -> None:
    program, *options = TOOLS[tool]
    command = [str(Path(sys.executable).parent / program), *options]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_lock_has_versions_for_every_machine() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all("==" in pin for pin in pins)
    assert not [pin for pin in pins if "+" in pin], "a local version suffix"
    assert not [pin for pin in pins if pin.startswith(("nvidia", "cuda", "triton"))]


def test_conda_installs_the_same_lock() -> None:
    environment = (ROOT / "environment.yml").read_text()
    assert "-r requirements.lock" in environment
