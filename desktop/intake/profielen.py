"""The mapping profiles of a vault: each is a setting under the name of its source, so the log tells who changed it."""

from __future__ import annotations

import re

from db.errors import KnownError
from db.journal import TEAM, Changes
from db.model.gebeurtenis import Entry, InstellingGewijzigd
from db.queries.instellingen import PROFIEL, profielen
from db.vault import Vault
from desktop.intake import profiel

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def text_of(vault: Vault, name: str) -> str:
    """The TOML of a profile.

    Raises:
        KnownError: PROFIEL_ONBEKEND with the names there are.
    """
    stored = profielen(vault.connection)
    if name not in stored:
        raise KnownError("PROFIEL_ONBEKEND", plaats="", bekend=", ".join(stored) or "er zijn er nog geen")
    return stored[name]


def store(vault: Vault, name: str, text: str) -> Changes:
    """Keep a profile under a name, or replace the one that has it; without a text it is removed.

    Raises:
        KnownError: PROFIEL_ONGELDIG with the place, also when the name is not made of letters, digits and dashes.
    """
    if _NAME.fullmatch(name) is None:
        raise KnownError("PROFIEL_ONGELDIG", plaats="de naam (kleine letters, cijfers en streepjes)")
    if text:
        profiel.read(text)
    was = profielen(vault.connection).get(name, "")
    inhoud = InstellingGewijzigd(naam=PROFIEL + name, waarde=text, was=was)
    entry = Entry(id=vault.new_id(), dossier=TEAM, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)
