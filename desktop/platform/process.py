"""Hardening of this process at its start: no core dumps, no looking in from beside, no library from elsewhere.

It raises the cost for programs of the same user and keeps keys out of crash reports; it is no protection
against whoever controls the account (security design, actor T5). The measures are those of KeePassXC's
`Bootstrap.cpp`, as far as documented calls exist for them.
"""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4  # prctl(2)
_PT_DENY_ATTACH = 31  # ptrace(2) of macOS
# SetErrorMode: no dialog for critical errors, crashes and missing files; the crash dialog is our own.
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX, _SEM_NOOPENFILEERRORBOX = 0x0001, 0x0002, 0x8000
_LOAD_LIBRARY_SEARCH_DEFAULT_DIRS = 0x1000  # the program's own folder, System32 and added folders
_WER_FAULT_REPORTING_FLAG_NOHEAP = 1  # error reports of Windows without the heap


def harden() -> tuple[str, ...]:
    """Apply every measure this system knows; the names of those that it refused, empty when all is well.

    To be called once, before anything secret is in memory and before a window or thread exists. New files are
    the owner's alone from then on (umask 077). Never raises: a refused measure is something to report, not a
    reason to refuse work.
    """
    os.umask(0o077)
    return tuple(name for name, succeeded in _measures().items() if not succeeded)


if sys.platform == "win32":

    def _measures() -> dict[str, bool]:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.SetErrorMode.argtypes = [ctypes.c_uint]
        kernel.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX | _SEM_NOOPENFILEERRORBOX)
        kernel.SetDllDirectoryW.argtypes = [ctypes.c_wchar_p]
        kernel.SetDefaultDllDirectories.argtypes = [ctypes.c_uint32]
        kernel.WerSetFlags.argtypes = [ctypes.c_uint32]
        kernel.WerSetFlags.restype = ctypes.c_long
        return {
            # An empty name takes the current folder out of the search order.
            "SetDllDirectory": bool(kernel.SetDllDirectoryW("")),
            "SetDefaultDllDirectories": bool(kernel.SetDefaultDllDirectories(_LOAD_LIBRARY_SEARCH_DEFAULT_DIRS)),
            "WerSetFlags": kernel.WerSetFlags(_WER_FAULT_REPORTING_FLAG_NOHEAP) == 0,
        }

else:

    def _measures() -> dict[str, bool]:
        measures = {"RLIMIT_CORE": _no_core_dumps()}
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
            measures["PR_SET_DUMPABLE"] = libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
        elif sys.platform == "darwin":
            libc.ptrace.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
            measures["PT_DENY_ATTACH"] = libc.ptrace(_PT_DENY_ATTACH, 0, None, 0) == 0
        return measures

    def _no_core_dumps() -> bool:
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        except (OSError, ValueError):
            return False
        return True
