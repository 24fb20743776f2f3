"""The folder of a vault: private, local and nobody else's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from db.errors import KnownError
from desktop.platform.folders import default_vault_folder, is_network_mount, private_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are of POSIX")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_new_folder_is_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = private_folder(tmp_path / "a" / "kluis")
    finally:
        os.umask(before)
    assert made == (tmp_path / "a" / "kluis").resolve()
    assert mode(made) == 0o700


@posix
@pytest.mark.parametrize("inside", [None, "sleutels.a", "kluis.db"])
def test_open_folder_that_is_empty_or_holds_a_vault_is_closed(tmp_path: Path, inside: str | None) -> None:
    folder = tmp_path / "kluis"
    folder.mkdir()
    folder.chmod(0o755)
    if inside:
        (folder / inside).touch()
    private_folder(folder)
    assert mode(folder) == 0o700


@posix
def test_folder_with_something_else_keeps_its_own_rights(tmp_path: Path) -> None:
    (tmp_path / "vakantie.jpg").touch()
    tmp_path.chmod(0o755)
    assert private_folder(tmp_path) == tmp_path.resolve()
    assert mode(tmp_path) == 0o755


@posix
@pytest.mark.parametrize("target", ["elders", "weg"])
def test_link_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "elders").mkdir()
    (tmp_path / "kluis").symlink_to(tmp_path / target)
    with pytest.raises(KnownError, match="MAP_IS_KOPPELING"):
        private_folder(tmp_path / "kluis")
    assert not (tmp_path / "weg").exists()


@posix
def test_link_higher_up_gives_the_real_path(tmp_path: Path) -> None:
    (tmp_path / "schijf").mkdir()
    (tmp_path / "thuis").symlink_to(tmp_path / "schijf")
    assert private_folder(tmp_path / "thuis" / "kluis") == (tmp_path / "schijf" / "kluis").resolve()


@posix
def test_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    folder = Path("/usr")  # of root, for everyone else
    if os.geteuid() == 0:
        folder = tmp_path / "kluis"
        folder.mkdir()
        os.chown(folder, 12_345, -1)
    with pytest.raises(KnownError, match="MAP_VAN_ANDER"):
        private_folder(folder)


@pytest.mark.parametrize("below", ["", "kluis"])
def test_file_in_the_way_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(KnownError, match="MAP_IS_GEEN_MAP"):
        private_folder(tmp_path / "bestand" / below)


@pytest.mark.parametrize("name", ["OneDrive - Gemeente", "Dropbox", "nextcloud"])
def test_folder_that_is_synchronised_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError, match="MAP_WORDT_GESYNCHRONISEERD"):
        private_folder(tmp_path / name / "kluis")
    assert not (tmp_path / name).exists()


def test_folder_that_is_synchronised_is_refused_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "bestanden"))
    with pytest.raises(KnownError, match="MAP_WORDT_GESYNCHRONISEERD"):
        private_folder(tmp_path / "bestanden" / "kluis")


MOUNTS = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /home rw shared:5 - nfs4 server:/home rw
31 30 254:1 / /home/lokaal rw - xfs /dev/vdb rw
32 22 0:31 / /mnt/De\040schijf rw - cifs //server/deel rw
33 22 0:40 / /media/ssh rw - fuse.sshfs piet@server:/ rw
34 22 0:41 / /media/stick rw - fuseblk /dev/sdb1 rw
35 22 0:42 / /media/appimage rw - fuse.squashfuse image rw
36 22 254:3 / /srv rw - ext4 /dev/vdc rw
37 36 0:43 / /srv rw - 9p host rw""".splitlines()


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/opt", False),
        ("/home/a/kluis", True),
        ("/home/lokaal/a", False),
        ("/homestead", False),
        ("/mnt/De schijf/a", True),
        ("/media/ssh/a", True),
        ("/media/stick/a", False),
        ("/media/appimage", False),
        ("/srv/a", True),
    ],
)
@posix
def test_mounts_of_other_machines_are_recognised(folder: str, *, network: bool) -> None:
    assert is_network_mount(Path(folder), MOUNTS) is network


def test_default_folder_is_per_user_and_named_after_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = default_vault_folder()
    assert folder.parts[-2:] == ("voordeur", "kluis")
    assert not folder.exists()
    if sys.platform == "linux":
        assert folder.is_relative_to(tmp_path)
