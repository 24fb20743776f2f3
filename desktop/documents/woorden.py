"""Dutch words (B1) for codes, dates and moments, as letters, the inzage and the timeline use them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.model.codes import (
    Antwoord,
    Bak,
    Bekendheid,
    Belresultaat,
    Berichtstaat,
    Bezoekdoel,
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Gelukt,
    Gesprekspartner,
    Herkenningsgrond,
    Huisgenoot,
    Identiteitsbewijs,
    Oordeel,
    Overeenkomst,
    Quotumregel,
    Richting,
    Rol,
    Signaalpartner,
    Signaalstatus,
    Stap,
    Terugmeldcode,
    Uitkomst,
    Vertegenwoordiging,
    Vrijgave,
    Weigergrond,
    Woonsituatie,
    Zekerheid,
)
from desktop.casework.kalender import AMSTERDAM

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def dag(day: date) -> str:
    """`7 mei 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekdag(day: date) -> str:
    """`dinsdag 7 mei 2024`."""
    return f"{_DAYS[day.weekday()]} {dag(day)}"


def moment(instant: datetime) -> str:
    """`7 mei 2024 om 14.05 uur`, Dutch time, of an aware instant."""
    local = instant.astimezone(AMSTERDAM)
    return f"{dag(local.date())} om {local:%H.%M} uur"


def ja_nee(answer: bool | None) -> str:  # noqa: FBT001 - a yes or no is what it puts into words
    """`ja`, `nee`, or nothing when it was not asked."""
    return "" if answer is None else "ja" if answer else "nee"


_WORDS: dict[type[StrEnum], dict[str, str]] = {
    Contactsoort: {
        Contactsoort.ADMINISTRATIEF: "administratie",
        Contactsoort.AFSPRAAK_OP_LOCATIE: "een afspraak",
        Contactsoort.BRIEF: "een brief",
        Contactsoort.HUISBEZOEK: "een huisbezoek",
        Contactsoort.KAARTJE: "een kaartje",
        Contactsoort.MAIL: "een e-mail",
        Contactsoort.ONBEKEND: "niet bekend hoe",
        Contactsoort.OVERIGE: "op een andere manier",
        Contactsoort.SMS_WHATSAPP: "een bericht op de telefoon",
        Contactsoort.TELEFOON: "telefoon",
    },
    Gesprekspartner: {
        Gesprekspartner.INWONER: "met uzelf",
        Gesprekspartner.CURATOR: "met uw curator",
        Gesprekspartner.BEWINDVOERDER: "met uw bewindvoerder",
        Gesprekspartner.GEMACHTIGDE: "met uw gemachtigde",
        Gesprekspartner.MENTOR: "met uw mentor",
        Gesprekspartner.ANDER: "met iemand anders",
    },
    Belresultaat: {
        Belresultaat.GESPROKEN: "gesproken",
        Belresultaat.GEEN_GEHOOR: "geen gehoor",
        Belresultaat.VOICEMAIL_INGESPROKEN: "voicemail ingesproken",
        Belresultaat.VOICEMAIL_NIET_INGESPROKEN: "voicemail, niet ingesproken",
        Belresultaat.NUMMER_ONBRUIKBAAR: "nummer buiten gebruik of verkeerd",
        Belresultaat.IEMAND_ANDERS: "iemand anders nam op",
        Belresultaat.WIL_NU_NIET: "wilde toen niet praten",
        Belresultaat.TOLK_NODIG: "een tolk was nodig",
        Belresultaat.TERUGBELLEN: "wij bellen terug",
        Belresultaat.NIEMAND_THUIS: "niemand thuis",
        Belresultaat.NIET_GEKOMEN: "niet op het gesprek gekomen",
    },
    Richting: {Richting.UIT: "wij zochten contact met u", Richting.IN: "u zocht contact met ons"},
    BrpUitkomst: {
        BrpUitkomst.KLOPT: "het adres klopt",
        BrpUitkomst.VERHUISD: "verhuisd",
        BrpUitkomst.OVERLEDEN: "overleden",
        BrpUitkomst.GEHEIM: "het adres is geheim",
    },
    Antwoord: {
        Antwoord.AANVAARD: "u wilde hulp",
        Antwoord.GEEN_HULP: "u wilde toen geen hulp",
        Antwoord.BEDENKTIJD: "u wilde erover nadenken",
    },
    Vertegenwoordiging: {
        Vertegenwoordiging.CURATOR: "curator",
        Vertegenwoordiging.BEWINDVOERDER: "bewindvoerder",
        Vertegenwoordiging.GEMACHTIGDE: "gemachtigde",
        Vertegenwoordiging.MENTOR: "mentor",
    },
    Woonsituatie: {
        Woonsituatie.ZELFSTANDIG: "zelfstandig",
        Woonsituatie.BIJ_ANDEREN: "bij andere mensen",
        Woonsituatie.INSTELLING: "in een instelling",
        Woonsituatie.OPVANG: "in de opvang",
    },
    Huisgenoot: {
        Huisgenoot.PARTNER: "partner",
        Huisgenoot.KIND: "kind",
        Huisgenoot.VOLWASSEN_KIND: "volwassen kind",
        Huisgenoot.OUDER: "ouder",
        Huisgenoot.ANDER: "iemand anders",
    },
    Bezoekdoel: {Bezoekdoel.HUISBEZOEK: "een huisbezoek", Bezoekdoel.EERSTE_GESPREK: "een eerste gesprek"},
    Oordeel: {Oordeel.JA: "ja", Oordeel.NEE: "nee", Oordeel.UITZOEKEN: "zoeken wij uit"},
    Gelukt: {
        Gelukt.JA: "ja, het is gelukt",
        Gelukt.DEELS: "voor een deel",
        Gelukt.NEE: "nee, nog niet",
        Gelukt.NIET_BEREIKT: "wij konden het niet vragen",
    },
    Bekendheid: {Bekendheid.JA: "ja", Bekendheid.NEE: "nee", Bekendheid.ONBEKEND: "niet bekend"},
    Herkenningsgrond: {
        Herkenningsgrond.GEBOORTEDATUM: "aan uw naam of adres, met uw geboortedatum",
        Herkenningsgrond.ADRES: "aan uw naam en adres",
    },
    Zekerheid: {Zekerheid.ZEKER: "zeker", Zekerheid.WAARSCHIJNLIJK: "waarschijnlijk"},
    Overeenkomst: {
        Overeenkomst.KLANTNUMMER_GELIJK: "hetzelfde klantnummer",
        Overeenkomst.GEBOORTEDATUM_GELIJK: "dezelfde geboortedatum",
        Overeenkomst.GEBOORTEDATUM_GEDRAAID: "dag en maand van de geboortedatum staan andersom",
        Overeenkomst.GEBOORTEDATUM_LIJKT: "de geboortedatum scheelt één cijfer of één jaar",
        Overeenkomst.GEBOORTEDATUM_ANDERS: "een andere geboortedatum",
        Overeenkomst.NAAM_GELIJK: "dezelfde achternaam",
        Overeenkomst.NAAM_KLINKT: "de achternaam klinkt hetzelfde",
        Overeenkomst.NAAM_LIJKT: "de achternaam scheelt één of twee letters",
        Overeenkomst.NAAM_DEELS: "één van de achternamen is dezelfde",
        Overeenkomst.NAAM_ANDERS: "een andere achternaam",
        Overeenkomst.VOORLETTERS_GELIJK: "dezelfde voorletters",
        Overeenkomst.VOORLETTERS_DEELS: "de eerste voorletters zijn dezelfde",
        Overeenkomst.VOORLETTERS_LIJKEN: "de voorletters lijken op elkaar",
        Overeenkomst.VOORLETTERS_ANDERS: "andere voorletters",
        Overeenkomst.ADRES_GELIJK: "hetzelfde adres",
        Overeenkomst.ADRES_TOEVOEGING: "hetzelfde adres met een andere toevoeging",
        Overeenkomst.ADRES_LIJKT: "de postcode scheelt één teken",
        Overeenkomst.ADRES_STRAAT: "dezelfde postcode met een ander huisnummer",
        Overeenkomst.ADRES_ANDERS: "een ander adres",
        Overeenkomst.ADRES_INSTELLING: "een adres waar veel mensen wonen; dat telt niet mee",
        Overeenkomst.TELEFOON_GELIJK: "hetzelfde telefoonnummer",
    },
    Rol: {Rol.UITVOERDER: "uitvoerder", Rol.TEAMLEIDER: "teamleider", Rol.BEHEERDER: "beheerder"},
    Identiteitsbewijs: {
        Identiteitsbewijs.PASPOORT: "paspoort",
        Identiteitsbewijs.ID_KAART: "id-kaart",
        Identiteitsbewijs.RIJBEWIJS: "rijbewijs",
        Identiteitsbewijs.ANDERS: "op een andere manier",
    },
    Dagdeel: {
        Dagdeel.OCHTEND: "in de ochtend (tot 12.00 uur)",
        Dagdeel.MIDDAG: "in de middag (tussen 12.00 en 18.00 uur)",
        Dagdeel.AVOND: "in de avond (na 18.00 uur)",
    },
    Stap: {
        Stap.BELLEN: "bellen",
        Stap.HUISBEZOEK: "huisbezoek",
        Stap.HULPAANBOD: "hulp aanbieden",
        Stap.EERSTE_GESPREK: "eerste gesprek",
        Stap.PLAN: "plan maken",
        Stap.AFSLUITEN: "afsluiten",
        Stap.AFGESLOTEN: "afgesloten",
    },
    Terugmeldcode: {
        Terugmeldcode.HULP: "U krijgt hulp van de schuldhulpverlening van de gemeente.",
        Terugmeldcode.AFGEROND: "De gemeente is klaar met dit signaal.",
        Terugmeldcode.GEEN_CONTACT: "De gemeente kreeg geen contact met u.",
        Terugmeldcode.CONTACT_GEEN_HULP: "De gemeente sprak u. U kreeg geen hulp van de gemeente.",
        Terugmeldcode.CONTACT_ANDERE_HULP: "De gemeente sprak u. U kreeg hulp.",
        Terugmeldcode.GEEN_INWONER: "U woont niet (meer) in deze gemeente.",
        Terugmeldcode.OVERLEDEN: "De inwoner is overleden.",
        Terugmeldcode.ONTERECHT: "Dit signaal had niet gestuurd mogen worden.",
        Terugmeldcode.HERHAALD: "Dit signaal was al eerder gestuurd.",
        Terugmeldcode.NIET_OPGEPAKT: "De gemeente deed niets met dit signaal.",
    },
    Berichtstaat: {
        Berichtstaat.KLAAR: "staat klaar, is nog niet verstuurd",
        Berichtstaat.WORDT_VERZONDEN: "verstuurd",
        Berichtstaat.AANGEKOMEN: "verstuurd en aangekomen",
        Berichtstaat.GEWEIGERD: "verstuurd, maar niet aangenomen",
        Berichtstaat.INGETROKKEN: "niet verstuurd, ingetrokken",
        Berichtstaat.ONZEKER: "verstuurd, niet zeker of het aankwam",
    },
    Vrijgave: {
        Vrijgave.VAST_AANTAL: "er was weer ruimte in het vaste aantal",
        Vrijgave.MEDEWERKER: "wij pakten het op boven het vaste aantal",
    },
    Quotumregel: {
        Quotumregel.OUDSTE_VORDERING: "oudste rekening eerst, dan hoogste bedrag",
        Quotumregel.HOOGSTE_BEDRAG: "hoogste bedrag eerst, dan oudste rekening",
    },
    Weigergrond: {
        Weigergrond.ONTERECHT: "het signaal had niet gestuurd mogen worden",
        Weigergrond.HERHAALD: "hetzelfde signaal kwam al eerder",
        Weigergrond.OVERLEDEN: "de inwoner is overleden",
        Weigergrond.GEEN_INWONER: "u woont niet (meer) in deze gemeente",
        Weigergrond.TIJDELIJK_NIET_BEREIKBAAR: "u was een tijd niet bereikbaar",
        Weigergrond.BEZOEK_NIET_VEILIG: "een bezoek was niet veilig",
        Weigergrond.GEEN_CAPACITEIT: "wij hadden te weinig mensen",
        Weigergrond.ADRES_ONBEKEND: "wij wisten uw adres niet",
        Weigergrond.INGETROKKEN: "het CAK trok het signaal in",
    },
    Bak: {
        Bak.NIEUW: "nieuw",
        Bak.HERHAALD: "eerder gestuurd",
        Bak.CONTROLEREN: "eerst controleren",
        Bak.WACHT: "wacht op een plek",
        Bak.GEWIJZIGD: "gewijzigd",
        Bak.INGETROKKEN: "ingetrokken",
        Bak.NIET_TOEGELATEN: "niet toegelaten",
        Bak.ONLEESBAAR: "niet leesbaar",
        Bak.OPGEPAKT: "opgepakt",
        Bak.GEWEIGERD: "niet opgepakt",
    },
    Uitkomst: {
        Uitkomst.GEACCEPTEERD: "aangenomen",
        Uitkomst.NIET_TOEGELATEN: "niet toegelaten",
        Uitkomst.ONLEESBAAR: "niet leesbaar",
        Uitkomst.AL_BEKEND: "al bekend",
        Uitkomst.GEWIJZIGD: "gewijzigd",
    },
}

# These lists are national words already (DDAS); a resident reads them as they are.
_OWN_WORDS = (Signaalpartner, Signaalstatus, Eindresultaat)

_CELLS = {
    Dagdelen.WEEK_OCHTEND: "ochtend, doordeweeks",
    Dagdelen.WEEK_MIDDAG: "middag, doordeweeks",
    Dagdelen.WEEK_AVOND: "avond, doordeweeks",
    Dagdelen.WEEKEND_OCHTEND: "ochtend, in het weekend",
    Dagdelen.WEEKEND_MIDDAG: "middag, in het weekend",
    Dagdelen.WEEKEND_AVOND: "avond, in het weekend",
}


def woord(code: StrEnum | None) -> str:
    """The word for a code of `db.model.codes`, or nothing for None.

    Raises:
        KeyError: for a code without a word; a test walks them all.
    """
    if code is None:
        return ""
    return code.value if isinstance(code, _OWN_WORDS) else _WORDS[type(code)][code]


_REDENEN = {
    "ONDER_DREMPEL": "het bedrag is te laag",
    "TE_KORT": "de rekening staat nog te kort open",
    "BUITEN_GELDIGHEID": "de regeling gold toen niet",
    "ONBEKENDE_SOORT": "deze soort rekening hoort niet bij de regeling",
    "TE_OUD": "het was te lang geleden om te bewaren",
    "ANDERE_GEMEENTE": "het was voor een andere gemeente",
    "VELD_ONTBREEKT": "er was iets niet ingevuld",
    "DATUM_ONGELDIG": "een datum klopte niet",
    "BEDRAG_ONGELDIG": "een bedrag klopte niet",
    "VELD_TE_LANG": "er stond te veel in een veld",
    "STUURTEKEN": "er stond een teken in dat niet mag",
    "REGELEINDE_IN_ADRES": "er stond meer dan één regel in een veld",
    "MOGELIJK_BSN": "er stonden negen cijfers in die een BSN konden zijn",
    "POSTCODE_ONGELDIG": "de postcode klopte niet",
    "DUBBEL_IN_BESTAND": "het stond twee keer in het bestand",
}


def reden(code: str) -> str:
    """Why a row was not taken in, in words to the resident; a code of another program as it stands."""
    return _REDENEN.get(code, code)


def dagdelen(cells: Dagdelen) -> str:
    """`middag, doordeweeks`; several with a semicolon between them."""
    return "; ".join(name for cell, name in _CELLS.items() if cell & cells)


_AFLOOP = {
    Eindresultaat.HERHAALDE_MELDING: "Wij kregen hetzelfde signaal al eerder. Daarom deden wij er nu niets mee.",
    Eindresultaat.ONTERECHT: "Het signaal had niet naar ons gestuurd mogen worden. Daarom deden wij er niets mee.",
    Eindresultaat.ANDERE_REDEN: "Wij konden u nu niet helpen. Dat ligt niet aan u.",
    Eindresultaat.OVERLEDEN: "Wij hoorden dat de inwoner is overleden.",
    Eindresultaat.GEEN_INWONER: "U woont niet meer in onze gemeente. Daarom stoppen wij.",
    Eindresultaat.BEKEND_BIJ_SCHULDHULP: "U krijgt al hulp van de schuldhulpverlening. Die gaat met u verder.",
    Eindresultaat.ANDER_TRAJECT: "U krijgt al hulp van iemand anders. Die gaat met u verder.",
    Eindresultaat.GEEN_CONTACT: "Wij hebben u niet kunnen bereiken. Daarom stoppen wij nu.",
    Eindresultaat.GEEN_REACTIE_NA_CONTACT: "Wij spraken elkaar, maar daarna hoorden wij niets meer van u.",
    Eindresultaat.REGELT_ZELF: "U regelt het zelf. U wilde nu geen hulp van ons.",
    Eindresultaat.ZELF_BETAALD: "U heeft betaald, of u heeft zelf een afspraak gemaakt om te betalen.",
    Eindresultaat.ADVIES_QUICK_FIX: "U kreeg advies of hulp van ons. Wij denken dat u nu zelf verder kunt.",
    Eindresultaat.VERVOLGHULP: "U krijgt verder hulp.",
    Eindresultaat.VERVOLGHULP_FINANCIEEL: "U krijgt verder hulp met geldzaken.",
    Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL: "U krijgt verder hulp van een andere organisatie.",
    Eindresultaat.VERWIJZING_ZONDER_INWONER: "Wij hebben een andere organisatie gevraagd om contact met u te zoeken.",
}


def afloop(eindresultaat: Eindresultaat) -> str:
    """How a zaak ended, in a sentence to the resident (handbook section 4)."""
    return _AFLOOP[eindresultaat]
