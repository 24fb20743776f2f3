"""A refused row is mended by a worker and offered again, as if it had come like that."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.model.codes import Bak, Uitkomst
from db.model.gebeurtenis import Entry, RijAfgewezen, RijHersteld, SignaalOntvangen
from db.model.ids import uuid5
from db.queries import intake
from db.queries import signalen as queries
from db.queries.signalen import AfgewezenRij
from db.vault import Vault
from desktop.casework.regels import Regel
from desktop.casework.rulebook import Toelatingsreden, regelboek
from desktop.intake.beoordelen import Judge, Kop, Vergelijkrij, Vergelijkweigering
from desktop.intake.importing import Ontvangst
from desktop.intake.invoer import Bronrij
from desktop.intake.velden import MAXIMA, Veldfout


class Hersteld(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a mended row: the outcome as of an import, and the tray when it became a new signal."""

    uitkomst: Uitkomst
    reden: str = ""
    bak: Bak | None = None


def te_herstellen(inhoud: RijAfgewezen) -> bool:
    """Whether mending can help: what could not be read, or a kind nobody knows; the law is not a typing error."""
    unknown = inhoud.reden == Toelatingsreden.ONBEKENDE_SOORT
    return bool(inhoud.waarden) and (inhoud.uitkomst is Uitkomst.ONLEESBAAR or unknown)


def fields_of(inhoud: RijAfgewezen) -> tuple[str, ...]:
    """The fields that may be filled, in the order of a signaalbestand."""
    listed = regelboek().velden(inhoud.waarden.get("soort", ""))
    return tuple(name for name in MAXIMA if name in listed)


def offer_again(vault: Vault, rij: UUID, waarden: Mapping[str, str], *, event_id: UUID) -> Hersteld | Veldfout:
    """Judge a row again with these fields; a field that still does not hold is the answer, and nothing is recorded.

    Args:
        vault: where the row is.
        rij: its dossier.
        waarden: every field as it stands on the screen, dates and amounts as in a table.
        event_id: made when the form opened.

    Raises:
        RegelOvertreding: RIJ_ONBEKEND (mended or erased already), NIET_TE_HERSTELLEN.
    """
    found = queries.afgewezen_rij(vault.connection, rij)
    if found is None:
        raise RegelOvertreding(Regel.RIJ_ONBEKEND)
    if not te_herstellen(found.inhoud):
        raise RegelOvertreding(Regel.NIET_TE_HERSTELLEN)
    offered = {name: text.strip() for name, text in waarden.items() if name in fields_of(found.inhoud)}
    changed = {name: text for name, text in offered.items() if text != found.inhoud.waarden.get(name, "")}
    values: dict[str, object] = {**found.inhoud.waarden, **offered}
    kop = _head(found)
    judge = Judge(kop.bron, kop.levering, intake.gemeentecode(vault.connection), tabel=True)
    verdict = judge.verdict(Bronrij(found.inhoud.rij, values))
    if isinstance(verdict, Vergelijkrij | Vergelijkweigering):  # a row of which names are kept is no such row
        return Veldfout(Toelatingsreden.ONBEKENDE_SOORT, "soort", str(values["soort"]), "een soort van het CAK")
    if isinstance(verdict, RijAfgewezen):
        if verdict.uitkomst is Uitkomst.ONLEESBAAR:
            return Veldfout(verdict.reden, verdict.veld, verdict.gevonden, verdict.vereist)
        naar = uuid5(rij, "hersteld")
        entries = [Entry(id=vault.new_id(), dossier=naar, op=vault.clock(), inhoud=verdict)]
        hersteld = Hersteld(uitkomst=verdict.uitkomst, reden=verdict.reden)
    else:
        naar = verdict.signaal.dossier
        ontvangst = Ontvangst(vault, kop)
        ontvangst.take([verdict])
        ontvangst.compare()
        entries = ontvangst.entries
        hersteld = _outcome(ontvangst)
    mended = RijHersteld(waarden=changed, naar=naar)
    first = Entry(id=event_id, dossier=rij, op=vault.clock(), inhoud=mended)
    vault.journal.append([first, *entries], door=vault.door)
    return hersteld


def _outcome(ontvangst: Ontvangst) -> Hersteld:
    received = (entry.inhoud for entry in ontvangst.entries)
    bak = next((inhoud.bak for inhoud in received if isinstance(inhoud, SignaalOntvangen)), None)
    known = ontvangst.report("").regels
    return Hersteld(uitkomst=known[0].uitkomst if known else Uitkomst.GEACCEPTEERD, bak=bak)


def _head(rij: AfgewezenRij) -> Kop:
    return Kop(
        levering=rij.inhoud.levering, bron=rij.bron, extern_id="", aangemaakt=None, rijen=1, weggelaten={}, codering=""
    )
