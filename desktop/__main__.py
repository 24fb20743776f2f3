"""The command `voordeur`: without a command the window, with one the same services on the command line."""

from __future__ import annotations

import sys

from desktop.platform.process import harden


def main() -> int:
    """Run the program; returns the exit code of exchange section 4."""
    harden()
    if len(sys.argv) == 1:
        # The window is painted before anything else is loaded: what it does not need yet, it does not import.
        from desktop.app import show_window

        return show_window()
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
