"""The one way an action on a zaak runs: load, decide, append."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.gebeurtenis import AnyInhoud, Entry
from db.queries import dossier as dossiers
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.instellingen import Instellingen
from desktop.casework.regels import Regel

Decide = Callable[[Dossier, Instellingen, datetime], AnyInhoud | tuple[AnyInhoud, ...]]
"""What happens, as one event or as several that belong together."""
NOTITIE_MAX = 20_000
"""Characters in a note."""


def perform(vault: Vault, zaak: UUID, event_id: UUID, decide: Decide, *, op: datetime | None = None) -> Changes:
    """Load the dossier, let `decide` say what happens, and record it; a repeated `event_id` does nothing.

    Args:
        vault: the open vault, on its own thread.
        zaak: whose dossier.
        event_id: made when the form opened.
        decide: pure; gets dossier, settings and now; several events, or none, are recorded together.
        op: when it happened, aware; now when left out.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND, ALLEEN_LEZEN, OP_IN_TOEKOMST, or what `decide` finds.
    """
    if vault.journal.has(event_id):
        return Changes(frozenset(), frozenset())
    dossier = load(vault, zaak)
    now = vault.clock()
    happened = op or now
    if dossier.alleen_lezen:
        raise RegelOvertreding(Regel.ALLEEN_LEZEN, zaak=dossier.nummer)
    if happened > now:
        raise RegelOvertreding(Regel.OP_IN_TOEKOMST, zaak=dossier.nummer)
    inhoud = decide(dossier, instellingen.load(vault.connection), happened)
    found = inhoud if isinstance(inhoud, tuple) else (inhoud,)
    entries = [
        Entry(id=vault.new_id() if number else event_id, dossier=zaak, op=happened, inhoud=each)
        for number, each in enumerate(found)
    ]
    return vault.journal.append(entries, door=vault.door)


def load(vault: Vault, zaak: UUID) -> Dossier:
    """The dossier of a zaak.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND.
    """
    dossier = dossiers.load(vault.connection, zaak)
    if dossier is None:
        raise RegelOvertreding(Regel.ZAAK_ONBEKEND)
    return dossier


def require_open(dossier: Dossier) -> None:
    """Refuse work on a closed zaak.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN.
    """
    if dossier.stand.gesloten_op is not None:
        raise RegelOvertreding(Regel.ZAAK_GESLOTEN, zaak=dossier.nummer)


def checked_note(text: str) -> str:
    """A note without surrounding blanks and control characters other than line ends.

    Raises:
        RegelOvertreding: NOTITIE_TE_LANG above 20,000 characters.
    """
    if len(text) > NOTITIE_MAX:
        raise RegelOvertreding(Regel.NOTITIE_TE_LANG, tekens=len(text), hoogstens=NOTITIE_MAX)
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
