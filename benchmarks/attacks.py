"""Measures what hostile answer cells get out of stock nbgrader and out of this grader.

Each attack of `tests/autograder/grader/attacks` is handed in beside an honest answer of
another student, and graded by `nbgrader autograde` as nbgrader ships it, and by `course
grade`. Stock runs an attack as an ordinary program of the instructor, so each of its
runs happens in a container made by bubblewrap: another user, own processes, no network
but a loopback that plays the internet, a course in memory, a cgroup and a time limit.
What the container stops, stock has not stopped: it counts as given away.

    python benchmarks/attacks.py                 all, about half an hour
    python benchmarks/attacks.py always_equal fork_bomb
    python benchmarks/attacks.py --only ours
"""

import argparse
import ctypes
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ATTACKS = ROOT / "tests" / "autograder" / "grader" / "attacks"
CLASSES = {
    "values that lie": (
        "always_equal always_equal_array always_equal_float always_equal_integer "
        "always_equal_tensor always_true_string array_protocol decimal_places "
        "metaclass_lies object_array reflected_operators string_of_code "
        "circular_result empty_array masked_result nan_result"
    ),
    "answers to the visible cases alone": (
        "answer_by_type memoized_visible arguments_remembered inputs_printed"
    ),
    "libraries and built-ins patched": (
        "assertion_error_swallowed builtins_patched checks_code_replaced "
        "checks_patched closure_swapped import_hook modules_replaced numpy_patched "
        "torch_patched type_of_result_patched warnings_as_errors pickle_reduce"
    ),
    "IPython and the interpreter patched": (
        "ast_transformer audit_hook custom_magic event_hooks excepthook "
        "input_transformer profile_function run_cell_replaced showtraceback_silenced "
        "thread_races timer_signal trace_function"
    ),
    "endings that pass for success": (
        "exit_at_interpreter_end exit_in_the_call exit_now fork_keeps_answering "
        "generator_exit_in_the_call interrupt_turned_into_answer killed_by_signal "
        "keyboard_interrupt_in_the_call own_base_exception segmentation_fault "
        "stop_iteration_in_the_call system_exit_in_the_call"
    ),
    "forged outputs and messages": (
        "answer_forged answer_in_drops callback_forged changes_forged "
        "descriptors_sent display_forged_score displayhook_forged infinite_count "
        "names_forged negative_count nested_display nodes_forged protocol_forged "
        "protocol_garbage surrogate_text"
    ),
    "hidden tests and secrets read": (
        "callers_source cell_magic_script environment_read files_read "
        "garbage_collector history_searched locals_of_the_judge memory_scanned "
        "nested_shell open_descriptors relative_paths secret_guessed stack_inspection"
    ),
    "files planted or changed": (
        "bytecode_cache shadow_module_in_folder site_packages_written "
        "startup_files_planted"
    ),
    "ways out, other processes": (
        "daemon_left_behind host_processes kernel_interfaces limits_raised "
        "new_namespace other_call_table ptrace_parent remount root_of_other_processes "
        "setuid_programs"
    ),
    "network": (
        "abstract_sockets network_by_tools network_dns network_raw network_tcp"
    ),
    "the machine exhausted": (
        "background_flood colliding_keys descriptor_bomb disk_bomb endless_error_text "
        "fork_bomb huge_result inode_bomb interrupt_ignored memfd_bomb memory_bomb "
        "memory_bomb_swallowed nested_result output_bomb oversized_answer "
        "recursion_bomb shared_memory_bomb stdin_waits thread_bomb"
    ),
}
# classes whose attacks reach beyond their kernel: each has a container of its own
ALONE = (
    "network",
    "endings that pass for success",
    "forged outputs and messages",
    "files planted or changed",
    "ways out, other processes",
    "the machine exhausted",
)
TOKEN, SECRET = "HIDDEN-TOKEN-4711", "the-secret-of-this-course"
SETUP = (
    "import numpy as np\n"
    "from utils.checks import check_close, check_function, hidden_rng, report_visible"
)
TEST = f"""check_close(double(2), 4, name="double(2)")
assert double(2) == 4
report_visible("Task 1")
### BEGIN HIDDEN TESTS
TOKEN = "{TOKEN}"
expected = 4
for x in hidden_rng("task").integers(10, 1000, size=3):
    check_close(double(int(x)), 2 * int(x), name="double")
    assert double(int(x)) == 2 * int(x)
check_function(double, lambda x: 2 * x, [np.arange(3.0)], name="double")
### END HIDDEN TESTS"""
HONEST = "def double(x):\n    return 2 * x"
ANSWER = (
    "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
)
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "attacked"
c.Execute.timeout = 5
c.Judge.cell_seconds = 5
c.Judge.memory_mb = 1024
"""
JUDGED = """
c.Autograde.sanitize_preprocessors = [
    "autograder.judging.execute.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.judging.execute.JudgedExecute",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
UNIT, VICTIM = "ps1", "zoe"
COURSE = Path("/course")
OWN = ("utils", "autograder", "benchmarks")  # what the container has of this folder
INTERNET = ("1.1.1.1", "169.254.169.254")  # addresses that the attacks look for
USER = 64_000  # nobody's user on this machine, as whom the graders run
RIGHTS = "NET_ADMIN NET_BIND_SERVICE CHOWN SETUID SETGID DAC_OVERRIDE KILL SYS_ADMIN"
CONTAINER_MB, CONTAINER_PROCESSES, SECONDS = 3072, 500, 100
# what one answer may use before it counts as harm
MOST = {
    "memory_mb": 2048,
    "processes": 250,
    "disk_mb": 256,
    "files": 20_000,
    "output_mb": 2,
    "seconds": 60,
}


# --- inside the container -----------------------------------------------------------


def marks(name: str, **more: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": name, **more}}


def write_notebook(path: Path, answer: str, test: str) -> None:
    from nbformat import v4

    cells = [
        v4.new_code_cell(SETUP, id="setup", metadata=marks("setup", locked=True)),
        v4.new_code_cell(answer, id="answer", metadata=marks("answer", solution=True)),
        v4.new_code_cell(
            test, id="test", metadata=marks("test", grade=True, locked=True, points=1)
        ),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))


def make_template(course: Path) -> None:
    """The course before anybody has handed in, known to its gradebook."""
    (course / "nbgrader_config.py").write_text(CONFIG)
    write_notebook(course / "source" / UNIT / "task.ipynb", ANSWER, TEST)
    programs = f"{sys.prefix}/bin{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", UNIT],
        cwd=course,
        env={**os.environ, "PATH": programs},
        capture_output=True,
        check=True,
    )


