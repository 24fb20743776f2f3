"""The settings in words, in the groups in which Beheer shows them; a test holds them against the settings there are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.model.codes import Quotumregel


@dataclass(frozen=True)
class Uitleg:
    """A setting in words: its caption, and what it decides; where there are `keuzes`, each value with its words."""

    naam: str
    kop: str
    zin: str
    keuzes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Groep:
    """Settings that belong together."""

    titel: str
    instellingen: tuple[Uitleg, ...]


def groepen() -> tuple[Groep, ...]:
    """Every setting that somebody may change."""
    return (
        Groep(_tr("Bellen, langsgaan en termijnen"), (
            Uitleg("pogingen", _tr("Belpogingen vóór een huisbezoek"), _tr("1 tot en met 10.")),
            Uitleg("dagdelen", _tr("Verschillende dagdelen"), _tr("In hoeveel dagdelen is gebeld: 1 tot en met 3.")),
            Uitleg(
                "bezoek_aankondigen", _tr("Een huisbezoek wordt aangekondigd met een brief"),
                _tr("Dit staat klaar bij het plannen; per bezoek kun je anders kiezen."),
            ),
            Uitleg(
                "bezoek_samen", _tr("Met z'n tweeën op huisbezoek"),
                _tr("Bij het plannen vul je dan in wie er meegaat."),
            ),
            Uitleg("contact_dagen", _tr("Dagen tot de eerste poging"), _tr("Gerekend vanaf het oppakken.")),
            Uitleg(
                "gesprek_weken", _tr("Weken tot het eerste gesprek"),
                _tr("Hoogstens 4, vanaf ontvangst van het signaal (Wgs artikel 4 lid 1)."),
            ),
            Uitleg(
                "dreiging_werkdagen", _tr("Werkdagen bij een dreigende situatie"),
                _tr("Hoogstens 3 (Wgs artikel 4 lid 2)."),
            ),
            Uitleg(
                "te_laat_werkdagen", _tr("Werkdagen als de termijn voorbij is"),
                _tr("Als de inwoner pas na de termijn ja zegt."),
            ),
            Uitleg(
                "plan_weken", _tr("Weken voor het plan van aanpak"),
                _tr("Hoogstens 8, zoals de verordening zegt (Wgs artikel 4a lid 3)."),
            ),
            Uitleg(
                "brief_werkdagen", _tr("Werkdagen tussen brief en afsluiten"),
                _tr("Zo lang ligt er een brief of kaartje voordat je “geen contact” kiest."),
            ),
            Uitleg(
                "herhaling_maanden", _tr("Maanden voor een herhaalde melding"),
                _tr("Hoe ver terug een eerder signaal telt."),
            ),
        )),
        Groep(_tr("Op brieven en in het belscript"), (
            Uitleg(
                "team_nummer", _tr("Telefoonnummer van het team"),
                _tr("Het nummer dat altijd werkt, ook als jij er niet bent. Leeg: het nummer van de gemeente."),
            ),
            Uitleg("direct_nummer", _tr("Jouw eigen nummer"), _tr("Staat op brieven onder je naam.")),
            Uitleg("werkdagen", _tr("Jouw werkdagen"), _tr("Zo weet de inwoner wanneer je er bent.")),
            Uitleg("gemeente_adres", _tr("Adres van de gemeente"), _tr("De afzender op brieven.")),
            Uitleg("logo", _tr("Logo op brieven"), _tr("In plaats van de naam van de gemeente. PNG of JPEG.")),
            Uitleg(
                "briefhoofd", _tr("Regel in het briefhoofd"), _tr("Onder de naam van de gemeente, zoals de afdeling.")
            ),
            Uitleg(
                "venster", _tr("Venster van de enveloppen"),
                _tr("Daar komt het adres van de inwoner te staan."),
                (("links", _tr("Links")), ("rechts", _tr("Rechts"))),
            ),
            Uitleg("mandaat", _tr("Namens wie wordt besloten"), _tr("Onder het plan van aanpak, dat een besluit is.")),
            Uitleg(
                "bezwaar_adres", _tr("Adres voor bezwaar"),
                _tr("Waar een inwoner bezwaar maakt tegen het plan. Leeg: het adres van de gemeente."),
            ),
            Uitleg(
                "fg_contact", _tr("Functionaris gegevensbescherming"),
                _tr("Hoe een inwoner die bereikt; staat in de privacytekst."),
            ),
        )),
        Groep(_tr("Vaste aantallen"), (
            Uitleg(
                "vaste_aantallen", _tr("Signalen per maand"),
                _tr("Per soort, zoals wlz=20 wmo-abonnementstarief=40. Wat erboven komt, wacht. Leeg: geen grens."),
            ),
            Uitleg(
                "quotum_keuze", _tr("Wie gaat eerst"),
                _tr("Wat wacht, doet de volgende keer weer mee."),
                (
                    (Quotumregel.OUDSTE_VORDERING.value, _tr("De oudste rekening, dan het hoogste bedrag")),
                    (Quotumregel.HOOGSTE_BEDRAG.value, _tr("Het hoogste bedrag, dan de oudste rekening")),
                ),
            ),
        )),
        Groep(_tr("Terugmelden en evaluatie"), (
            Uitleg(
                "volledige_set_akkoord", _tr("Akkoord van de functionaris gegevensbescherming"),
                _tr("Naam en datum. Nodig voor de volledige set."),
            ),
            Uitleg(
                "volledige_set", _tr("De volledige set codes gaat naar het CAK"),
                _tr("Anders hoort het CAK alleen dat de gemeente klaar is."),
            ),
            Uitleg(
                "cak_werkelijk", _tr("Procedures volgens het CAK"), _tr("Per halfjaar, zoals 2024-1=210 2024-2=380.")
            ),
        )),
        Groep(_tr("Beveiliging"), (
            Uitleg("slot_seconden", _tr("Seconden stilte tot het slot"), _tr("30 tot en met 900.")),
            Uitleg(
                "herstelblad_bevestigd", _tr("Herstelblad veilig opgeborgen"),
                _tr("Door wie en wanneer. Zonder dit leest de kluis geen signalen in."),
            ),
        )),
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Beheer", text)
