"""A card beside a zaak says the same whether it is new or showed another dossier before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QLayout, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Bekendheid,
    Bezoekdoel,
    BrpUitkomst,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Herkenningsgrond,
    Overslaan,
    Woonsituatie,
)
from db.model.ids import NAMESPACE, uuid5
from db.model.situatie import Situatie
from db.queries.dossier import Dossier, SignaalRegel
from db.queries.vergelijken import OokGemeld
from db.queries.zaken import Bezoek, Stand
from desktop.ui.widgets.dossiercards import CallsCard, FactsCard, KnownCard, ResidentCard, SignalCard, SituationCard
from desktop.ui.workbench import Workbench
from tests import factories
from tests.documents import paper

LATER = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
DAY = date(2024, 6, 3)
OTHER: dict[str, object] = {
    "geopend_op": LATER, "ontvangen_op": LATER, "contact_voor": DAY, "telefoon": False, "pogingen": 3,
    "dagdelen": Dagdelen.WEEK_AVOND, "bezoeken": 1, "bereikt": True, "onbruikbaar": True, "belofte_op": LATER,
    "laatste_poging_op": LATER, "eerst_bereikt_op": LATER, "brief_op": LATER, "brp": BrpUitkomst.GEHEIM,
    "schuldhulp": Bekendheid.JA, "eerder_gemeld": Bekendheid.JA, "aanbod_op": LATER, "antwoord": Antwoord.BEDENKTIJD,
    "aanvaard_op": LATER, "gesprek_op": LATER, "afgezien": True, "plan_op": LATER,
    "overgeslagen": Overslaan.HULPAANBOD, "gesloten_op": LATER, "eindresultaat": Eindresultaat.REGELT_ZELF,
    "termijn": DAY, "plan_versie": 2, "evaluatie_op": DAY, "nakijken_op": DAY, "nazorg_op": LATER,
    "bezoek": Bezoek(
        datum=DAY, dagdeel=Dagdeel.MIDDAG, doel=Bezoekdoel.EERSTE_GESPREK, tijd="", aangekondigd=True, met=""
    ),
    "afgeschermd": True, "adres_akkoord": True, "niet_bezoeken": DAY, "niet_alleen": DAY, "tolk": True,
    "vertegenwoordigd": True, "woonsituatie": Woonsituatie.INSTELLING, "bel_wanneer": Dagdelen.WEEK_AVOND,
    "ander_nummer": "06-00000042",
}  # fmt: skip
"""For every fact of a zaak another value than it begins with; a fact that is added needs one here."""


def _signaal(number: int) -> SignaalRegel:
    return SignaalRegel(
        id=uuid5(NAMESPACE, f"signaal {number}"), extern_id=f"CM-{number:06d}", bron="Centraal Meldpunt",
        debtsoort="wlz", signaalpartner="CAK Eigen bijdrage", signaaldatum=DAY, ontstaansdatum=date(2024, 1, 2),
        bedrag=Bedrag(10_300 + number), klantnummer=f"441{number:04d}", artikel="2.4 lid 1 b", maanden=5,
        ontvangen_op=LATER, ingetrokken_op=None, schuldhulp=Bekendheid.NEE, eerder_gemeld=Bekendheid.NEE,
        zaak=paper.DOSSIER, opgepakt_op=LATER,
    )  # fmt: skip


def variants() -> dict[str, Dossier]:
    """Dossiers that each differ from the first in one thing."""
    first = msgspec.structs.replace(
        paper.dossier(inhouden=(), gesloten_op=None, eindresultaat=None), signalen=(_signaal(1),)
    )
    situated = paper.event(g.SituatieVastgelegd(situatie=Situatie(tolk=True, tolktaal="Pools")))
    reported = OokGemeld(first.signalen[0].id, "energie", DAY, Bedrag(9_900), Herkenningsgrond.ADRES)
    changes: dict[str, dict[str, object]] = {
        "nummer": {"nummer": "2024-A0002"},
        "inwoner": {"inwoner": factories.inwoner(achternaam="Hiddinga", emailadres="hiddinga@voorbeeld.example")},
        "debtsoort": {"debtsoort": "wlz"},
        "signalen": {"signalen": tuple(map(_signaal, range(1, 7)))},
        "ingetrokken": {"signalen": (msgspec.structs.replace(_signaal(1), ingetrokken_op=DAY),)},
        "eerdere": {"eerdere": (_signaal(2),)},
        "ook_gemeld": {"ook_gemeld": (reported,)},
        "gelijkend": {"gelijkend": 1},
        "alleen_lezen": {"alleen_lezen": True},
        "situatie": {"gebeurtenissen": (situated,)},
    }
    found = {"eerst": first}
    found |= {name: msgspec.structs.replace(first, **change) for name, change in changes.items()}
    for name, value in OTHER.items():
        stand = msgspec.structs.replace(first.stand, **{name: value})
        found[name] = msgspec.structs.replace(first, stand=stand)
        secret = msgspec.structs.replace(stand, afgeschermd=True)
        found[f"{name}, geheim"] = msgspec.structs.replace(first, stand=secret)
    return found


def told(layout: QLayout | None) -> list[str]:
    """The texts that stand in a layout, in their order."""
    texts: list[str] = []
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        widget = item.widget() if item is not None else None
        if isinstance(widget, QLabel | QPushButton):
            texts.append(widget.text())
        elif widget is not None:
            texts += told(widget.layout())
        elif item is not None:
            texts += told(item.layout())
    return texts


Fill = Callable[[Dossier], None]
KINDS = ("inwoner", "gebeld", "situatie", "signalen", "bekend")


def make(kind: str, workbench: Workbench) -> tuple[FactsCard | CallsCard, Fill]:
    """A new card, and what fills it."""
    session = workbench.session
    if kind == "inwoner":
        resident = ResidentCard(workbench)
        return resident, lambda dossier: resident.show_dossier(dossier, session)
    if kind == "gebeld":
        calls = CallsCard(workbench)
        return calls, lambda dossier: calls.show_dossier(dossier, session)
    if kind == "situatie":
        situation = SituationCard(workbench)
        return situation, lambda dossier: situation.show_dossier(dossier, DAY, may_record=not dossier.alleen_lezen)
    if kind == "signalen":
        signals = SignalCard(workbench)
        return signals, signals.show_dossier
    known = KnownCard(workbench)
    return known, lambda dossier: known.show_dossier(dossier, may_record=not dossier.alleen_lezen)


def test_every_fact_of_a_zaak_has_another_value_here() -> None:
    first = variants()["eerst"].stand
    assert OTHER.keys() == set(Stand.__struct_fields__)
    assert [name for name, value in OTHER.items() if getattr(first, name) == value] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_that_showed_another_dossier_says_what_a_new_one_says(
    qtbot: QtBot, workbench: Workbench, kind: str
) -> None:
    used, fill = make(kind, workbench)
    dossiers, seen = variants(), set()
    for name, dossier in dossiers.items():
        fill(dossiers["eerst"])
        fill(dossier)
        fresh, fill_fresh = make(kind, workbench)
        fill_fresh(dossier)
        assert told(used.layout()) == told(fresh.layout()), name
        seen.add(tuple(told(fresh.layout())))
        fresh.deleteLater()
    assert len(seen) > 1
    used.deleteLater()


def test_a_card_whose_facts_stay_is_not_filled_again(workbench: Workbench) -> None:
    card, fill = make("signalen", workbench)
    dossiers = variants()
    fill(dossiers["eerst"])
    before = card.findChildren(QLabel)
    fill(dossiers["pogingen"])
    assert card.findChildren(QLabel) == before
    card.deleteLater()
