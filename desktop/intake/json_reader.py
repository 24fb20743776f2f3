"""Read a signaalbestand/1: UTF-8 JSON, strictly, within bounds of size, depth and number."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, Never

from db.errors import KnownError
from desktop.casework.kalender import AMSTERDAM
from desktop.intake.bestand import BOM
from desktop.intake.invoer import (
    BRON,
    MAX_RIJEN,
    Bronrij,
    Invoer,
    Levering,
    Weggelaten,
    decent_name,
    gemeente,
    too_many_rows,
)
from desktop.intake.velden import MAXIMA, PERSOON

FORMAAT = "signaalbestand/1"

_MAX_DEPTH = 16
_MAX_BRACKETS = 20 * MAX_RIJEN
_MAX_DIGITS = 30
_MAX_TEXT = 64
_STRUCTURE = b'{}[]":'
_ALL_BUT_STRUCTURE = bytes(byte for byte in range(256) if byte not in _STRUCTURE)
_OPENING = frozenset(b"{[")
_CONTAINERS = frozenset((dict, list))
_TOP = frozenset(("formaat", "levering", "signalen", "intrekkingen"))
_LEVERING = frozenset(("id", "aangemaakt", "gemeentecode", "bron"))
_SIGNAAL = frozenset(MAXIMA) - PERSOON


def read(content: bytes, gemeentecode: str) -> Invoer:
    """The rows of a signaalbestand for this municipality.

    Raises:
        KnownError: CODERING, TE_DIEP, TE_VEEL_RIJEN, ONBEKEND_FORMAAT (no valid JSON, another format or version),
            KOLOM_DUBBEL (the same key twice), KOLOM_ONTBREEKT (no delivery id or municipality), ANDERE_GEMEENTE;
            each with `plaats`, and never with what stood there.
    """
    document = _parse(content)
    if not isinstance(document, dict) or document.get("formaat") != FORMAAT:
        raise KnownError("ONBEKEND_FORMAAT", plaats="formaat", vereist=FORMAAT)
    head = document.get("levering")
    if not isinstance(head, dict):
        raise KnownError("KOLOM_ONTBREEKT", plaats="levering")
    levering = _levering(head, gemeentecode)
    signalen = document.get("signalen")
    intrekkingen = document.get("intrekkingen") or []
    if not isinstance(signalen, list):
        raise KnownError("KOLOM_ONTBREEKT", plaats="signalen")
    if not isinstance(intrekkingen, list):
        raise KnownError("ONBEKEND_FORMAAT", plaats="intrekkingen")
    too_many_rows(len(signalen))
    too_many_rows(len(intrekkingen))
    weggelaten = Weggelaten()
    for name in chain(document.keys() - _TOP, head.keys() - _LEVERING):
        weggelaten.add(name)
    return Invoer(
        levering=levering,
        tabel=False,
        rijen=[Bronrij(rij, _flat(signaal, weggelaten)) for rij, signaal in enumerate(signalen, 1)],
        weggelaten=weggelaten,
        intrekkingen=intrekkingen,
    )


def _parse(content: bytes) -> object:
    try:
        text = content.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        raise KnownError("CODERING", plaats=f"byte {error.start}") from None
    structure = _structure(content)
    _check_depth(structure.replace(b":", b""))
    try:
        found = _loads(text)
        # A parser keeps the last of two equal keys in silence. Reading with a hook on every object would tell, and
        # takes three times as long; counting tells whether there is anything to tell.
        return found if _pairs(found) == structure.count(b":") else _loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"regel {error.lineno}, teken {error.colno}"
        raise KnownError("ONBEKEND_FORMAAT", plaats=place) from None


def _whole_number(digits: str) -> int:
    _check_length(digits)
    return int(digits)


def _fraction(digits: str) -> Decimal:
    _check_length(digits)
    return Decimal(digits)


def _check_length(digits: str) -> None:
    if len(digits) > _MAX_DIGITS:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"een getal van {len(digits)} cijfers")


def _no_number(name: str) -> Never:
    raise KnownError("ONBEKEND_FORMAAT", plaats=f"{name} is geen getal in JSON")


_loads = partial(json.loads, parse_float=_fraction, parse_int=_whole_number, parse_constant=_no_number)


def _structure(content: bytes) -> bytes:
    """The brackets and colons of JSON, without its strings, at the speed of byte operations.

    Without escapes and ordinary characters every string is an empty pair of quotes, except those that hold
    brackets or colons; what stands between the remaining quotes is thrown away too.
    """
    bare = content.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _ALL_BUT_STRUCTURE)
    return b"".join(bare.replace(b'""', b"").split(b'"')[::2])


def _pairs(value: object) -> int:
    """How many keys there are, at every depth."""
    if isinstance(value, dict):
        return len(value) + sum(_pairs(inner) for inner in value.values() if type(inner) in _CONTAINERS)
    if isinstance(value, list):
        return sum(_pairs(inner) for inner in value if type(inner) in _CONTAINERS)
    return 0


def _check_depth(brackets: bytes) -> None:
    """Refuse deep nesting before a recursive parser sees it."""
    depth = 0
    for bracket in brackets[:_MAX_BRACKETS]:
        if bracket in _OPENING:
            depth += 1
            if depth > _MAX_DEPTH:
                raise KnownError("TE_DIEP", plaats="", hoogstens=_MAX_DEPTH)
        else:
            depth -= 1
    if len(brackets) > _MAX_BRACKETS:
        raise KnownError("TE_VEEL_RIJEN", plaats="", hoogstens=MAX_RIJEN)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise KnownError("KOLOM_DUBBEL", plaats=decent_name(name))
        found[name] = value
    return found


def _levering(head: dict[str, Any], gemeentecode: str) -> Levering:
    code = head.get("gemeentecode")
    if not isinstance(code, str | int) or not str(code).strip():
        raise KnownError("KOLOM_ONTBREEKT", plaats="levering.gemeentecode")
    if gemeente(code) != gemeentecode:
        raise KnownError("ANDERE_GEMEENTE", plaats="levering.gemeentecode")
    return Levering(
        bron=_head_text(head, "bron") or BRON,
        extern_id=_head_text(head, "id") or _missing("levering.id"),
        gemeentecode=gemeentecode,
        aangemaakt=_instant(head.get("aangemaakt")),
    )


def _missing(place: str) -> Never:
    raise KnownError("KOLOM_ONTBREEKT", plaats=place)


def _head_text(head: dict[str, Any], name: str) -> str:
    value = head.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _MAX_TEXT or not value.isprintable():
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"levering.{name}")
    return value.strip()


def _instant(value: object) -> datetime | None:
    """When the source made the file; only shown, so what is no time is left out."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=AMSTERDAM) if found and found.tzinfo is None else found


def _flat(signaal: object, weggelaten: Weggelaten) -> dict[str, object]:
    """One signal's recognised fields, those of the resident among them; the others are counted."""
    if not isinstance(signaal, dict):
        return {}
    inwoner = signaal.pop("inwoner", None)
    if not isinstance(inwoner, dict):
        inwoner = {}
    if not signaal.keys() <= _SIGNAAL:
        _drop(signaal, _SIGNAAL, weggelaten)
    if not inwoner.keys() <= PERSOON:
        _drop(inwoner, PERSOON, weggelaten)
    signaal.update(inwoner)
    return signaal


def _drop(found: dict[str, object], names: frozenset[str], weggelaten: Weggelaten) -> None:
    for name in found.keys() - names:
        if found.pop(name) not in (None, ""):
            weggelaten.add(name)
