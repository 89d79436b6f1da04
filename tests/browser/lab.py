"""A JupyterLab of the suite's own, on the loopback address.

It uses folders and a home of its own, so that nothing of the machine's user is read or
changed.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat

from autograder.learner.workspace import PROMPT

START_SECONDS = 60
LAB_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "docmanager-extension/plugin": {"autosave": False},
    "apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


class Lab:
    """A running JupyterLab: its address, its token and the folder that it shows."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.token = os.urandom(16).hex()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "lab.log").open("wb")
        self.process = self._start(folder)

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        for name in ("root", "home", "settings", "workspaces"):
            (folder / name).mkdir()
        for name, setting in LAB_SETTINGS.items():
            file = folder / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(setting), encoding="utf-8")
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.port,
            "ServerApp.root_dir": self.root,
            "ServerApp.allow_root": True,
            "ServerApp.open_browser": False,
            "ServerApp.kernel_websocket_connection_class": PROMPT,
            "IdentityProvider.token": self.token,
            "LabApp.user_settings_dir": folder / "settings",
            "LabApp.workspaces_dir": folder / "workspaces",
            "LabApp.expose_app_in_browser": True,
        }
        own_home = {
            "HOME": str(folder / "home"),
            "IPYTHONDIR": str(folder / "home/ipython"),
            "JUPYTER_CONFIG_DIR": str(folder / "home/config"),
            "JUPYTER_DATA_DIR": str(folder / "home/data"),
            "JUPYTER_RUNTIME_DIR": str(folder / "home/runtime"),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterlab"]
            + [f"--{name}={value}" for name, value in options.items()],
            env={**os.environ, **own_home},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )

    def wait_until_ready(self) -> None:
        """Return as soon as the server answers."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, self.log_text()
            assert time.monotonic() < deadline, self.log_text()
            try:
                with urllib.request.urlopen(f"{self.address}/api", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)  # between two questions, not instead of an answer

    def log_text(self) -> str:
        """What the server wrote so far."""
        return Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def write_notebook(self, name: str, cells: dict[str, str]) -> None:
        """A notebook with one code cell per tag."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
        for tag, source in cells.items():
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})
            notebook.cells.append(cell)
        nbformat.write(notebook, self.root / name)

    def stop(self) -> None:
        """End the server and its kernels."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()
