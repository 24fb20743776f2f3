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
    # deliveries
    "LEEG_BESTAND": "Dit bestand is leeg. Vraag de afzender om het opnieuw te sturen.",
    "CODERING": "De tekens in dit bestand zijn niet te lezen ({plaats}). Vraag om een bestand in UTF-8.",
    "TE_GROOT": "Dit bestand is groter dan 50 MB. Vraag de afzender om het in delen te sturen.",
    "TE_VEEL_RIJEN": "Dit bestand heeft meer dan {hoogstens} rijen. Vraag de afzender om het in delen te sturen.",
    "TE_DIEP": "Dit bestand is te ingewikkeld opgebouwd. Open het niet; meld het aan je beheerder.",
    "KOLOM_ONTBREEKT": "Er ontbreekt iets in dit bestand: {plaats}. Vraag de afzender om een volledig bestand.",
    "KOLOM_DUBBEL": "Dit staat twee keer in het bestand: {plaats}. Vraag de afzender welke van de twee geldt.",
    "GEEN_GEWOON_BESTAND": "Dit is geen gewoon bestand maar een map, link of apparaat. Kies het bestand zelf.",
    "ONBEKEND_FORMAAT": "Dit bestand heeft een vorm die Voordeur niet kent ({plaats}). Kies een signaalbestand in JSON "
    "of CSV.",
    "BESTAND_VERANDERT": "Dit bestand verandert nog terwijl het wordt gelezen. Wacht even en probeer het opnieuw.",
    "IMPORT_AFGEBROKEN": "Je hebt het inlezen gestopt. Er is niets van dit bestand bewaard.",
    "ONDER_DREMPEL": "De achterstand is {gevonden} en de wet vraagt minstens {vereist} (artikel {artikel}). Je hoeft "
    "niets te doen.",
    "TE_KORT": "De oudste vordering is {gevonden} oud en de wet vraagt minstens {vereist} (artikel {artikel}). "
    "Je hoeft niets te doen.",
    "BUITEN_GELDIGHEID": "De signaaldatum is {gevonden}, maar de regeling geldt van {vereist}. Je mag dit signaal niet "
    "gebruiken.",
    "ONBEKENDE_SOORT": "Deze soort signaal of deze melder staat niet in de regeling ({gevonden}). Vraag de afzender om "
    "de juiste soort.",
    "ANDERE_GEMEENTE": "Dit is bedoeld voor een andere gemeente en is niet bewaard. Meld dit: het kan een datalek zijn.",
    "VELD_ONTBREEKT": "Het veld {veld} is niet goed gevuld: {gevonden}. Vul het aan, of vraag het de afzender.",
    "DATUM_ONGELDIG": "In het veld {veld} staat geen goede datum: {gevonden}. Verwacht: {vereist}.",
    "BEDRAG_ONGELDIG": "Dit bedrag is niet zeker te lezen: {gevonden}. Verwacht: {vereist}.",
    "VELD_TE_LANG": "Het veld {veld} is te lang: {gevonden}. Kort het in tot {vereist}.",
    "STUURTEKEN": "In het veld {veld} staat een teken dat er niet in mag. Verbeter het veld, of vraag het de "
    "afzender.",
    "REGELEINDE_IN_ADRES": "In het veld {veld} staat meer dan één regel. Maak er één regel van.",
    "MOGELIJK_BSN": "In het veld {veld} staan negen cijfers die een BSN kunnen zijn. Ze zijn niet bewaard; vul het "
    "veld zonder BSN.",
    "POSTCODE_ONGELDIG": "Dit is geen postcode: {gevonden}. Vul vier cijfers en twee letters in.",
    "DUBBEL_IN_BESTAND": "Dit signaal staat twee keer in het bestand; alleen de eerste rij telt. Vraag de afzender welke "
    "rij klopt.",
    # keys, the keyring and the folder of the vault
    "SLEUTEL_ONJUIST": "De kluis gaat met dit wachtwoord niet open. Kijk of Caps Lock uit staat en probeer het opnieuw,"
    " of gebruik de herstelsleutel van je herstelblad.",
    "SLEUTELBOS_VERGRENDELD": "De sleutelbos van je computer is op slot, en Voordeur heeft die nodig. Ontgrendel de sleutelbos"
    " en probeer het opnieuw; lukt dat niet, gebruik dan je herstelsleutel.",
    "SLEUTELBOS_ONTBREEKT": "Deze computer heeft geen sleutelbos waar Voordeur bij kan. Meld je aan zoals je gewend bent en "
    "probeer het opnieuw, gebruik je herstelsleutel, of vraag je beheerder om hulp.",
    "SLEUTELBOS_LEEG": "In de sleutelbos van je computer staat niets meer voor deze kluis; dat gebeurt als iemand het "
    "wachtwoord van je account opnieuw instelt. Open de kluis met je herstelsleutel en kies een "
    "nieuw wachtwoord.",
    "SLEUTELBOS_ANDERS": "Wat in de sleutelbos van je computer staat, hoort niet bij deze kluis. Open de kluis met je "
    "herstelsleutel en kies een nieuw wachtwoord.",
    "SLEUTELBOS_FOUT": "De sleutelbos van je computer geeft een fout. Meld je opnieuw aan bij je computer en probeer "
    "het nog eens; lukt dat niet, vraag dan je beheerder om hulp.",
    "HERSTELSLEUTEL_TYPEFOUT": "In groep {groep} van de herstelsleutel zit een typefout. Kijk die groep na op je herstelblad.",
    "HERSTELSLEUTEL_ONLEESBAAR": "In de herstelsleutel zit een typefout. Kijk alle negen groepen van vier tekens na op je "
    "herstelblad.",
    "HERSTELSLEUTEL_ONJUIST": "Deze herstelsleutel hoort niet bij deze kluis. Zoek het herstelblad dat bij deze kluis is "
    "gemaakt; er is niets veranderd.",
    "TE_WEINIG_GEHEUGEN": "Je computer heeft {mib} MB vrij geheugen nodig om de kluis te openen. Sluit andere programma's "
    "en probeer het opnieuw.",
    "WACHTZIN_TE_KORT": "Dit wachtwoord heeft {lengte} tekens; het moeten er minstens {minimum} zijn. Kies bijvoorbeeld "
    "vier woorden die niets met elkaar te maken hebben.",
    "WACHTZIN_TE_GEWOON": "Dit wachtwoord is te makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met elkaar te"
    " maken hebben.",
    "WACHTZIN_STUURTEKEN": "In dit wachtwoord zit een teken dat je in een venster niet kunt typen, zoals een tab. Kies een "
    "wachtwoord met letters, cijfers, leestekens en spaties.",
    "SLEUTELS_ONTBREKEN": "De sleutelbestanden van deze kluis zijn weg. Zet een reservekopie terug, of vraag je beheerder "
    "om hulp.",
    "SLEUTELS_BESCHADIGD": "Beide sleutelbestanden van deze kluis zijn beschadigd. Zet een reservekopie terug, of vraag je "
    "beheerder om hulp; er is niets veranderd.",
    "SLEUTELS_NIEUWER": "Deze kluis is gemaakt met een nieuwere versie van Voordeur. Werk het programma bij; er is niets"
    " veranderd.",
    "SLEUTELS_GEWIJZIGD": "Iemand heeft de sleutelbestanden van deze kluis veranderd zonder de sleutel. Werk niet verder, "
    "vertel het je beheerder en zet een reservekopie terug.",
    "KLUIS_BESTAAT": "In deze map staat al een kluis. Open die kluis, of kies een andere map.",
    "MAP_IS_KOPPELING": "Deze map is een koppeling naar een andere plek. Kies de echte map op je eigen schijf.",
    "MAP_IS_GEEN_MAP": "Op deze plek staat een bestand en geen map. Kies een andere map.",
    "MAP_VAN_ANDER": "Deze map is van een andere gebruiker van deze computer. Kies een map van jezelf.",
    "MAP_OP_NETWERK": "Deze map staat op een netwerkschijf, en daar kan de kluis kapotgaan. Kies een map op je eigen "
    "schijf.",
    "MAP_WORDT_GESYNCHRONISEERD": "Deze map wordt gekopieerd naar de cloud, en daardoor kan de kluis kapotgaan. Kies een map op je"
    " eigen schijf.",
    "SCHIJF_VOL": "De schijf is vol; er is niets opgeslagen. Maak ruimte vrij en probeer het opnieuw.",
    "GEEN_SCHRIJFRECHT": "Voordeur mag in deze map niet schrijven. Kies een andere map, of vraag je beheerder om hulp.",
    "SCHIJF_FOUT": "Opslaan op de schijf lukt niet (fout {errno}); wat er stond, staat er nog. Probeer het opnieuw "
    "en vraag je beheerder om hulp als het zo blijft.",
})  # fmt: skip
"""Code → sentence. Facts stand between braces; none of them is ever personal."""
