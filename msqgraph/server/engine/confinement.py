"""What a worker process takes from itself before it sees a query of a stranger: the network, and endless memory.

SERVICE is refused by parsing; without sockets, a query that got past the parser could reach no server either.
Both are Linux's: elsewhere the process keeps what it has, and the parser and the time limit are what protects.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import struct
import sys
from pathlib import Path

_AUDIT_ARCHITECTURE_AND_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # instructions of linux/bpf_common.h
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000  # linux/seccomp.h
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """``struct sock_fprog``: a filter of system calls."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def deny_sockets() -> bool:
    """Whether from now on this thread, and all that it starts, get EACCES when they open a socket.

    Sockets that are open already go on working. False where the system has no such filter.
    """
    known = _AUDIT_ARCHITECTURE_AND_SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, socket_call = known
    code = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (_LOAD_WORD, 0, 0, _ARCHITECTURE_AT),
            (_JUMP_IF_EQUAL, 0, 2, architecture),
            (_LOAD_WORD, 0, 0, _NUMBER_AT),
            (_JUMP_IF_EQUAL, 1, 0, socket_call),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _ERRNO | errno.EACCES),
        )
    )
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None).prctl
    return not (
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        or prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    )


def limit_memory(mib: int) -> bool:
    """Whether from now on this process cannot have more than so many MiB of data above what it has.

    An allocation beyond ends it (SIGABRT); that is what the Rust and C++ libraries of the store do without memory.
    Can be called again, when what the process has by then is its own and no query's.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (now_kib,) = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData:"))
    most = (now_kib << 10) + (mib << 20)
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    return True


def peak_mib() -> int:
    """The most memory that this process ever had in use at once."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> (20 if sys.platform == "darwin" else 10)
