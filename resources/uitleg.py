"""What every refusal and error means, in Dutch, and what to do next; the one place with these sentences."""

from __future__ import annotations

from string import Formatter
from types import MappingProxyType
from typing import Protocol


class _Facts(dict[str, object]):
    """Facts of an error; a fact that is not known reads as three dots."""

    def __missing__(self, key: str) -> str:
        return "…"


class Fout(Protocol):
    """An error with a code and facts: `db.errors.VoordeurError`."""

    code: str
    facts: dict[str, object]


def uitleg(fout: Fout) -> str:
    """The sentence for an error, with its facts filled in; the bare code when there is no sentence for it."""
    template = TEKSTEN.get(fout.code)
    if template is None:
        return f"Er ging iets mis ({fout.code})."
    return Formatter().vformat(template, (), _Facts(fout.facts))


TEKSTEN = MappingProxyType({
    # the workflow
    "ZAAK_GESLOTEN": "Zaak {zaak} is afgesloten. Heropen de zaak eerst, dan kun je verder.",
    "ZAAK_NIET_GESLOTEN": "Zaak {zaak} is niet afgesloten. Je kunt meteen verder werken.",
    "ZAAK_ONBEKEND": "Deze zaak staat niet in jouw kluis. Kijk het zaaknummer na.",
    "SIGNAAL_ONBEKEND": "Dit signaal staat niet in jouw kluis. Kijk het kenmerk na.",
    "SIGNAAL_NIET_OPEN": "Signaal {signaal} wacht niet meer: het is opgepakt, geweigerd of ingetrokken.",
    "ALLEEN_LEZEN": "Deze zaak is bijgewerkt met een nieuwere versie van Voordeur. Werk het programma bij; tot dan "
    "kun je de zaak alleen bekijken.",
    "OP_IN_TOEKOMST": "Dit tijdstip is nog niet geweest. Vul in wanneer het echt gebeurde.",
    "NIET_BEREIKT": "Er is nog niemand gesproken. Leg eerst een contact vast waarin je de inwoner sprak.",
    "WEL_BEREIKT": "De inwoner is wel gesproken. Kies een resultaat dat daarbij past.",
    "GEEN_AANBOD_AANVAARD": "De inwoner heeft nog geen hulp aanvaard. Leg eerst het antwoord op het hulpaanbod vast.",
    "GEEN_EERSTE_GESPREK": "Er is nog geen eerste gesprek geweest. Leg dat eerst vast, of sla de stap over met een "
    "reden.",
    "AFGEZIEN_VAN_HULP": "De inwoner zag in het eerste gesprek af van hulp. Er is dan geen plan nodig.",
    "GEEN_REDEN": "Er ontbreekt een reden. Kies of schrijf waarom.",
    "GEEN_NOTITIE": "Schrijf in de notitie waarom je dit kiest.",
    "STAP_NIET_OVER_TE_SLAAN": "Deze stap kun je niet overslaan.",
    "TE_WEINIG_POGINGEN": "Er is {pogingen} keer gebeld; {pogingen_nodig} keer is nodig voordat je dit kiest.",
    "TE_WEINIG_DAGDELEN": "Er is in {dagdelen} dagdeel gebeld; probeer het in {dagdelen_nodig} verschillende dagdelen.",
    "GEEN_BEZOEK": "Er is nog niemand langs geweest. Ga langs, of sla het huisbezoek over met een reden.",
    "GEEN_BRIEF": "Er is nog geen brief of kaartje gestuurd. Doe dat eerst.",
    "BRIEF_TE_KORT_GELEDEN": "De laatste brief of het laatste kaartje is te kort geleden. Wacht {werkdagen_nodig} "
    "werkdagen.",
    "GEEN_EERDER_SIGNAAL": "Er is geen eerder signaal over deze schuld dat kort geleden is opgepakt.",
    "BEDRAG_HOGER": "Het bedrag is hoger dan de vorige keer. Dan moet je het signaal oppakken.",
    "GEEN_BRP_CONTROLE": "Leg eerst een controle in de BRP vast, met de datum.",
    "BRP_ZEGT_ANDERS": "De laatste controle in de BRP zegt iets anders.",
    "SCHULDHULP_NIET_VASTGELEGD": "Vul in sinds wanneer de schuldhulp loopt.",
    "GEEN_BEVESTIGING": "Vul in wie dit heeft bevestigd.",
    "ADRES_GEHEIM": "Het adres van deze inwoner is geheim. Laat een collega het adres controleren voordat je post "
    "maakt.",
    "PLAN_LEEG": "Het plan is nog leeg. Vul een schuld of een afspraak in.",
    "NOTITIE_TE_LANG": "De notitie heeft {tekens} tekens; {hoogstens} is het meeste dat kan.",
    # settings and the clock
    "INSTELLING_ONBEKEND": "De instelling {naam} bestaat niet.",
    "INSTELLING_VAST": "De instelling {naam} ligt vast sinds de kluis is gemaakt.",
    "INSTELLING_ONGELDIG": "Deze waarde past niet; verwacht: {verwacht}.",
    "AKKOORD_ONTBREEKT": "Vul eerst {naam} in: wie het goedkeurde en wanneer.",
    "GEMEENTE_ONBEKEND": "Deze gemeente doet niet mee. Kies 0363 (Amsterdam), 0014 (Groningen), 0855 (Tilburg) of "
    "0637 (Zoetermeer).",
    "KLOK_ALLEEN_PROEF": "De klok zetten kan alleen in een proefkluis.",
    "KLOK_TERUG": "In deze kluis is al later gewerkt. De klok kan niet terug.",
    "HERSTELBLAD_NIET_BEVESTIGD": "Bevestig eerst dat het herstelblad veilig ligt: voordeur settings "
    'herstelblad_bevestigd "naam, datum".',
    "NOG_NIET_BESCHIKBAAR": "{wat} kan deze versie van Voordeur nog niet. Dat komt later.",
    "WACHTWOORD_ONTBREEKT": "Er is geen wachtwoord gegeven. Gebruik --passphrase-file.",
    "BESTAND_ONLEESBAAR": "Dit bestand kan niet worden gelezen. Kijk of het bestaat en of je het mag lezen.",
    "BESTAND_ONSCHRIJFBAAR": "Hier kan niet worden geschreven. Kies een andere plek.",
    "PLAN_ONGELDIG": "Het plan kan niet worden gelezen: {plaats}.",
    "VASTLEGGEN_MISLUKT": "Het vastleggen is niet gelukt; er is niets gewijzigd. Maak ruimte op de schijf en probeer "
    "het opnieuw.",
})  # fmt: skip
"""Code → sentence. Facts stand between braces; none of them is ever personal."""
