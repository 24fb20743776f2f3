"""The one escaping place: whatever a name holds is printed or marked, and nothing is ever fetched."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import Dagdeel, Identiteitsbewijs, Rol, Stap, Uitkomst, Vertegenwoordiging
from db.model.ids import NAMESPACE, uuid5
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.situatie import Situatie, Vertegenwoordiger
from db.queries.inzage import Deel
from desktop.documents.bezoekmap import Deur, bezoekmap
from desktop.documents.blocks import Run
from desktop.documents.importverslag import importverslag
from desktop.documents.inzage import as_json, as_pdf, compose
from desktop.documents.letters import plan_van
from desktop.documents.making import Opdracht, Wens, make_combined
from desktop.documents.stapel import lijst
from desktop.documents.text import MARK, advance, broken, drawable, shortened, visible
from tests import factories
from tests.documents import paper
from tests.documents.pages import composed, inzage_of
from tests.documents.structure import aloud, drawn_in, opened

# ISO 6937, the letters of the BRP (Logisch Ontwerp, teletex): Latin with every diacritic that goes with it.
BRP = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĮįİıĲĳĴĵ"
    "ĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
)

TELETEX_SIGNS = "¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿―¹®©™♪¬¦⅛⅜⅝⅞ΩªºŒœŁłĸŉŊŋĦħŦŧ–—…€"
"""The other signs of that set, and those that word processors make of ordinary ones."""

HOSTILE = (
    "<img src=\"/etc/hostname\"> <img src='http://127.0.0.1:9/x'>",
    '<font color="[().__class__]">x</font>',
    "<para><b></para>&#x0;&nbsp;<br/><a href='file:///etc/hostname'>x</a>",
    "\u202eomgekeerd\u202c \u2066x\u2069 \u200b\u200d\ufeff\u00ad",
    "\x00\x01\x1b[31m\x7f\x85",
    "😀👩‍👩‍👧\U0010ffff\ud800",
    "a" + "\u0301\u0308\u0323" * 300,
    "W" * 10_000,
    "مرحبا שלום 你好 नमस्ते",
    "x\r\nAan: iemand anders\rx\u2028x\u2029x",
    "%(naam)s {naam} {{}} **x** ${x} [als naam] # kop",
)

anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "Lo", "So"]),
        st.sampled_from("<>&\"'/{}[]*#-_◊\u202e\u0301\x00\n\t "),
    ),
    max_size=120,
)


class Watch(NamedTuple):
    seen: list[str]
    state: dict[str, bool]


@pytest.fixture(scope="module")
def watched() -> Watch:
    """Everything that was opened or connected to while a test asked for it; the fonts are loaded before."""
    for soort in [*paper.READY, "inzage"]:  # fonts, texts and modules are read before anyone watches
        make("x", soort)
    for soort in paper.READY:
        make_combined(orders(soort, ["een", "twee"]))
    seen: list[str] = []
    state = {"on": False}
    guarded = {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "urllib.Request", "os.system"}

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        if state["on"] and name in guarded:
            seen.append(f"{name} {arguments[0]!r}")

    sys.addaudithook(hook)
    return Watch(seen, state)


def texts(count: int) -> list[str]:
    """Random texts, the same each time: every part of Unicode, what acts in markup, and words without end."""
    chance = random.Random("documents")
    kinds: tuple[Callable[[], str], ...] = (
        lambda: chr(chance.randrange(0x20, 0x250)),
        lambda: chr(chance.randrange(0x300, 0x370)),
        lambda: chr(chance.randrange(0x590, 0x700)),
        lambda: chr(chance.randrange(0x2000, 0x2070)),
        lambda: chr(chance.randrange(0x110000)),
        lambda: chance.choice("<>&\"'/{}[]*#-_◊\u202e\u0301\x00\n\t "),
        lambda: chance.choice(("<img src=/etc/hostname>", "<b>", "&amp;", "{naam}", "**", "😀", "👩‍👩‍👧", "  ")),
    )
    found = [*HOSTILE]
    while len(found) < count:
        few = chance.sample(kinds, 3)
        found.append("".join(chance.choice(few)() for _ in range(chance.randrange(1, 60))))
    return found


def orders(soort: str, written: list[str]) -> list[Opdracht]:
    """A letter for each text, which stands wherever text from outside can stand."""
    found = []
    for number, text in enumerate(written):
        resident = factories.inwoner(voorletters="", voorvoegsel="", achternaam=text, straatnaam=text)
        agreed = Afspraak(wie=text, wat=text, uiterlijk=paper.VANDAAG)
        plan = PlanVanAanpak(
            schulden=(Schuld(schuldeiser=text, bedrag=Bedrag(1)),), afspraken=(agreed,), toelichting=text
        )
        acting = Vertegenwoordiger(hoedanigheid=Vertegenwoordiging.CURATOR, naam=text, adres=f"{text}\nx", post=True)
        acts = [g.SituatieVastgelegd(situatie=Situatie(vertegenwoordigers=(acting,)))] if number % 2 else []
        drawn_up = g.PlanVanAanpakOpgesteld(versie=1, plan=plan)
        about = paper.dossier(resident, inhouden=(drawn_up, paper.CLOSED, *acts))
        wens = Wens(
            zaak=about.zaak, soort=soort, event_id=uuid5(NAMESPACE, f"brief {number}"), datum=paper.VANDAAG,
            dagdeel=Dagdeel.AVOND, aan=text.strip() or "x",
        )  # fmt: skip
        sender = msgspec.structs.replace(paper.AFZENDER, werkdagen=text, briefhoofd=text)
        found.append(Opdracht(wens=wens, dossier=about, afzender=sender, vandaag=paper.VANDAAG, proef=False))
    return found


def squeezed(text: str, *, lines: bool = False) -> str:
    """What is printed of a text, without the blanks at which lines break."""
    return "".join(visible(text, lines=lines).split())


def promised(order: Opdracht) -> Iterator[str]:
    """What must stand on a letter of what was put in: whole, or cut off where one sees it."""
    plan = plan_van(order.dossier)
    assert plan
    yield shortened(order.dossier.inwoner.naam, 240)
    if order.wens.soort == "toestemming":
        yield shortened(order.wens.aan, 240)
    elif order.wens.soort == "plan-van-aanpak":
        yield plan.schulden[0].schuldeiser
        yield plan.afspraken[0].wat
        yield from plan.toelichting.splitlines()
    if order.wens.soort == "kaartje" and len(order.afzender.werkdagen) <= 60:
        yield order.afzender.werkdagen


@pytest.mark.slow
@pytest.mark.parametrize("soort", paper.READY)
def test_a_thousand_texts_go_through_every_letter_unharmed_and_nothing_is_fetched(watched: Watch, soort: str) -> None:
    asked = orders(soort, texts(1000))
    watched.state["on"] = True
    try:
        made = make_combined(asked)
    finally:
        watched.state["on"] = False
    assert watched.seen == []
    assert made is not None
    one_page = 1 if soort == "kaartje" else 2
    longer = [piece for piece in made.stukken if piece.bladzijden != one_page]
    assert soort == "plan-van-aanpak" or longer == []
    with opened(made.pdf) as pdf:
        pages = ["".join(text for mark, text in drawn if mark is not None) for drawn in drawn_in(pdf)]
    by_id = {order.wens.event_id: order for order in asked}
    for piece in made.stukken:
        said = "".join("".join(pages[piece.bladzijde - 1 : piece.bladzijde - 1 + piece.bladzijden]).split())
        lost = [text for text in promised(by_id[piece.wens.event_id]) if squeezed(text) not in said]
        assert lost == []


@pytest.mark.slow
def test_a_thousand_texts_go_through_an_inzage_and_each_is_printed_or_marked(watched: Watch) -> None:
    written = [text for text in texts(1000) if text.strip()]
    document = composed([g.NotitieGemaakt(tekst=text) for text in written])
    watched.state["on"] = True
    try:
        pdf = as_pdf(document, paper.AFZENDER)
    finally:
        watched.state["on"] = False
    assert watched.seen == []
    said = {"".join(text.split()) for kind, text in aloud(pdf) if kind == "TD"}
    assert [text for text in written if squeezed(text, lines=True) not in said] == []


@pytest.mark.slow
def test_a_thousand_texts_go_through_the_lists_that_a_worker_gets(watched: Watch) -> None:
    written = [text for text in texts(1000) if text.strip()]
    asked = orders("kaartje", written)
    made = make_combined(asked)
    assert made is not None
    watched.state["on"] = True
    try:
        listed = lijst(asked, made.stukken, [(text, text) for text in written])
        reported = importverslag(
            written[0], [(text, text) for text in written], [(text, text) for text in written], gemeente=written[0],
            op=paper.OP, proef=True,
        )  # fmt: skip
        doors = [Deur(adres=text, plaats=text, naam=text, wanneer=text, let_op=text) for text in written]
        walked = bezoekmap(doors, op=paper.VANDAAG, gemeente=written[0], wie=written[0], proef=True)
    finally:
        watched.state["on"] = False
    assert watched.seen == []
    named = {order.dossier.inwoner.lijstnaam for order in asked}
    for pdf, told in ((listed, {*written, *named}), (reported, {*written}), (walked, {*written})):
        said = {"".join(text.split()) for kind, text in aloud(pdf) if kind in {"TH", "TD"}}
        assert [text for text in told if not {squeezed(text), squeezed(text, lines=True)} & said] == []


def test_an_endless_number_of_a_signal_is_told_from_its_first_letter_to_its_last() -> None:
    number = "CM-" + "8" * 9_000
    refused = g.RijAfgewezen(levering=paper.DOSSIER, rij=1, signaal=number, uitkomst=Uitkomst.ONLEESBAAR, reden="x")
    deel = Deel(dossier=paper.DOSSIER, soort="geweigerde rij", nummer=number, gebeurtenissen=(paper.event(refused),))
    pdf = as_pdf(composed([], delen=[deel]), paper.AFZENDER)
    said = ["".join(text.split()) for _, text in aloud(pdf)]
    assert any(text.startswith(f"Geweigerderij{number}:") for text in said)


@pytest.mark.slow
def test_a_thousand_texts_are_exactly_the_same_in_the_file_for_computers() -> None:
    # A half of a pair of surrogates is no text: no vault can keep it.
    written = [text for text in texts(1000) if not any("\ud800" <= letter <= "\udfff" for letter in text)]
    assert len(written) > 950
    document = composed([g.NotitieGemaakt(tekst=text) for text in written])
    told = msgspec.json.decode(as_json(document))["dossiers"][0]["gebeurtenissen"]
    assert [event["inhoud"]["tekst"] for event in told] == written


@given(text=anything, bold=st.booleans(), measure=st.floats(3, 60))
def test_breaking_a_text_in_lines_loses_nothing_of_it(text: str, measure: float, *, bold: bool) -> None:
    lines = broken([Run(text, bold=bold)], measure, lines=True)
    shown = "".join(stretch.text for line in lines for stretch in line)
    assert "".join(shown.split(" ")) == "".join(visible(text, lines=True).replace("\n", "").split(" "))
    assert all(stretch.bold is bold for line in lines for stretch in line)
    for line in lines:
        assert sum(advance(stretch.text, bold=bold) for stretch in line) <= measure or len(line[0].text) == 1


@pytest.mark.parametrize("soort", [*paper.READY, "inzage"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands_or_marked(soort: str, text: str) -> None:
    printed = "".join(paper.words(make(text, soort)).split())
    assert "".join(visible(text, lines=soort == "inzage").split())[:40] in printed


def make(text: str, soort: str) -> bytes:
    if soort == "inzage":
        return inzage_of(text)
    resident = factories.inwoner(achternaam=text, straatnaam=text, plaatsnaam=text)
    return paper.letter(soort, paper.dossier(resident), aan=f"x{text}")


@given(anything)
def test_nothing_is_lost_without_a_mark_and_nothing_acts(text: str) -> None:
    printed = visible(text)
    assert visible(printed) == printed
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in printed)
    assert all(ord(c) in drawable() for c in printed)
    normal = unicodedata.normalize("NFC", text)
    assert len(printed) >= len(normal)


def test_letters_of_the_brp_are_printed_as_they_are() -> None:
    assert visible(BRP) == BRP
    assert visible(TELETEX_SIGNS) == TELETEX_SIGNS


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Yi\u0307ldiz", "Yi\u0307ldiz"),  # what has no composed form keeps its parts
        ("S\u0327ahin", "Şahin"),  # what has one is composed
        ("a\u202eb", f"a{MARK}b"),
        ("a\x00b", f"a{MARK}b"),
        ("a\nb", f"a{MARK}b"),
        ("a\u2003b\u3000c", "a b c"),
        ("Ḑ", "D\u0327"),  # missing in the font, so its parts are printed
        ("你", MARK),
    ],
)
def test_what_cannot_be_printed_is_marked(written: str, printed: str) -> None:
    assert visible(written) == printed


def test_line_ends_stay_in_notes_only() -> None:
    assert visible("a\r\nb\rc\nd", lines=True) == "a\nb\nc\nd"
    assert visible("a\r\nb") == f"a{MARK}{MARK}b"


def test_what_is_cut_off_shows() -> None:
    assert shortened("kort", 4) == "kort"
    assert shortened("te lang", 4) == "te…"


def test_an_inzage_of_odd_text_is_still_exact_for_a_computer() -> None:
    event = paper.event(g.StapOvergeslagen(stap=Stap.HUISBEZOEK, reden="\u202e😀<b>"))
    inzage = compose(
        [Deel(dossier=paper.DOSSIER, soort="zaak", nummer="2024-A0001", gebeurtenissen=(event,))],
        [],
        {},
        {event.door: Rol.UITVOERDER},
        paper.AFZENDER,
        zaak="2024-A0001",
        nummer="I-2024-A0001",
        identiteit=Identiteitsbewijs.PASPOORT,
        opgemaakt=datetime(2024, 5, 7, tzinfo=UTC),
        proef=False,
    )
    assert "\u202e😀<b>" in as_json(inzage).decode()
    text = paper.words(as_pdf(inzage, paper.AFZENDER))
    assert f"{MARK}{MARK}<b>" in text
    assert "Staat er ergens een ruitje" in text
