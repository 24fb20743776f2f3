"""A table of signals, whatever file it came in: its header is recognised, its rows get the names of our fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Never

from db.errors import KnownError
from desktop.casework.rulebook import regelboek
from desktop.intake.invoer import (
    BRON,
    VOORBEELDRIJEN,
    VOORBEELDTEKENS,
    Bronrij,
    Invoer,
    Levering,
    Voorbeeld,
    Weggelaten,
    decent_name,
    gemeente,
    too_many_rows,
)
from desktop.intake.profiel import LEVERING, Profiel, plain
from desktop.intake.velden import MAXIMA, VERGELIJK_VERPLICHT, VERPLICHT, Veldfout, shown

Regel = tuple[int, Sequence[object]]
"""A row that is not blank: its number as a spreadsheet shows it, and its cells."""

EIGEN_INDELING = Profiel()
"""Our own names and notations."""

_MAX_COLUMNS = 300
_MAX_TEXT = 64
_ALTIJD_VERPLICHT = frozenset(VERGELIJK_VERPLICHT)
_COLUMNS = {plain(name): name for name in (*MAXIMA, *LEVERING)}
_COLUMNS |= {"inwoner" + plain(name): name for name in MAXIMA}
_COLUMNS |= {"levering" + plain(name): name for name in LEVERING[1:]}
_TE_VEEL_CELLEN = Veldfout("VELD_ONTBREEKT", "", "meer cellen dan kolommen", "één cel per kolom")


def recognised(titles: Iterable[object], profiel: Profiel) -> int:
    """How many of these titles name a field of ours."""
    names = _names(profiel)
    return sum(plain(str(title)) in names for title in titles)


def read(
    regels: Iterator[Regel], *, digest: str, gemeentecode: str, profiel: Profiel = EIGEN_INDELING, codering: str = ""
) -> Invoer:
    """The rows under the header, for this municipality where the table does not say for which.

    Args:
        regels: the rows that are not blank, the header among them.
        digest: of the file; the delivery's id where the table has none.
        gemeentecode: of the vault.
        profiel: how the table is laid out.
        codering: the encoding that was found.

    Raises:
        KnownError: ONBEKEND_FORMAAT (no such columns), KOLOM_ONTBREEKT, KOLOM_DUBBEL, TE_VEEL_RIJEN,
            ANDERE_GEMEENTE; each with `plaats`, and never with a value.
    """
    header = header_of(regels, profiel)
    columns = _columns(header, profiel)
    missing = _absent(columns, profiel)
    if missing & _ALTIJD_VERPLICHT:
        _refuse(missing, profiel)
    weggelaten = Weggelaten()
    rijen = list(_rows(regels, header, columns, weggelaten))
    if profiel is not EIGEN_INDELING:
        for index, rij in enumerate(rijen):
            fout = profiel.toepassen(rij.waarden)
            if fout is not None and rij.fout is None:
                rijen[index] = Bronrij(rij.rij, rij.waarden, fout)
    if missing and not (rijen and all(_alleen_vergelijken(rij.waarden) for rij in rijen)):
        _refuse(missing, profiel)
    return Invoer(
        levering=_levering(rijen, digest, gemeentecode, profiel.bron or BRON),
        tabel=True,
        rijen=rijen,
        weggelaten=weggelaten,
        codering=codering,
    )


def preview(regels: Iterator[Regel], profiel: Profiel = EIGEN_INDELING) -> Voorbeeld:
    """The columns that are recognised and the first rows under them, translated by the profile; nothing is judged."""
    header = header_of(regels, profiel)[:_MAX_COLUMNS]
    names = _names(profiel)
    titles = [str(title) for title in header]
    found = {index: names[text] for index, text in enumerate(map(plain, titles)) if text in names}
    others = [decent_name(title) for index, title in enumerate(titles) if index not in found and title.strip()]
    missing = _absent(found.values(), profiel)
    rijen = []
    others_only = True
    for _, cells in islice(regels, VOORBEELDRIJEN):
        waarden = {field: cells[index] for index, field in found.items() if index < len(cells)}
        profiel.toepassen(waarden)
        others_only = others_only and _alleen_vergelijken(waarden)
        rijen.append(tuple(shown(waarden.get(field, ""), VOORBEELDTEKENS) for field in found.values()))
    return Voorbeeld(
        velden=tuple(found.values()),
        kolommen=tuple(decent_name(titles[index]) for index in found),
        rijen=tuple(rijen),
        weggelaten=tuple(dict.fromkeys(others)),
        ontbreekt=tuple(
            name for name in VERPLICHT if name in (missing & _ALTIJD_VERPLICHT if rijen and others_only else missing)
        ),
    )


def header_of(regels: Iterator[Regel], profiel: Profiel) -> Sequence[object]:
    """The row with the names of the columns; the rows above it are left behind."""
    return next((cells for rij, cells in regels if rij >= profiel.kopregel), ())


def _names(profiel: Profiel) -> dict[str, str]:
    """Our field by the plain name of a column; a field that the profile maps goes by that name only."""
    if not profiel.kolommen and not profiel.vast:
        return _COLUMNS
    taken = profiel.kolommen.keys() | profiel.vast.keys()
    return {name: field for name, field in _COLUMNS.items() if field not in taken} | profiel.namen


def _columns(header: Sequence[object], profiel: Profiel) -> dict[str, int]:
    """Where each recognised column stands."""
    if len(header) > _MAX_COLUMNS:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"{len(header)} kolommen")
    names = _names(profiel)
    found: dict[str, int] = {}
    seen: set[str] = set()
    for index, title in enumerate(header):
        text = plain(str(title))
        name = names.get(text, text)
        if name in seen:  # an unknown title may be somebody's name, above which the header was lost
            where = decent_name(str(title)) if text in names else str(index + 1)
            raise KnownError("KOLOM_DUBBEL", plaats=f"kolom {where}")
        if text:
            seen.add(name)
        if text in names:
            found[name] = index
    if not found:
        raise KnownError("ONBEKEND_FORMAAT", plaats="rij 1" if profiel.kopregel == 0 else f"rij {profiel.kopregel}")
    return found


def _absent(given: Collection[str], profiel: Profiel) -> frozenset[str]:
    """The fields that a signal for a zaak needs and that have no column; other creditors need not report them all."""
    return frozenset(VERPLICHT) - profiel.vast.keys() - set(given)


def _refuse(missing: Collection[str], profiel: Profiel) -> Never:
    theirs = [profiel.kolommen.get(name, name) for name in VERPLICHT if name in missing]
    raise KnownError("KOLOM_ONTBREEKT", plaats=f"kolom {', '.join(theirs)}")


def _alleen_vergelijken(waarden: Mapping[str, object]) -> bool:
    return regelboek().alleen_vergelijken(waarden.get("soort"), waarden.get("signaalpartner"))


def _rows(
    regels: Iterator[Regel], header: Sequence[object], columns: dict[str, int], weggelaten: Weggelaten
) -> Iterator[Bronrij]:
    width = len(header)
    names, pick = tuple(columns), itemgetter(*columns.values())
    others = [index for index in range(width) if index not in columns.values()]
    dropped = dict.fromkeys(others, 0)
    for count, (rij, record) in enumerate(regels, 1):
        cells = record
        if len(cells) < width:
            cells = [*record, *[""] * (width - len(record))]
        elif len(cells) > width:
            cells = record[:width]
        too_many_rows(count)
        for index in others:
            if str(cells[index]).strip():
                dropped[index] += 1
        fout = _TE_VEEL_CELLEN if any(cell != "" for cell in record[width:]) else None
        yield Bronrij(rij, dict(zip(names, pick(cells), strict=True)), fout)
    for index, times in dropped.items():
        weggelaten.add(str(header[index]), times)


def _levering(rijen: list[Bronrij], digest: str, gemeentecode: str, bron: str) -> Levering:
    codes = {gemeente(rij.waarden["gemeentecode"]) for rij in rijen if rij.waarden.get("gemeentecode")}
    if codes and gemeentecode not in codes:
        raise KnownError("ANDERE_GEMEENTE", plaats="kolom gemeentecode")
    return Levering(
        bron=_one_value(rijen, "bron") or bron,
        extern_id=_one_value(rijen, "levering_id") or digest,
        gemeentecode=gemeentecode,
    )


def _one_value(rijen: list[Bronrij], name: str) -> str:
    values = {str(rij.waarden.get(name, "")).strip() for rij in rijen} - {""}
    if not values:
        return ""
    value = values.pop()
    if values or len(value) > _MAX_TEXT or not value.isprintable():
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"kolom {name}")
    return value