def make_course(config: str, answers: dict[str, str]) -> None:
    """A course in memory with these submissions."""
    shutil.copytree(ROOT / "template", COURSE, dirs_exist_ok=True)
    (COURSE / "nbgrader_config.py").write_text(config)
    visible = TEST.partition("### BEGIN")[0]
    for student, answer in answers.items():
        path = COURSE / "submitted" / student / UNIT / "task.ipynb"
        write_notebook(path, answer, visible)
    own_everything()


def run(command: list[str]) -> int | None:
    """Run a command without rights; its status, or None if it had to be ended."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "COURSE_SECRET": SECRET}
    environment["HOME"] = "/tmp"
    with (COURSE / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=COURSE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=become_user,
        )
    try:
        return process.wait(SECONDS * (1 if len(sys.argv) < 5 else 12))
    except subprocess.TimeoutExpired:
        process.kill()
        return None


def become_user() -> None:
    """Give up root; with it go all rights."""
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


def own_everything() -> None:
    """Make what the container holds in memory the ordinary user's."""
    packages = [ROOT / name for name in OWN]
    for place in (COURSE, *packages, Path("/tmp"), Path("/dev/shm")):
        for path in (place, *place.rglob("*")):
            os.chown(path, USER, USER)
    # a jail inside needs a `/proc` of which nothing is covered
    visible = COURSE / ".proc"
    visible.mkdir()
    ctypes.CDLL(None).mount(b"proc", str(visible).encode(), b"proc", 14, None)


