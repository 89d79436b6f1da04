"""What a forked process gives up before it runs anything that a learner wrote.

The fork server runs in a bubblewrap jail with a few capabilities left. Each of its
children enters namespaces of its own, covers what it could share with others, sets its
limits, becomes nobody, drops every capability and installs a system call filter. The
order matters: each step needs a right that a later step gives up.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
from pathlib import Path
from typing import Any

HOME = "/home/student"
COVERED = (HOME, "/tmp", "/dev/shm")
NOBODY = 65534
OWN_USERS = range(60_000, 65_000)  # where no cgroup counts: a user for each process

NEW_MOUNTS, NEW_UTS, NEW_IPC = 0x20000, 0x4000000, 0x8000000
NEW_USER, NEW_PID, NEW_NET = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SETUID, NO_DEVICES, NO_EXECUTE = 1, 2, 4, 8
REMOUNT, BIND, RECURSIVE, PRIVATE = 0x20, 0x1000, 0x4000, 1 << 18
KEPT_OPTIONS = {  # a remount has to name them again
    "nosuid": NO_SETUID,
    "nodev": NO_DEVICES,
    "noexec": NO_EXECUTE,
    "noatime": 1 << 10,
    "nodiratime": 1 << 11,
    "relatime": 1 << 21,
}

SET_DEATH_SIGNAL, DROP_BOUNDING, AMBIENT, NO_NEW_PRIVILEGES, SECCOMP = 1, 24, 47, 38, 22
LAST_CAPABILITY = 40

# System calls that no exercise needs: those that have opened jails before, and those
# that give memory which no limit of a process counts.
DENIED = {
    "x86_64": (
        "29 101 103 134 153 154 155 156 159 161 163 164 165 166 167 168 169 170 171 "
        "172 173 175 176 179 227 237 238 246 248 249 250 256 272 279 298 300 303 304 "
        "305 308 310 311 312 313 319 320 321 323 425 426 427 428 429 430 431 432 433 "
        "438 442 447"
    ),
    "aarch64": (
        "39 40 41 51 58 60 89 97 104 105 106 112 116 117 142 161 162 170 171 194 217 "
        "218 219 224 225 235 237 238 239 241 262 264 265 266 268 270 271 272 273 279 "
        "280 282 294 425 426 427 428 429 430 431 432 433 438 442 447"
    ),
}
# architecture → its audit number, clone, socket, clone3
CALLS = {
    "x86_64": (0xC000003E, 56, 41, 435),
    "aarch64": (0xC00000B7, 220, 198, 435),
}

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones."""
    _check(libc.unshare(flags), "unshare")


def mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str = ""
) -> None:
    """mount(2)."""
    encoded = [None if text is None else text.encode() for text in (source, kind)]
    _check(
        libc.mount(
            encoded[0],
            target.encode(),
            encoded[1],
            ctypes.c_ulong(flags),
            options.encode() or None,
        ),
        f"mount {target}",
    )


def enter_namespaces() -> None:
    """Leave the fork server's namespaces; the next fork is process 1 of its own."""
    unshare(NEW_MOUNTS | NEW_PID | NEW_NET | NEW_IPC | NEW_UTS)


def cover_shared_places(disk_mb: int, owner: int) -> None:
    """Give this mount namespace an empty home, `/tmp` and `/dev/shm`, and its own
    `/proc`, so that nothing of another submission can be seen or left behind.

    What the outer jail has mounted below these places, for example Python's packages
    where a course lies under `/tmp`, is put back on top of the emptiness.
    """
    mount(None, "/", None, RECURSIVE | PRIVATE)
    kept = {point: os.open(point, os.O_PATH) for point in _mounted_below(COVERED)}
    for place in COVERED:
        options = f"size={disk_mb}m,nr_inodes=20000,mode=0700,uid={owner},gid={owner}"
        mount("tmpfs", place, "tmpfs", NO_SETUID | NO_DEVICES, options)
    for point, descriptor in kept.items():
        Path(point).mkdir(parents=True, exist_ok=True)
        mount(f"/proc/self/fd/{descriptor}", point, None, BIND | RECURSIVE)
        os.close(descriptor)
    close_the_rest()
    flags = NO_SETUID | NO_DEVICES | NO_EXECUTE | READ_ONLY
    try:
        mount("proc", "/proc", "proc", flags)
    except PermissionError:  # some kernels refuse it in a user namespace: hide it
        mount("tmpfs", "/proc", "tmpfs", READ_ONLY, "size=4k")


def close_the_rest() -> None:
    """Make every other place read-only, above all what bubblewrap holds in memory.

    In a user namespace with a single user, its folders (`/`, `/etc`, `/dev`) belong to
    nobody as well, and all submissions share them.
    """
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        point, options = line.split()[4:6]
        place = point.replace("\\040", " ")
        kept = any(f"{place}/".startswith(f"{own}/") for own in (*COVERED, "/proc"))
        if kept or "rw" not in options.split(",") or not Path(place).is_dir():
            continue
        flags = sum(KEPT_OPTIONS.get(word, 0) for word in options.split(","))
        mount(None, place, None, flags | REMOUNT | BIND | READ_ONLY)


