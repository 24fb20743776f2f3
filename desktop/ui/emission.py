"""Keeps the process alive under a fault of PySide6: each `emit` gives away a reference to True that it never took.

Measured with PySide6 6.12.0 on CPython 3.11: every emission from Python lowers the count of True by one, and after
some thousands of signals the interpreter aborts (`bool_dealloc`). From Python 3.12 on True is immortal (PEP 683).
"""

from __future__ import annotations

import sys

_SPARE = 1 << 30
"""References that nobody will ever give back; a day of work emits some tens of thousands of signals."""


def keep_true_alive() -> None:
    """Give True references to spare, once per process; does nothing where True is immortal."""
    if sys.version_info < (3, 12) and sys.getrefcount(True) < _SPARE:
        import ctypes

        # ob_refcnt is the first field of every object in CPython (Include/object.h).
        ctypes.c_ssize_t.from_address(id(True)).value += _SPARE
