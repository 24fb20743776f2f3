"""Looking at a dossier: the access is recorded before anything is shown (AVG 5 lid 2; BIO2 8.15)."""

from __future__ import annotations

from uuid import UUID

from db.model.gebeurtenis import DossierIngezien, Entry
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.uitvoeren import load


def open_dossier(vault: Vault, zaak: UUID, *, scherm: str) -> Dossier:
    """Record who looks and where, then give the dossier; when the log cannot be written nothing is shown.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND.
        KnownError: VASTLEGGEN_MISLUKT.
    """
    load(vault, zaak)
    entry = Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=DossierIngezien(scherm=scherm))
    vault.journal.append([entry], door=vault.door)
    return load(vault, zaak)
