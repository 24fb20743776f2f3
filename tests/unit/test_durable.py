"""Small files that are replaced as a whole, or stay as they were."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.durable import disk_error, read_small_file, replaced, write_durably
from db.errors import KnownError
from tests import disks


def test_content_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    write_durably(path, b"oud")
    write_durably(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"
    assert list(tmp_path.iterdir()) == [path]


def test_orphan_of_a_crash_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "bestand.tmp").write_bytes(b"half")
    write_durably(tmp_path / "bestand", b"heel")
    assert list(tmp_path.iterdir()) == [tmp_path / "bestand"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_link_put_in_the_way_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "slachtoffer"
    victim.write_bytes(b"blijft")
    (tmp_path / "bestand.tmp").symlink_to(victim)
    write_durably(tmp_path / "bestand", b"inhoud")
    assert victim.read_bytes() == b"blijft"


def test_failed_write_leaves_the_old_content_and_no_orphan(tmp_path: Path) -> None:
    path = tmp_path / "map"
    path.mkdir()
    (path / "erin").touch()
    with pytest.raises(KnownError):  # a folder with something in it cannot be replaced by a file
        write_durably(path, b"inhoud")
    assert [entry.name for entry in tmp_path.iterdir()] == ["map"]


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere an open file can be replaced")
def test_file_that_is_open_elsewhere_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"old")
    with path.open("rb"), pytest.raises(KnownError, match="BESTAND_OPEN"):
        write_durably(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a file can be held by mounting it")
def test_a_file_that_is_held_stays_and_is_said_to_be(tmp_path: Path) -> None:
    """What Linux says of it is what it says of a file on a share that is open elsewhere."""
    first, held, content = tmp_path / "lijst.pdf", tmp_path / "brief.pdf", tmp_path / "inhoud"
    for path in (first, held, content):
        path.write_bytes(b"old")
    with disks.mounted(held, "--bind", str(content)):
        with pytest.raises(KnownError, match="BESTAND_OPEN"):
            write_durably(held, b"new")
        with pytest.raises(KnownError, match="BESTAND_OPEN"), replaced((first, b"new"), (held, b"new")):
            pytest.fail("what is done within must not be done")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("lijst.pdf", "brief.pdf", "inhoud"), b"old"
    )


def test_files_that_belong_together_are_all_written_or_none(tmp_path: Path) -> None:
    old, new = tmp_path / "oud.pdf", tmp_path / "nieuw.pdf"
    old.write_bytes(b"old")
    with pytest.raises(KnownError), replaced((old, b"new"), (tmp_path / "weg" / "bestand", b"new")):
        pytest.fail("what is done within must not be done")
    with pytest.raises(ZeroDivisionError), replaced((old, b"new"), (new, b"new")):
        _ = 1 / (old.read_bytes() != b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"oud.pdf": b"old"}
    with replaced((old, b"new"), (new, b"new")):
        pass
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"oud.pdf": b"new", "nieuw.pdf": b"new"}


def test_missing_folder_is_told_with_its_number_and_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as error:
        write_durably(tmp_path / "weg" / "bestand", b"inhoud")
    assert str(error.value) == f"SCHIJF_FOUT (errno={errno.ENOENT})"


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_write_that_the_system_cuts_off_leaves_the_old_content(tmp_path: Path) -> None:
    """A file size limit makes the kernel refuse the second half of a write, as a full disk does."""
    path = tmp_path / "bestand"
    path.write_bytes(b"oud")
    program = (
        "import resource, signal, sys; from pathlib import Path; from db.durable import write_durably\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_durably(Path(sys.argv[1]), b'x' * 10_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SCHIJF_VOL" in done.stderr
    assert path.read_bytes() == b"oud"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "SCHIJF_VOL"),
        (errno.EDQUOT, "SCHIJF_VOL"),
        (errno.EACCES, "GEEN_SCHRIJFRECHT"),
        (errno.EROFS, "GEEN_SCHRIJFRECHT"),
        (errno.EIO, "SCHIJF_FOUT"),
    ],
)
def test_each_disk_error_has_its_code(number: int, code: str) -> None:
    assert disk_error(OSError(number, os.strerror(number), "/home/iemand/kluis")).code == code


def test_file_over_the_limit_missing_or_not_ordinary_reads_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    path.write_bytes(b"x" * 11)
    assert read_small_file(path, 11) == b"x" * 11
    assert read_small_file(path, 10) is None
    assert read_small_file(tmp_path, 10) is None
    assert read_small_file(tmp_path / "weg", 10) is None
