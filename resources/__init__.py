"""Files that belong to the program, and typed access to them."""

from __future__ import annotations

from importlib.resources import files


def read_text(name: str) -> str:
    """The text of a resource, named by its path below this folder: `rules/signalen.toml`.

    Raises:
        FileNotFoundError: when there is none; then the program is not whole.
    """
    return files(__name__).joinpath(name).read_text("utf-8")


def read_bytes(name: str) -> bytes:
    """A resource as it stands, named by its path below this folder: `icc/srgb.icc`.

    Raises:
        FileNotFoundError: when there is none; then the program is not whole.
    """
    return files(__name__).joinpath(name).read_bytes()
