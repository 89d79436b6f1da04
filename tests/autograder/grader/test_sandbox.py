"""What a sandboxed process is, what it sees, and how each limit shows."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import CourseError
from autograder.jail import cgroups, lockdown, sandbox
from autograder.jail.limits import Judge
from autograder.jail.sandbox import Zygote
from autograder.judging.session import Session


def test_process_is_nobody_without_rights(look):
    status = look("print(open('/proc/self/status').read())")
    facts = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert facts["Uid"].split() == ["65534"] * 4
    assert facts["Gid"].split() == ["65534"] * 4
    assert facts["Groups"].split() in ([], ["65534"])
    assert {int(facts[name], 16) for name in ("CapPrm", "CapEff", "CapBnd")} == {0}
    assert facts["NoNewPrivs"].strip() == "1"
    assert facts["Seccomp"].strip() == "2"


def test_environment_holds_nothing_of_the_graders(zygote, limits, monkeypatch):
    monkeypatch.setenv("COURSE_SECRET", "in the environment")
    session = Session(zygote, limits, judged=True)
    try:
        verdict = session.run(
            session.student, "cell", "import os; print(dict(os.environ))"
        )
    finally:
        session.close()
    assert "COURSE_SECRET" not in verdict.outputs[0].text
    assert "'HOME': '/home/student'" in verdict.outputs[0].text


def test_only_its_own_processes_are_visible(look):
    assert look(
        "import os; print([p for p in os.listdir('/proc') if p.isdigit()])"
    ) == ("['1']\n")


def test_home_and_tmp_are_empty_and_its_own(look, session):
    assert look("import os; print(os.getcwd(), os.listdir('.'))") == (
        "/home/student []\n"
    )
    empty = look("print(sorted(os.listdir('/tmp')))")
    root = Path(__file__).parents[3]
    lies_in_tmp = root.is_relative_to("/tmp")
    assert eval(empty) == ([root.relative_to("/tmp").parts[0]] if lies_in_tmp else [])
    look("open('/tmp/note', 'w').write('x'); open('note', 'w').write('x')")
    verdict = session.run(
        session.judge, "setup", "import os; print(sorted(os.listdir('/tmp')))"
    )
    assert verdict.outputs[0].text == empty


def test_course_is_not_in_the_file_system(look):
    root = Path(__file__).parents[3]
    listing = look(f"import os; print(sorted(os.listdir({str(root)!r})))")
    assert set(eval(listing)) <= {".venv", "autograder", "utils"}


def test_system_is_read_only(look):
    for path in ("/usr/x", "/etc/x", "/x", f"{sys.prefix}/x", "/dev/x", "/proc/x"):
        assert "Error" not in look("0")
        assert (
            "denied" in (said := look(f"open({path!r}, 'w')"))
            or "Read-only" in said
            or ("No such file" in said)
        ), path


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"])
def test_there_is_no_network(look, family):
    said = look(f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)")
    assert "there is no network here" in said


@pytest.mark.parametrize(
    "call", ["unshare(0x10000000)", "mount(0, b'/', 0, 32, 0)", "ptrace(0, 0, 0, 0)"]
)
def test_system_call_is_refused(look, call):
    said = look(
        "import ctypes, os\nc = ctypes.CDLL(None, use_errno=True)\n"
        f"print(c.{call}, os.strerror(ctypes.get_errno()))"
    )
    assert said == "-1 Operation not permitted\n"


def test_subprocesses_and_threads_work(look):
    said = look(
        "import subprocess, threading\n"
        "print(subprocess.run(['echo', 'hello'], capture_output=True).stdout)\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()"
    )
    assert said == "b'hello\\n'\nthread\n"


def test_garbage_is_collected(look):
    assert look("import gc; print(gc.isenabled(), gc.get_freeze_count() > 0)") == (
        "True True\n"
    )


def test_threads_may_print_at_once(session):
    verdict = session.run(
        session.student,
        "cell",
        "import threading\n"
        "def say(n):\n"
        "    for k in range(300):\n        print('thread', n, 'says', k, flush=True)\n"
        "threads = [threading.Thread(target=say, args=(n,)) for n in range(6)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]",
    )
    assert verdict.status == "ok", verdict.outputs
    printed = "".join(o.text for o in verdict.outputs if o.output_type == "stream")
    assert printed.count("thread") == printed.count("says") == 1800


def test_filter_exists_for_both_architectures():
    for machine in lockdown.CALLS:
        program = lockdown.filter_program(machine)
        assert len(program) % 8 == 0
        numbers = lockdown.DENIED[machine].split()
        assert len(set(numbers)) == len(numbers)


def outputs_of(session, source):
    verdict = session.run(session.student, "cell", source)
    return "\n".join(str(o.get("evalue", o.get("text", ""))) for o in verdict.outputs)


LIMITS = {
    "memory of one process": (
        "x = bytearray(4 << 30)",
        "limit: 600 MB of memory",
    ),
    "memory of a tensor": (
        "import torch\nx = torch.ones(4 << 28)",
        "limit: 600 MB of memory",
    ),
    "open files": (
        "fs = [open('/dev/null') for _ in range(1000)]",
        "limit: 60 open files",
    ),
    "disk": ("open('big', 'wb').write(b'x' * (30 << 20))", "limit: 8 MB of files"),
    "processes": (
        "import os, time\nwhile True:\n    if os.fork() == 0:\n        time.sleep(60)",
        "limit: 40 processes and threads",
    ),
    "threads": (
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "limit: 40 processes and threads",
    ),
    "output": ("print('x' * 100_000_000)", "more than 64 KB in one cell"),
    "output in many pieces": (
        "for n in range(20000):\n    print('line', n)",
        "more than 64 KB in one cell",
    ),
    "output below Python": (
        "import os\nfor _ in range(100):\n    os.write(1, b'y' * 10000)",
        "more than 64 KB in one cell",
    ),
    "size of a picture": (
        "from IPython.display import Image, display\n"
        "display(Image(b'x' * 9_000_000, format='png'))",
        "more than 64 KB in one cell",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limit_says_which_it_is(session, name):
    source, message = LIMITS[name]
    said = outputs_of(session, source)
    assert message in said
    assert len(said) < 100_000


def started(zygote, limits, **changed):
    return Session(zygote, {**limits, **changed}, judged=True)


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    pass",
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass",
        "from signal import *\nsignal(SIGINT, SIG_IGN)\nwhile True:\n    pass",
        "import time\ntime.sleep(1000)",
        "while True:\n    print('x')",
        "import os\nwhile True:\n    os.write(1, b'x' * 65536)",
    ],
    ids=["loop", "swallows", "ignores", "sleeps", "prints", "writes"],
)
def test_cell_that_does_not_end(zygote, limits, source):
    session = started(zygote, limits, cell_seconds=1)
    try:
        verdict = session.run(session.student, "cell", source)
    finally:
        session.close()
    assert verdict.status == "timeout"
    assert verdict.outputs[-1].evalue == "the cell ran longer than 1 s"


def test_interrupted_process_goes_on(zygote, limits):
    session = started(zygote, limits, cell_seconds=1)
    try:
        session.run(session.student, "cell", "x = 5\nwhile True:\n    pass")
        verdict = session.run(session.student, "cell", "print(x)")
    finally:
        session.close()
    assert verdict.outputs[0].text == "5\n"


def test_submission_has_a_time_of_its_own(zygote, limits):
    session = started(zygote, limits, submission_seconds=1)
    try:
        verdict = session.run(session.student, "cell", "while True:\n    pass")
    finally:
        session.close()
    assert verdict.outputs[-1].evalue == "the notebook ran longer than 1 s in all"


def test_processor_time_is_limited(zygote, limits):
    session = started(zygote, limits, cpu_seconds=1)
    try:
        verdict = session.run(session.student, "cell", "while True:\n    pass")
    finally:
        session.close()
    assert verdict.outputs[-1].evalue.endswith(
        "it used more than 1 s of processor time"
    )


def test_memory_of_many_processes_is_limited_together(session):
    said = outputs_of(
        session,
        "import os\nfor _ in range(4):\n    if os.fork() == 0:\n"
        "        x = b'x' * (200 << 20)\n        __import__('time').sleep(60)\n"
        "os.wait()",
    )
    assert "more than 600 MB of memory: a process was ended" in said


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os\nos._exit(3)", "it ended itself with exit status 3"),
        ("import ctypes\nctypes.string_at(0)", "it was ended by signal 11"),
    ],
)
def test_dead_process_says_why(session, source, reason):
    verdict = session.run(session.student, "cell", source)
    assert verdict.status == "dead"
    assert (
        verdict.outputs[-1].evalue
        == f"the process that ran your code has ended: {reason}"
    )


def programs_below(server):
    """Names of the programs that run in the jail."""
    columns = ["ps", "-e", "-o", "pid=,ppid=,comm="]
    found = subprocess.run(columns, capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in found.stdout.splitlines()]
    below, names = [str(server.process.pid)], set()
    while below:
        parent = below.pop()
        children = [row for row in rows if row[1] == parent]
        below += [row[0] for row in children]
        names |= {row[2] for row in children}
    return names


def test_children_left_behind_end_with_the_submission(zygote, limits):
    session = started(zygote, limits)
    session.run(
        session.student,
        "cell",
        "import subprocess\n"
        "both = 'setsid sleep 100 & setsid sleep 100 &'\n"
        "subprocess.Popen(both, shell=True).wait()",
    )
    assert "sleep" in programs_below(zygote)
    session.close()
    while programs_below(zygote) - {"bwrap", "python"}:
        pass  # the kernel is still ending them; the test's time limit counts
    assert not list(cgroups.ROOT.glob(f"**/{cgroups.PREFIX}-{os.getpid()}-*"))


KILLED = """
import json, os, sys
from autograder.jail.limits import Judge
from autograder.jail.sandbox import Zygote
from autograder.judging.session import Session
import socket
zygote = Zygote([], [])
session = Session(zygote, Judge().as_limits(), judged=True)
source = "import subprocess; subprocess.Popen(['sleep', '99'])"
session.run(session.student, "cell", source)
print(zygote.process.pid, flush=True)
sys.stdin.read()
"""


def test_nothing_survives_a_killed_grader():
    grader = subprocess.Popen(
        [sys.executable, "-c", KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert grader.stdout is not None
    jail = int(grader.stdout.readline())
    handle = os.pidfd_open(jail)
    grader.send_signal(signal.SIGKILL)
    grader.communicate()
    import select

    assert select.select([handle], [], [], 30)[0]  # the jail ends by itself
    os.close(handle)
    cgroups.sweep()
    assert not list(cgroups.ROOT.glob(f"*/{cgroups.PREFIX}-{grader.pid}-*"))


def test_ordinary_user_gets_the_same_jail():
    """The same in a user namespace, where this process is not root."""
    script = (
        "import json\n"
        "from autograder.jail.limits import Judge\n"
        "from autograder.jail.sandbox import Zygote\n"
        "from autograder.judging.session import Session\n"
        "zygote = Zygote([], [])\n"
        "session = Session(zygote, Judge().as_limits(), judged=True)\n"
        "source = \"print(open('/proc/self/status').read())\"\n"
        "print(json.dumps(session.run(session.student, 'cell', source).outputs))\n"
        "for place in ('/', '/dev', '/etc', '/home', '/dev/pts', '/usr'):\n"
        '    source = f\'open("{place}/left_behind", "w")\'\n'
        "    done = session.run(session.student, 'cell', source)\n"
        "    assert done.outputs[0].ename in ('OSError', 'PermissionError'), place\n"
        "session.close(); zygote.close()\n"
    )
    command = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    found = subprocess.run(
        [*command, sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    status = json.loads(found.stdout)[0]["text"]
    facts = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert facts["Uid"].split() == ["65534"] * 4
    assert {int(facts[name], 16) for name in ("CapPrm", "CapEff", "CapBnd")} == {0}
    assert facts["Seccomp"].strip() == "2"


def test_without_bubblewrap_nothing_runs(monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(CourseError, match="install the package 'bubblewrap'"):
        Zygote([], [])


def test_another_system_is_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(sandbox, "has_fork_server", lambda: False)
    with pytest.raises(CourseError, match=r"not Linux.*other-systems.md.*--unsafe"):
        Zygote([], [])


def test_unsafe_mode_runs_without_bubblewrap(monkeypatch, limits):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    server = Zygote([], [], unsafe=True)
    session = Session(server, limits, judged=True)
    try:
        session.run(session.student, "cell", "def double(x):\n    return 2 * x")
        session.judge.send({"do": "names", "answers": ["double = 0"], "free": []})
        verdict = session.run(session.judge, "test", "assert double(4) == 8")
    finally:
        session.close()
        server.close()
    assert verdict.status == "ok", verdict.outputs


def test_module_that_is_not_installed_is_not_preloaded(limits):
    server = Zygote(["no_such_module"], [])
    server.close()
    assert server.process.returncode is not None
    assert "cell_seconds" in Judge().as_limits()


def test_grader_does_not_wait_for_a_grammar_of_addresses():
    """Loading it would take longer than all its other imports together."""
    program = "import sys, autograder.batch.grade; sys.exit('lark' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_limits_hold_where_no_cgroup_counts(limits, monkeypatch):
    """As in a container whose cgroups are read-only."""
    monkeypatch.setattr(cgroups, "ROOT", Path("/nonexistent"))
    server = Zygote([], [])
    sessions = [Session(server, limits, judged=True) for _ in range(2)]
    try:
        assert not any(s.student.process.cgroup.counts for s in sessions)
        for session in sessions:
            said = outputs_of(session, "import os; print(os.getuid())")
            if os.geteuid() == 0:  # a user of its own, whose processes count
                assert "65534" not in said
            said = outputs_of(session, LIMITS["processes"][0])
            assert "limit: 40 processes and threads" in said
            shared = "import mmap\nmaps = [mmap.mmap(-1, 100 << 20) for _ in range(20)]"
            assert "Cannot allocate memory" in outputs_of(session, shared)
    finally:
        for session in sessions:
            session.close()
        server.close()
