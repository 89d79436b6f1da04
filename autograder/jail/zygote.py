"""The fork server: imports once what every notebook needs, then forks on request.

It runs inside the jail, holds no secret, stays single-threaded (or it could not fork)
and never runs code that a learner wrote. For each request it forks a keeper, which
makes fresh namespaces, forks the process proper into them, and stays to relay signals,
to kill it when the grader goes away, and to report how it ended.
"""

import array
import contextlib
import gc
import importlib
import itertools
import json
import os
import resource
import select
import signal
import socket
import sys
from typing import Any

from autograder.jail import lockdown

EXIT_WITHOUT_VERDICT = 70


def preload(modules: list[str]) -> None:
    """Import what notebooks use; a module that is not installed is left out."""
    gc.disable()  # what is imported stays: looking for garbage in it only takes time
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    # what children run; imported here and not above, as it takes seconds
    for name in ("jail.student", "judging.judge", "judging.answers"):
        importlib.import_module(f"autograder.{name}")
    sys.modules["autograder.jail.student"].prepare_shell()
    if "torch" in sys.modules:
        warm_up_torch()
    if "matplotlib" in sys.modules:
        warm_up_matplotlib()
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - a count is enough
    if threads != 1:
        raise RuntimeError(f"the fork server has {threads} threads and must have one")
    gc.collect()
    gc.freeze()
    gc.enable()


def warm_up_torch() -> None:
    """Take one training step: the first one imports much more of torch."""
    import torch

    torch.set_num_threads(1)
    layer = torch.nn.Linear(2, 2)
    for optimizer in (torch.optim.SGD, torch.optim.Adam):
        step = optimizer(layer.parameters(), lr=0.1)
        layer(torch.ones(1, 2)).sum().backward()
        step.step()


def warm_up_matplotlib() -> None:
    """Draw one figure: the first one searches for fonts."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    canvas = FigureCanvasAgg(figure)
    figure.add_subplot().plot([1, 2])
    canvas.draw()  # type: ignore[no-untyped-call]


def receive_request(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next request and the descriptors that came with it.

    Raises:
        EOFError: the grader has gone.
    """
    descriptors = array.array("i")
    data, rights, _, _ = control.recvmsg(1 << 16, socket.CMSG_SPACE(8 * 4))
    for level, kind, packed in rights:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(packed[: len(packed) // 4 * 4])
    if not data:
        raise EOFError
    return json.loads(data), list(descriptors)


def main() -> None:
    """Serve until the grader goes away."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = json.loads(sys.argv[2])
    preload(settings["preload"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers vanish by themselves
    control.send(b"ready")
    for number in itertools.count():
        try:
            request, descriptors = receive_request(control)
        except EOFError:
            return
        request["number"] = number
        if os.fork() == 0:
            control.close()
            keep(request, descriptors, unsafe=settings["unsafe"])
        for descriptor in descriptors:
            os.close(descriptor)


def keep(request: dict[str, Any], descriptors: list[int], *, unsafe: bool) -> None:
    """Start the process proper and watch it. Never returns."""
    grader = socket.socket(fileno=descriptors[0])
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if not unsafe:
            lockdown.enter_namespaces()
        ready, let_go = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(let_go)
            grader.close()
            become_process(request, descriptors[1:], ready, unsafe=unsafe)
        for descriptor in (ready, *descriptors[1:]):
            os.close(descriptor)
        watch(grader, process, let_go)
    except BaseException as problem:
        with contextlib.suppress(OSError):
            grader.send(repr(problem).encode())
    finally:
        os._exit(0)


def watch(grader: socket.socket, process: int, let_go: int) -> None:
    """Relay the grader's words until the process ends, then report."""
    handle = os.pidfd_open(process)
    packed = array.array("i", [handle])
    grader.sendmsg([b"started"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, packed)])
    while True:
        waiting: list[Any] = [grader, handle]
        ready, _, _ = select.select(waiting, [], [])
        if handle in ready:
            break
        word = grader.recv(64)
        if word == b"go":
            os.write(let_go, b"g")
        elif word == b"interrupt":
            os.kill(process, signal.SIGINT)
            grader.send(b"interrupted")
        else:  # "kill", or the grader has gone
            kill_with_children(process)
            break
    _, status, usage = os.wait4(process, 0)
    report = {
        "exit": os.waitstatus_to_exitcode(status),
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
    }
    with contextlib.suppress(OSError):
        grader.send(json.dumps(report).encode())


def kill_with_children(process: int) -> None:
    """Kill a process and its session; in the jail, its whole namespace goes with it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def become_process(
    request: dict[str, Any], descriptors: list[int], ready: int, *, unsafe: bool
) -> None:
    """Give everything up, then serve the grader. Never returns."""
    try:
        os.setsid()
        channel, link, printed = descriptors
        nothing = os.open(os.devnull, os.O_RDWR)
        for target, source in ((0, nothing), (1, printed), (2, printed)):
            os.dup2(source, target)
        if not os.read(ready, 1):  # the grader has put this process into its cgroup
            os._exit(EXIT_WITHOUT_VERDICT)
        top = max(channel, link)
        keep_open = {0, 1, 2, channel, link}
        for descriptor in range(3, top):
            if descriptor not in keep_open:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        os.closerange(top + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        limits, counted = request["limits"], bool(request["counted"])
        if unsafe:
            lockdown.set_limits(limits, counted=counted)
        else:
            lockdown.lock_down(limits, counted=counted, number=request["number"])
        from autograder.jail import student

        student.serve(
            request, socket.socket(fileno=channel), socket.socket(fileno=link)
        )
    except BaseException as problem:
        os.write(2, f"the sandbox failed: {problem!r}\n".encode())
        os._exit(EXIT_WITHOUT_VERDICT)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
