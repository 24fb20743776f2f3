"""Places that really have no room, or really refuse: of root a small file system, of anybody a limit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform != "win32":
    import resource


@contextmanager
def mounted(folder: Path, *how: str) -> Iterator[Path]:
    """Something mounted on that path, as `mount` is told; skips where that may not be."""
    if subprocess.run(["mount", *how, str(folder)], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of one megabyte; only root can make one."""
    folder.mkdir()
    with mounted(folder, "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        yield folder


@contextmanager
def limited(size: int) -> Iterator[None]:
    """For a while no file of this process grows beyond that many bytes: the system cuts a write off there."""
    if sys.platform == "win32":
        pytest.skip("there is no such limit here")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
