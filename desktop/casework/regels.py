"""The rules of the workflow by name; each is raised as a `RegelOvertreding` with this name as its code."""

from __future__ import annotations

from enum import StrEnum, auto


class Regel(StrEnum):
    """Why something may not be done now (handbook section 4). The Dutch sentences stand in `resources.uitleg`."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:  # noqa: ARG004 - the signature is that of enum
        return name

    ZAAK_GESLOTEN = auto()
    ZAAK_NIET_GESLOTEN = auto()
    ALLEEN_LEZEN = auto()
    OP_IN_TOEKOMST = auto()
    NIET_BEREIKT = auto()
    WEL_BEREIKT = auto()
    GEEN_AANBOD_AANVAARD = auto()
    GEEN_EERSTE_GESPREK = auto()
    AFGEZIEN_VAN_HULP = auto()
    GEEN_REDEN = auto()
    GEEN_NOTITIE = auto()
    STAP_NIET_OVER_TE_SLAAN = auto()
    TE_WEINIG_POGINGEN = auto()
    TE_WEINIG_DAGDELEN = auto()
    GEEN_BEZOEK = auto()
    GEEN_BRIEF = auto()
    BRIEF_TE_KORT_GELEDEN = auto()
    GEEN_EERDER_SIGNAAL = auto()
    BEDRAG_HOGER = auto()
    GEEN_BRP_CONTROLE = auto()
    BRP_ZEGT_ANDERS = auto()
    SCHULDHULP_NIET_VASTGELEGD = auto()
    GEEN_BEVESTIGING = auto()
    SIGNAAL_NIET_OPEN = auto()
    SIGNAAL_ONBEKEND = auto()
    ZAAK_ONBEKEND = auto()
    ADRES_GEHEIM = auto()
    ADRES_VERSCHILT = auto()
    INWONER_OVERLEDEN = auto()
    INWONER_MINDERJARIG = auto()
    PLAN_LEEG = auto()
    NOTITIE_TE_LANG = auto()