class Internet:
    """Listens where attacks call; counts who got through."""

    def __init__(self) -> None:
        for address in INTERNET:
            with suppress(OSError):
                command = ["ip", "address", "add", f"{address}/32", "dev", "lo"]
                subprocess.run(command, capture_output=True, check=False)
        self.calls = 0
        for kind, port in ((1, 80), (1, 53), (2, 53)):
            listener = socket.socket(socket.AF_INET, socket.SocketKind(kind))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("0.0.0.0", port))
            threading.Thread(
                target=self.listen, args=(listener, kind), daemon=True
            ).start()

    def listen(self, listener: socket.socket, kind: int) -> None:
        if kind == 1:
            listener.listen()
        while True:
            if kind == 1:
                listener.accept()[0].close()
            else:
                listener.recvfrom(2000)
            self.calls += 1


class Disk:
    """Watches how full the places get that the graded code may write to."""

    def __init__(self) -> None:
        self.most_mb, self.most_files = 0.0, 0
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        while True:
            facts = [os.statvfs(place) for place in ("/course", "/tmp", "/dev/shm")]
            used = [(f.f_blocks - f.f_bfree) * f.f_frsize / (1 << 20) for f in facts]
            self.most_mb = max(self.most_mb, sum(used))
            files = sum(f.f_files - f.f_ffree for f in facts)
            self.most_files = max(self.most_files, files)
            time.sleep(0.1)


def fingerprint() -> dict[str, str]:
    """Everything that grading must leave alone."""
    folders = [ROOT / name for name in OWN]
    folders += [COURSE / name for name in ("source", "submitted", "release")]
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def score_of(student: str) -> float | None:
    """What the gradebook says; None if the student was not graded."""
    from nbgrader.api import Gradebook, MissingEntry

    try:
        with Gradebook(f"sqlite:///{COURSE}/gradebook.db", "attacked") as gradebook:
            return float(gradebook.find_submission(UNIT, student).score)
    except (MissingEntry, Exception):
        return None


def outputs_of(student: str) -> tuple[str, str, float]:
    """What the answer's cell has shown, what the test has, and how many megabytes."""
    path = COURSE / "autograded" / student / UNIT / "task.ipynb"
    if not path.is_file():
        return "", "", 0.0
    cells = json.loads(path.read_bytes())["cells"]
    before = json.dumps([cell.get("outputs", []) for cell in cells[:-1]])
    test = [o for o in cells[-1]["outputs"] if o["output_type"] != "error"]
    texts = [[o.get("text", "") for o in cell.get("outputs", [])] for cell in cells]
    size = max(sum(len("".join(text)) for text in cell) for cell in texts)
    return before, json.dumps(test), size / (1 << 20)


def harms(student: str) -> list[str]:
    """What an attack has got, as far as its own submission tells."""
    shown, printed, size = outputs_of(student)
    found = []
    if (score_of(student) or 0) > 0:
        found.append("points")
    if any(word in shown + printed for word in (TOKEN, SECRET)):
        found.append("secret read")
    if "AssertionError" in shown or "WRITTEN" in shown or "task.ipynb" in shown:
        found.append("way out")  # what the attack itself claims about its surroundings
    if size > MOST["output_mb"]:
        found.append("output")
    return found


def inside(contender: str, names: list[str]) -> None:
    """Grade these attacks, in the container, and say what has come of it."""
    answers = {name: (Path("/attacks") / f"{name}.txt").read_text() for name in names}
    judged = contender == "ours"
    make_course(CONFIG + (JUDGED if judged else ""), {**answers, VICTIM: HONEST})
    before, internet, disk = fingerprint(), Internet(), Disk()
    started = time.monotonic()
    program = ["autograder.cli", "grade"] if judged else ["nbgrader", "autograde"]
    status = run([sys.executable, "-m", *program, UNIT])
    seconds = time.monotonic() - started
    time.sleep(0.3)
    left = [p for p in os.listdir("/proc") if p.isdigit() and p != "1"]  # noqa: PTH208
    left = [p for p in left if is_alive(p)]
    together = []
    if internet.calls:
        together.append("network")
    if left:
        together.append("processes left")
        for process in left:
            with suppress(OSError):
                os.kill(int(process), signal.SIGKILL)
    if fingerprint() != before:
        together.append("files changed")
    if disk.most_mb > MOST["disk_mb"] or disk.most_files > MOST["files"]:
        together.append("disk")
    if seconds > MOST["seconds"] * max(1, len(names) / 4) or status is None:
        together.append("time")
    if score_of(VICTIM) != 1:
        together.append("others not graded")
    report = {name: harms(name) for name in names}
    answer = {"each": report, "together": together, "seconds": round(seconds, 1)}
    answer |= {"status": status, "log": (COURSE / "log").read_text()[-1500:]}
    print(json.dumps(answer), flush=True)


