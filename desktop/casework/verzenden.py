"""Letters leave the house when a worker says so: recorded per letter, for one or for a whole batch."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from db.journal import Changes
from db.model.gebeurtenis import BriefVerzonden, Entry
from db.queries import brieven
from db.vault import Vault
from desktop.casework.privacytekst import gaat_mee


def confirm(vault: Vault, gemaakt: Iterable[UUID]) -> Changes:
    """Record that these letters, by the ids with which they were made, left the house; all together or none.

    What was said to have left before, or is no letter, is passed over, so that asking twice records it once.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    wanted = set(gemaakt)
    open_letters = [letter for letter in brieven.unsent(vault.connection, limiet=-1) if letter.id in wanted]
    now = vault.clock()
    entries = [
        Entry(
            id=vault.new_id(),
            dossier=letter.zaak,
            op=now,
            inhoud=BriefVerzonden(
                gemaakt=letter.id, brief=letter.soort, privacytekst=gaat_mee(letter.soort, letter.tekstversie)
            ),
        )
        for letter in open_letters
    ]
    if not entries:
        return Changes(frozenset(), frozenset())
    return vault.journal.append(entries, door=vault.door)
