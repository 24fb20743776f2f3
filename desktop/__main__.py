"""The command `voordeur`: without a command the window, with one the same services on the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; returns the exit code of exchange section 4."""
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