def is_alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2][1] != "Z"
    except OSError:
        return False


# --- outside ------------------------------------------------------------------------


@contextmanager
def cgroup() -> Iterator[list[Path]]:
    """A cgroup around the container, where this machine has them (version 1)."""
    folders = []
    for name, setting, value in (
        ("memory", "memory.limit_in_bytes", CONTAINER_MB << 20),
        ("pids", "pids.max", CONTAINER_PROCESSES),
    ):
        folder = Path(f"/sys/fs/cgroup/{name}/course-attacks-{os.getpid()}")
        with suppress(OSError):
            folder.mkdir()
            (folder / setting).write_text(str(value))
            folders.append(folder)
    try:
        yield folders
    finally:
        for folder in folders:
            for _ in range(100):
                try:
                    folder.rmdir()
                    break
                except OSError:
                    time.sleep(0.05)


def container(packages: Path) -> list[str]:
    """The bubblewrap command line up to the program."""
    room = ["--size", str(1 << 30), "--perms", "0755"]
    command = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc"]
    command += ["--unshare-uts", "--as-pid-1", "--die-with-parent", "--new-session"]
    command += ["--clearenv", "--cap-drop", "ALL"]
    for right in RIGHTS.split():
        command += ["--cap-add", f"CAP_{right}"]
    command += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
    for name in ("bin", "lib", "lib64", "sbin"):
        command += ["--symlink", f"usr/{name}", f"/{name}"]
    command += ["--perms", "0755", "--dir", "/etc"]
    for path in ("ld.so.cache", "passwd", "group"):
        command += ["--ro-bind-try", f"/etc/{path}", f"/etc/{path}"]
    command += [*room, "--tmpfs", "/course", *room, "--tmpfs", "/tmp"]
    for parent in reversed(ROOT.parents[:-1]):
        command += ["--perms", "0755", "--dir", str(parent)]
    command += [*room, "--tmpfs", str(ROOT)]
    for folder in {Path(sys.prefix), Path(sys.base_prefix)}:
        for parent in reversed(folder.parents[:-1]):
            command += ["--perms", "0755", "--dir", str(parent)]
        command += ["--ro-bind", str(folder), str(folder)]
    command += ["--ro-bind", str(packages), "/original", "--ro-bind", str(ATTACKS)]
    command += ["/attacks", "--setenv", "PATH", f"{sys.prefix}/bin:/usr/bin:/usr/sbin"]
    command += ["--setenv", "PYTHONPATH", str(ROOT), "--setenv", "LANG", "C.UTF-8"]
    start = (
        f"cp -r /original/* {ROOT}; exec python {ROOT}/benchmarks/attacks.py inside "
    )
    return [*command, "--", "sh", "-c", start + '"$@"', "sh"]


def grade(contender: str, names: list[str], packages: Path) -> dict[str, Any]:
    """Grade attacks in a fresh container; what each got, and all of them together."""
    with cgroup() as folders:

        def join() -> None:
            for folder in folders:
                (folder / "cgroup.procs").write_text(str(os.getpid()))

        command = [*container(packages), contender, *names]
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=join,
        )
        limit = SECONDS * (2 if len(names) == 1 else 15)
        try:
            output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
        lines = [line for line in output.splitlines() if line.startswith("{")]
        each: dict[str, list[str]] = {name: [] for name in names}
        answer = {"each": each, "together": ["time"], "log": errors[-1500:]}
        if lines:
            answer = json.loads(lines[-1])
        for folder in folders:
            with suppress(OSError):
                add_peaks(folder, answer)
    return answer


def add_peaks(folder: Path, answer: dict[str, Any]) -> None:
    """Note whether the container ran into what one answer must not use."""
    if folder.parent.name == "memory":
        peak = int((folder / "memory.max_usage_in_bytes").read_text()) >> 20
        answer["memory_mb"] = peak
        if peak > MOST["memory_mb"]:
            answer["together"].append("memory")
    else:
        peak = int((folder / "pids.peak").read_text())
        answer["processes"] = peak
        if peak > MOST["processes"]:
            answer["together"].append("processes")


