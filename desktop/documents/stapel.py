"""Letters to many at once: what fits each of them, who gets none and why, and the list that goes with the pile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.model.gebeurtenis import BriefGemaakt
from db.vault import Vault
from desktop.casework.briefkeuze import Briefkeuze, briefkeuze
from desktop.casework.kalender import lokale_datum
from desktop.casework.uitvoeren import load
from desktop.documents.blocks import Block, Cells, Heading, prose
from desktop.documents.briefsoorten import titel_van
from desktop.documents.layout import LEFT, RIGHT, Box, Sheet, Type, paginated
from desktop.documents.making import Opdracht, Stuk, Wens, may_make
from desktop.documents.woorden import dag

_PAGE = Box(LEFT, 24.0, RIGHT, 273.0)
_TYPE = Type(10.0)
_SHARES = (0.8, 2.2, 4.4, 3.6)


class Kandidaat(msgspec.Struct, frozen=True, kw_only=True):
    """A zaak that was chosen: the letter that would be made, or why not; `let_op` is what to think of first."""

    zaak: UUID
    nummer: str
    lijstnaam: str
    wens: Wens
    reden: str
    let_op: str
    geweigerd: RegelOvertreding | None


def kandidaten(vault: Vault, zaken: Iterable[UUID], soort: str = "") -> tuple[Kandidaat, ...]:
    """What each of these zaken would get: the letter of that kind, or the one that fits it; writes nothing.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND.
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR.
    """
    return tuple(_kandidaat(vault, zaak, soort) for zaak in zaken)


def _kandidaat(vault: Vault, zaak: UUID, soort: str) -> Kandidaat:
    dossier, now = load(vault, zaak), vault.clock()
    fitting = briefkeuze(dossier, now)
    keuze = fitting if soort in {"", fitting.soort} else Briefkeuze(soort=soort, reden="")
    refused = None
    try:
        may_make(dossier, keuze.soort, lokale_datum(now))
    except RegelOvertreding as error:
        refused = error
    made = [
        event.op
        for event in dossier.gebeurtenissen
        if isinstance(event.inhoud, BriefGemaakt) and event.inhoud.brief == keuze.soort
    ]
    notes = []
    if dossier.situatie.wensen:
        notes.append(f"Wens: {dossier.situatie.wensen}")
    if made:
        notes.append(f"Al gemaakt op {dag(lokale_datum(made[-1]))}.")
    return Kandidaat(
        zaak=zaak,
        nummer=dossier.nummer,
        lijstnaam=dossier.inwoner.lijstnaam,
        wens=Wens(zaak=zaak, soort=keuze.soort, event_id=vault.new_id(), datum=keuze.datum, dagdeel=keuze.dagdeel),
        reden=keuze.reden,
        let_op=" ".join(notes),
        geweigerd=refused,
    )


def lijst(opdrachten: Sequence[Opdracht], stukken: Sequence[Stuk], zonder: Sequence[tuple[str, str]]) -> bytes:
    """The list to a pile, in its order, for the worker: which letters lie in it, and who gets none and why.

    `zonder` are zaak numbers with the reason. Pure: the same pile gives the same bytes.
    """
    names = {opdracht.wens.event_id: opdracht.dossier.inwoner.lijstnaam for opdracht in opdrachten}
    content: list[Block] = [
        Heading(f"Lijst bij de brieven van {dag(opdrachten[0].vandaag)}", 0),
        prose("Deze lijst is voor jou. Doe hem bij geen enkele brief, en vernietig hem als alles weg is."),
        Cells(("Nr.", "Zaak", "Inwoner", "Brief"), _SHARES, kop=True),
    ]
    content += [
        Cells((str(place), stuk.nummer, names[stuk.wens.event_id], titel_van(stuk.wens.soort)), _SHARES)
        for place, stuk in enumerate(stukken, start=1)
    ]
    if zonder:
        shares = (2.2, 8.8)
        content += [Heading("Geen brief"), Cells(("Zaak", "Waarom niet"), shares, kop=True)]
        content += [Cells(line, shares) for line in zonder]
    sheet = Sheet(title="Lijst")
    pages = paginated(sheet.flow(content, _TYPE, _PAGE.width), _PAGE.height, _PAGE.height)

    def furniture(number: int, count: int) -> None:
        sheet.rule(LEFT, RIGHT, 279.0)
        sheet.line_right(f"bladzijde {number} van {count}", RIGHT, 284.0, size=8.5)

    sheet.draw_pages(pages, _PAGE, furniture)
    return sheet.finish()
