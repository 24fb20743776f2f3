"""The logo of a municipality as a PDF can hold it, whatever file somebody chose."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader

from db.errors import KnownError
from desktop.casework.instellingen import picture_of

_POINTS = 4_000_000
"""Points of a picture: more take long to read, and no logo on paper shows them."""
_SIDE = 1000
"""Points along a side: 300 to the inch over the width that a letterhead has."""


@lru_cache(maxsize=2)
def opened(content: bytes) -> ImageReader | None:
    """The picture with the colours of a screen, the only ones that the file says the meaning of; None when it is none.

    A JPEG of those colours stays as it is: it is smaller than anything made of it.
    """
    try:
        found = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if found.width * found.height > _POINTS:
            return None
        found.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    if found.format == "JPEG" and found.mode in {"RGB", "L"}:
        return ImageReader(io.BytesIO(content))
    shown = found.convert("RGBA" if found.has_transparency_data else "RGB")
    shown.thumbnail((_SIDE, _SIDE))
    return ImageReader(shown)


def logo_of(path: Path) -> str:
    """The logo in a file, as the setting holds it; the whole picture was read.

    Raises:
        KnownError: BESTAND_ONLEESBAAR, and INSTELLING_ONGELDIG when it is no PNG or JPEG, or too large.
    """
    found = picture_of(path)
    if opened(base64.b64decode(found)) is None:
        raise KnownError("INSTELLING_ONGELDIG", verwacht="PNG/JPEG")
    return found
