"""Printing on Linux: a whole PDF handed to CUPS at once, which says whether it takes it.

Painting page by page, as elsewhere, will not do there: Qt passes over what CUPS answers when a printer is gone or
refuses, and a job that is given up half-way is printed as far as it came (`QCupsPrintEnginePrivate::closePrintDevice`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from db.errors import KnownError

SERVES = sys.platform == "linux"
_ANSWERS_WITHIN = 60
"""Seconds in which a print service takes a job."""


def can_print() -> bool:
    """Whether the program is there that hands jobs over."""
    return shutil.which("lp") is not None


def hand_over(pdf: bytes, name: str, *, two_sided: bool) -> None:
    """Let the printer with that name print it in its own size; nothing of it is written on the disk by us.

    Raises:
        KnownError: PRINTER_WEG when it was not taken as a whole.
    """
    program = shutil.which("lp")
    if program is None:
        raise KnownError("PRINTER_WEG")
    sides = "two-sided-long-edge" if two_sided else "one-sided"
    # The title, which others see in the queue, tells nothing about anybody.
    asked = [program, "-d", name, "-t", "Voordeur", "-o", f"sides={sides}", "-o", "print-scaling=none", "--", "-"]
    try:
        answer = subprocess.run(  # noqa: S603  # a program of the system, without a shell
            asked, input=pdf, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_ANSWERS_WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KnownError("PRINTER_WEG") from error
    if answer.returncode:
        raise KnownError("PRINTER_WEG")
