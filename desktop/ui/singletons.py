"""Keeps the process alive on Python 3.11: PySide6 gives away references to None and True that it never took.

Measured with PySide6 6.12.0 on CPython 3.11: every call into Qt that answers None, and every `emit`, lowers the
count of None or True by one. They are returned as if they were immortal, which they are from Python 3.12 on
(PEP 683); before, the interpreter aborts after some tens of thousands of calls (`none_dealloc`, `bool_dealloc`).
"""

from __future__ import annotations

import sys

_SPARE = sys.maxsize // 4
"""References that nobody will ever give back: enough for centuries of calls."""


def keep_alive() -> None:
    """Give None, True and False references to spare, once per process; does nothing where they are immortal."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < _SPARE:
            # ob_refcnt is the first field of every object in CPython (Include/object.h).
            ctypes.c_ssize_t.from_address(id(singleton)).value += _SPARE