def _mounted_below(places: tuple[str, ...]) -> list[str]:
    """The mount points below these places, outer ones first."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    points = {line.split()[4].replace("\\040", " ") for line in lines}
    return sorted(p for p in points if any(p.startswith(f"{q}/") for q in places))


def set_limits(limits: dict[str, int], *, counted: bool = True) -> None:
    """Bound what this process may use; its cgroup bounds it once more, from outside.

    Args:
        limits: the numbers.
        counted: whether there is such a cgroup. If not, the address space is bounded
            too: memory that is shared counts for no other limit of a process.
    """
    memory = limits["memory_mb"] << 20
    disk = limits["disk_mb"] << 20
    seconds = limits["cpu_seconds"]
    wanted: dict[int, tuple[int, int]] = {
        resource.RLIMIT_DATA: (memory, memory),
        resource.RLIMIT_FSIZE: (disk, disk),
        resource.RLIMIT_NOFILE: (limits["open_files"], limits["open_files"]),
        resource.RLIMIT_CPU: (seconds, seconds),
        resource.RLIMIT_CORE: (0, 0),
    }
    if not counted:
        most = memory + _address_space()
        wanted[resource.RLIMIT_AS] = (most, most)
    for name, pair in wanted.items():
        resource.setrlimit(name, pair)


def _address_space() -> int:
    """How many bytes of addresses this process has in use, most without memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def become_nobody(processes: int, own_proc: int | None, user: int = NOBODY) -> None:
    """Drop the user, every capability and the way back.

    Args:
        processes: the limit, where no cgroup can count them.
        own_proc: this process in `/proc`, if nobody must first be mapped.
        user: whom to become; another one than nobody has processes counted by user.
    """
    if own_proc is not None:
        _map_to_nobody(own_proc)
        os.close(own_proc)
        resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    libc.prctl(AMBIENT, 4, 0, 0, 0)
    if own_proc is None:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(user, user, user)
        if user != NOBODY:
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    header = struct.pack("Ii", 0x20080522, 0)
    _check(libc.capset(header, bytes(24)), "capset")
    _check(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no_new_privs")


def has_nobody() -> bool:
    """Whether there is a user nobody to become; a small user namespace has none."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    ranges = [[int(number) for number in line.split()] for line in lines]
    return any(first <= NOBODY < first + count for first, _, count in ranges)


def _map_to_nobody(own_proc: int) -> None:
    """In a user namespace with a single user, call that user nobody."""
    unshare(NEW_USER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} 0 1"),
        ("gid_map", f"{NOBODY} 0 1"),
    ):
        table = os.open(name, os.O_WRONLY, dir_fd=own_proc)
        os.write(table, text.encode())
        os.close(table)


def filter_program(machine: str) -> bytes:
    """The system call filter of an architecture, as classic BPF instructions.

    It answers "not permitted" to the calls in `DENIED` and to `clone` with a namespace
    flag, "no such call" to `clone3` (whose flags a filter cannot read; the C library
    then falls back to `clone`), and lets only UNIX sockets be made.
    """
    audit, clone, socket, clone3 = CALLS[machine]
    load, equal, at_least, any_bit, give = 0x20, 0x15, 0x35, 0x45, 0x06
    refuse, allow, kill = 0x50000, 0x7FFF0000, 0x80000000
    code = [(load, 0, 0, 4), (equal, 1, 0, audit), (give, 0, 0, kill), (load, 0, 0, 0)]
    if machine == "x86_64":  # the x32 table of calls is another way in
        code += [(at_least, 0, 1, 0x40000000), (give, 0, 0, kill)]
    code += [(equal, 0, 1, clone3), (give, 0, 0, refuse | errno.ENOSYS)]
    for number in map(int, DENIED[machine].split()):
        code += [(equal, 0, 1, number), (give, 0, 0, refuse | errno.EPERM)]
    code += [(equal, 0, 4, clone), (load, 0, 0, 16), (any_bit, 0, 1, 0x7E020000)]
    code += [(give, 0, 0, refuse | errno.EPERM), (load, 0, 0, 0)]
    code += [(equal, 0, 3, socket), (load, 0, 0, 16), (equal, 1, 0, 1)]
    code += [(give, 0, 0, refuse | errno.EAFNOSUPPORT), (give, 0, 0, allow)]
    return b"".join(struct.pack("HBBI", *line) for line in code)


def install_filter() -> None:
    """Install the system call filter; it holds for every child as well."""
    machine = platform.machine()
    if machine not in CALLS:
        raise OSError(f"there is no system call filter for {machine} processors")
    program = filter_program(machine)
    buffer = ctypes.create_string_buffer(program)

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    whole = Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _check(libc.prctl(SECCOMP, 2, ctypes.byref(whole), 0, 0), "seccomp")


def lock_down(limits: dict[str, Any], *, counted: bool = True, number: int = 0) -> None:
    """Everything above, in order, for process 1 of fresh namespaces.

    Args:
        limits: what it may use.
        counted: whether a cgroup counts memory and processes.
        number: of this process among those of its fork server.
    """
    nobody = has_nobody()
    own_proc = None if nobody else os.open("/proc/self", os.O_PATH)
    user = NOBODY if counted else OWN_USERS[number % len(OWN_USERS)]
    cover_shared_places(limits["disk_mb"], user if nobody else 0)
    os.chdir(HOME)
    set_limits(limits, counted=counted)
    become_nobody(limits["processes"], own_proc, user)
    # a change of user clears the signal that ends this process with its parent
    _check(libc.prctl(SET_DEATH_SIGNAL, 9, 0, 0, 0), "death signal")
    install_filter()