def copy_packages(target: Path) -> None:
    """What the container may import besides the environment: ours, and this file."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in OWN:
        shutil.copytree(ROOT / name, target / name, ignore=ignore)
    (target / "template").mkdir()
    make_template(target / "template")
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def groups(names: list[str]) -> Iterator[list[str]]:
    """What goes into one container: attacks that stay in their kernel together."""
    for title, row in CLASSES.items():
        wanted = [name for name in row.split() if name in names]
        if title in ALONE:
            yield from ([name] for name in wanted)
        else:
            yield wanted


def table(found: dict[str, dict[str, list[str]]]) -> str:
    """Both columns by class of attack."""
    lines = ["| class of attack | attacks | stock gives away | this grader |"]
    lines += ["|---|--:|---|---|"]
    totals = {"stock": 0, "ours": 0}
    count = 0
    for title, names in CLASSES.items():
        row = [name for name in names.split() if name in found["stock"]]
        if not row:
            continue
        count += len(row)
        shown = []
        for contender in ("stock", "ours"):
            columns = found[contender]
            hit = [name for name in row if columns.get(name)]
            totals[contender] += len(hit)
            kinds: dict[str, int] = {}
            for name in hit:
                for kind in columns[name]:
                    kinds[kind] = kinds.get(kind, 0) + 1
            text = ", ".join(f"{kind} {number}" for kind, number in kinds.items())
            shown.append(f"{len(hit)}: {text}" if hit else "nothing")
        lines.append(f"| {title} | {len(row)} | {shown[0]} | {shown[1]} |")
    lines.append(
        f"| **all** | **{count}** | **{totals['stock']}** | **{totals['ours']}** |"
    )
    return "\n".join(lines)


def listing(found: dict[str, list[str]]) -> str:
    """What one grader gave away, attack by attack."""
    lines = []
    for title, names in CLASSES.items():
        given = [(name, found[name]) for name in names.split() if found.get(name)]
        if given:
            words = "; ".join(f"`{name}` ({', '.join(what)})" for name, what in given)
            lines.append(f"- {title}: {words}")
    return "\n".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["inside"]:
        inside(sys.argv[2], sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="attacks (default: all)")
    parser.add_argument("--only", choices=("stock", "ours"))
    parser.add_argument("--json", type=Path, help="keep and continue the figures here")
    parser.add_argument("--seconds", type=float, default=3600, help="stop after these")
    options = parser.parse_args()
    classified = [name for names in CLASSES.values() for name in names.split()]
    there = sorted(path.stem for path in ATTACKS.glob("*.txt"))
    if sorted(classified) != there:
        sys.exit(f"not classified once: {set(classified) ^ set(there)}")
    names = options.names or there
    found: dict[str, dict[str, list[str]]] = {"stock": {}, "ours": {}}
    if options.json and options.json.is_file():
        found |= json.loads(options.json.read_text())
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "packages"
        packages.mkdir()
        Path(folder).chmod(0o755)
        copy_packages(packages)
        until = time.monotonic() + options.seconds
        if options.only != "stock" and not found["ours"]:
            answer = grade("ours", names, packages)
            for name in names:
                found["ours"][name] = answer["each"][name] + answer["together"]
            print("ours:", {key: answer[key] for key in answer if key != "each"})
        for group in groups(names) if options.only != "ours" else []:
            group = [name for name in group if name not in found["stock"]]
            if not group or time.monotonic() > until:
                continue
            answer = grade("stock", group, packages)
            for name in group:
                found["stock"][name] = answer["each"][name] + answer["together"]
                print(f"{name}: {', '.join(found['stock'][name]) or 'nothing'}")
            print({k: answer.get(k) for k in ("seconds", "memory_mb", "processes")})
            sys.stdout.flush()
            if options.json:
                options.json.write_text(json.dumps(found, indent=1) + "\n")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    print(table(found), listing(found["stock"]), sep="\n\n")


if __name__ == "__main__":
    main()
