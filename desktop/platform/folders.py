"""Where a vault lives: a folder of this person alone, on a disk of this machine."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from db.errors import KnownError

_APPLICATION: Final = "voordeur"
_VAULT_FOLDER: Final = "kluis"
_OURS: Final = ("sleutels.a", "sleutels.b", "kluis.db", "kluis.lock")
_REPARSE_POINT = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: links, junctions and files that live in a cloud
_DRIVE_REMOTE = 4  # GetDriveTypeW
_MNT_LOCAL = 0x1000  # statfs(2) of macOS
# File systems where another machine can write too: WAL needs memory that all writers share.
_NETWORK: Final = frozenset(
    {"9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs"}
    | {"nfs4", "ocfs2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav"}
)
_NETWORK_IN_USERSPACE: Final = (
    *("sshfs", "rclone", "s3fs", "davfs", "onedrive", "gvfsd", "google", "curlftpfs", "glusterfs", "cephfs"),
    *("vmhgfs", "kio", "dropbox"),
)
_SYNCED_NAMES: Final = ("onedrive", "dropbox", "google drive", "nextcloud", "owncloud", "mobile documents")
_SYNCED_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def default_vault_folder() -> Path:
    """The folder for this person's vault: `%LOCALAPPDATA%`, `~/Library/Application Support` or XDG data.

    Only the name: nothing is made. Never the roaming profile of Windows, which is copied over the network.
    """
    return user_data_path(_APPLICATION, appauthor=False, roaming=False) / _VAULT_FOLDER


def private_folder(path: Path) -> Path:
    """Make `path` a folder that only this person can enter (0700), and give its real path.

    A new folder is made; one that is empty or holds a vault is closed to others. A folder with something else
    in it keeps its own rights: the vault's files are the owner's alone wherever they stand. Raises KnownError
    MAP_IS_KOPPELING (a link or junction), MAP_IS_GEEN_MAP, MAP_VAN_ANDER (of another user), MAP_OP_NETWERK or
    MAP_WORDT_GESYNCHRONISEERD as far as that can be seen, or GEEN_SCHRIJFRECHT.
    """
    path = path.absolute()
    try:
        _refuse_link(path)
        real = path.resolve()
        _refuse_shared_storage(real)
        real.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = real.lstat()
        if sys.platform != "win32" and status.st_uid != os.geteuid():
            raise KnownError("MAP_VAN_ANDER")
        present = {entry.name for entry in real.iterdir()}
        shared = bool(present) and present.isdisjoint(_OURS)
        if not shared and sys.platform != "win32" and stat.S_IMODE(status.st_mode) != stat.S_IRWXU:
            real.chmod(stat.S_IRWXU)
    except (FileExistsError, NotADirectoryError) as error:
        raise KnownError("MAP_IS_GEEN_MAP") from error
    except OSError as error:
        raise KnownError("GEEN_SCHRIJFRECHT") from error
    return real


def _refuse_link(path: Path) -> None:
    try:
        status = path.lstat()
    except OSError:
        return  # not there yet, which is the usual case
    attributes: int = getattr(status, "st_file_attributes", 0)
    if stat.S_ISLNK(status.st_mode) or attributes & _REPARSE_POINT:
        raise KnownError("MAP_IS_KOPPELING")


def _refuse_shared_storage(real: Path) -> None:
    nearest = next(folder for folder in (real, *real.parents) if folder.exists() or folder == folder.parent)
    if _on_network(nearest):
        raise KnownError("MAP_OP_NETWERK")
    synced = [Path(value) for name in _SYNCED_VARIABLES if (value := os.environ.get(name))]
    if any(real.is_relative_to(folder) for folder in synced) or any(
        part.casefold().startswith(_SYNCED_NAMES) for part in real.parts
    ):
        raise KnownError("MAP_WORDT_GESYNCHRONISEERD")


if sys.platform == "win32":

    def _on_network(folder: Path) -> bool:
        """Whether a folder is on a network drive, or named by a UNC path."""
        import ctypes

        if folder.drive.startswith("\\\\"):
            return True
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetDriveTypeW.argtypes = [ctypes.c_wchar_p]
        return bool(kernel.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)

elif sys.platform == "darwin":

    def _on_network(folder: Path) -> bool:
        """Whether mount(8) does not call the file system of a folder local."""
        import ctypes

        # struct statfs with 64-bit inodes: f_flags stands at byte 64 of 2168 (sys/mount.h).
        libc = ctypes.CDLL(None, use_errno=True)
        # On Intel the plain name still has the older struct behind it.
        statfs = getattr(libc, "statfs$INODE64", None) or libc.statfs
        buffer = ctypes.create_string_buffer(4096)
        if statfs(os.fsencode(folder), buffer) != 0:
            return False
        return not ctypes.c_uint32.from_buffer(buffer, 64).value & _MNT_LOCAL

else:

    def _on_network(folder: Path) -> bool:
        """Whether the mount that a folder belongs to is of a network file system, by /proc (proc(5))."""
        try:
            lines = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
        except OSError:
            return False
        return is_network_mount(folder, lines)


def is_network_mount(folder: Path, mountinfo: list[str]) -> bool:
    """Whether the lines of mountinfo (proc(5)) put `folder` on a network file system."""
    best, kind = Path("/"), ""
    for line in mountinfo:
        before, _, after = line.partition(" - ")
        mounted = Path(_unescape(before.split(" ")[4]))
        # A later line hides an earlier one on the same folder.
        if folder.is_relative_to(mounted) and len(mounted.parts) >= len(best.parts):
            best, kind = mounted, after.split(" ")[0]
    name, _, program = kind.partition(".")
    return name in _NETWORK or program.casefold().startswith(_NETWORK_IN_USERSPACE)


def _unescape(text: str) -> str:
    # mountinfo writes space, tab, newline and backslash as three octal digits.
    for code in ("040", "011", "012", "134"):
        text = text.replace(f"\\{code}", chr(int(code, 8)))
    return text
