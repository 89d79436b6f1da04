"""An IPython shell without a kernel: the same cells, outputs and tracebacks, but in a
process that can be forked from a warm one."""

import base64
import builtins
import errno
import getpass
import io
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.jail.limits import Judge

FLUSH_AT = 8192
Emit = Callable[[dict[str, Any]], None]


class Outputs:
    """Where what a cell shows goes; bounded, so that no cell can fill the memory."""

    emit: Emit
    room = 0
    limits: dict[str, int]

    def send(self, message: dict[str, Any], size: int) -> None:
        """Send an output if there is room for it, else say once that there is not."""
        if size > self.room:
            if self.room > 0:
                self.emit({"type": "full"})
            self.room = 0
            return
        self.room -= size
        self.emit(message)


OUTPUTS = Outputs()


class Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, name: str, descriptor: int) -> None:
        self.stream, self.descriptor = name, descriptor
        self.parts: list[str] = []
        self.size = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self.descriptor

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError("write() argument must be str")
        self.parts.append(text[: OUTPUTS.room + 1])
        self.size += len(text)
        if self.size > FLUSH_AT:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self.parts:
            parts, self.parts, self.size = self.parts, [], 0
            text = "".join(parts)
            size = len(text)
            if 0 < OUTPUTS.room < size:
                text, size = text[: OUTPUTS.room], OUTPUTS.room
                OUTPUTS.send(
                    {"type": "stream", "name": self.stream, "text": text}, size
                )
                OUTPUTS.emit({"type": "full"})
                return
            OUTPUTS.send({"type": "stream", "name": self.stream, "text": text}, size)


def flush_streams() -> None:
    """Let text leave before what is shown after it."""
    sys.stdout.flush()
    sys.stderr.flush()


def emit_data(kind: str, data: Any, metadata: Any, **rest: Any) -> None:
    """Send something displayed; bytes become base64, as in a notebook file."""
    flush_streams()
    plain = {
        mime: base64.encodebytes(item).decode() if isinstance(item, bytes) else item
        for mime, item in data.items()
    }
    size = sum(len(item) if isinstance(item, str) else 1000 for item in plain.values())
    message = {"type": kind, "data": plain, "metadata": metadata or {}, **rest}
    OUTPUTS.send(message, size)


class Results(DisplayHook):
    """Shows the value of a cell's last expression."""

    shown: tuple[Any, Any] | None = None

    def write_output_prompt(self) -> None:
        """The number is sent with the result."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shown = format_dict, md_dict

    def finish_displayhook(self) -> None:
        if self.shown is not None:
            data, metadata = self.shown
            self.shown = None
            count = self.prompt_count
            emit_data("execute_result", data, metadata, execution_count=count)


class Publisher(DisplayPublisher):
    """Shows what `display` is given."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **rest: Any,
    ) -> None:
        if not update:
            emit_data("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        flush_streams()
        OUTPUTS.emit({"type": "clear"})


class Shell(InteractiveShell):
    """IPython's shell with outputs as messages and nothing that asks a person."""

    displayhook_class = Type(Results)
    display_pub_class = Type(Publisher)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        flush_streams()
        try:
            text = str(evalue)
        except BaseException:
            text = "an error that cannot be shown"
        text += limit_note(evalue)
        lines = [str(line)[:20_000] for line in stb][:200]
        OUTPUTS.emit(
            {
                "type": "error",
                "ename": str(etype.__name__)[:200],
                "evalue": text[:10_000],
                "traceback": lines,
            }
        )

    def init_sys_modules(self) -> None:
        self._main_mod_name = self.user_module.__name__
        sys.modules["__main__"] = self.user_module

    def init_virtualenv(self) -> None:
        """The jail's Python is the right one."""

    def enable_gui(self, gui: Any = None) -> None:
        """There is no screen."""

    def ask_exit(self) -> None:
        """A notebook goes on after `exit`."""


def limit_note(problem: BaseException) -> str:
    """Which limit an error comes from, if it does."""
    limits = OUTPUTS.limits
    number = getattr(problem, "errno", None)
    memory = isinstance(problem, MemoryError) or "can't allocate memory" in str(problem)
    if memory:
        return f" (limit: {limits['memory_mb']} MB of memory)"
    if number in (errno.EMFILE, errno.ENFILE):
        return f" (limit: {limits['open_files']} open files)"
    if number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return f" (limit: {limits['disk_mb']} MB of files)"
    if number == errno.EAGAIN or "can't start new thread" in str(problem):
        return f" (limit: {limits['processes']} processes and threads)"
    if number in (errno.EAFNOSUPPORT, errno.ENETUNREACH):
        return " (there is no network here)"
    return ""


def refuse_input(*arguments: Any, **named: Any) -> NoReturn:
    """What `input` does where nobody can answer."""
    raise RuntimeError("input() cannot be used here: nobody is there to answer")


def prepare_shell() -> Shell:
    """Make the shell; done once, before forking."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    shell: Shell = Shell.instance(config=config)
    OUTPUTS.emit, OUTPUTS.limits = (lambda message: None), Judge().as_limits()
    try:
        raise RuntimeError("the first traceback imports what formats it")
    except RuntimeError:
        shell.showtraceback()
    shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    return shell


def start_shell(emit: Emit, limits: dict[str, int]) -> Shell:
    """Connect the shell of this process to the grader."""
    OUTPUTS.emit, OUTPUTS.limits = emit, limits
    sys.stdout, sys.stderr = Stream("stdout", 1), Stream("stderr", 2)
    builtins.input = refuse_input
    getpass.getpass = refuse_input
    sys.path.insert(0, "")
    shell: Shell = Shell.instance()
    os.environ.pop("SHELL", None)
    return shell


def run_cell(shell: Shell, source: str) -> bool:
    """Run one cell; False if it raised."""
    OUTPUTS.room = OUTPUTS.limits["output_kb"] << 10
    run: Any = shell.run_cell
    result = run(source, store_history=True)
    flush_streams()
    return bool(result.success)
