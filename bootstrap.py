"""Prepares this folder and opens or tests the course; needs Python and nothing else.

    python bootstrap.py setup     create .venv and install the exact versions
    python bootstrap.py lab       setup, then open JupyterLab on the start page
    python bootstrap.py test      setup, then run the whole suite
    python bootstrap.py stress    setup, then run the suite with its long tests
    python bootstrap.py quality   setup, then lint, format, type and spelling checks
    python bootstrap.py site      setup, then build the web site into site/

A second call notices that nothing has changed and goes straight on.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMP = ENVIRONMENT / "installed.sha256"
OLDEST = (3, 11)

# Torch's Linux wheels bring gigabytes of CUDA libraries; this index has the small ones.
CPU_WHEELS = "https://download.pytorch.org/whl/cpu"

# Debian package → the program that it brings and what cannot be tested without it.
SYSTEM_PARTS = {
    "bubblewrap": ("bwrap", "grading in the sandbox"),
    "chromium": ("chromium", "the demos in a real browser"),
    "postgresql": ("pg_ctl", "a PostgreSQL gradebook"),
    "procps": ("ps", "whether grading leaves processes behind"),
}
POSTGRES_PROGRAMS = Path("/usr/lib/postgresql")

COMMANDS = {
    "setup": [],
    "lab": ["course", "lab"],
    "test": ["python", "-m", "pytest", "-n", "2"],
    "stress": ["python", "-m", "pytest", "--stress"],
    "quality": ["python", "-m", "pytest", "tests/quality"],
    "site": ["course", "site"],
}


def main(arguments: list[str]) -> int:
    """Run one of the commands above; everything after it is passed on."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        print(f"Python {'.'.join(map(str, OLDEST))} or later is needed.")
        return 1
    name, *rest = arguments
    install_python_packages()
    if name not in ("lab", "site"):
        install_system_parts()
    if not COMMANDS[name]:
        return 0
    program, *options = COMMANDS[name]
    return subprocess.call([str(BIN / program), *options, *rest], cwd=ROOT)


def install_python_packages() -> None:
    """Create the virtual environment; install the lock unless this was done before."""
    wanted = fingerprint("requirements.lock", "pyproject.toml")
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("Creating .venv …", flush=True)
        create_environment()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    print("Installing the exact versions of requirements.lock …", flush=True)
    if wants_cpu_wheels():
        torch = next(line for line in lock_lines() if line.startswith("torch=="))
        subprocess.check_call([*pip, torch, "--index-url", CPU_WHEELS])
    subprocess.check_call([*pip, "-r", str(ROOT / "requirements.lock")])
    subprocess.check_call([*pip, "--no-deps", "-e", str(ROOT)])
    STAMP.write_text(wanted)


def create_environment() -> None:
    """An empty virtual environment with pip, or one line that says what is missing."""
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit("Python's venv module is incomplete: apt-get install python3-venv")


def wants_cpu_wheels() -> bool:
    """Whether to take torch from the CPU index: Linux, no GPU, not installed yet."""
    if platform.system() != "Linux" or shutil.which("nvidia-smi"):
        return False
    check = [str(PYTHON), "-c", "import importlib.metadata as m; m.version('torch')"]
    if subprocess.call(check, stderr=subprocess.DEVNULL) == 0:
        return False
    try:
        with urllib.request.urlopen(f"{CPU_WHEELS}/torch/", timeout=3):
            return True
    except (OSError, urllib.error.URLError):
        return False


def lock_lines() -> list[str]:
    """The lines of the lock."""
    return (ROOT / "requirements.lock").read_text().splitlines()


def fingerprint(*names: str) -> str:
    """A digest of these files and of the Python that installs them."""
    digest = hashlib.sha256(sys.version.encode())
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install_system_parts() -> None:
    """Install missing Debian packages as root; otherwise say how and what is lost."""
    missing = [name for name in SYSTEM_PARTS if not has_part(name)]
    if not missing or platform.system() != "Linux":
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)} …", flush=True)
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.check_call([*apt, "update"], env=quiet)
        install = [*apt, "install", "-y", "--no-install-recommends", *missing]
        subprocess.check_call(install, env=quiet, stdout=subprocess.DEVNULL)
        return
    print(f"Missing: sudo apt-get install {' '.join(missing)}")
    for name in missing:
        print(f"  without {name}, {SYSTEM_PARTS[name][1]} stays untested")


def has_part(name: str) -> bool:
    """Whether the program of a Debian package is there."""
    program = SYSTEM_PARTS[name][0]
    if shutil.which(program):
        return True
    return any(POSTGRES_PROGRAMS.glob(f"*/bin/{program}"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
