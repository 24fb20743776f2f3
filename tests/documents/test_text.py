"""The one escaping place: whatever a name holds is printed or marked, and nothing is ever fetched."""

from __future__ import annotations

import sys
import unicodedata
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.model import gebeurtenis as g
from db.model.codes import Identiteitsbewijs, Rol, Stap
from db.queries.inzage import Deel
from desktop.documents.inzage import as_json, as_pdf, compose
from desktop.documents.text import MARK, load_fonts, shortened, visible
from tests import factories
from tests.documents import paper
from tests.documents.pages import inzage_of

# ISO 6937, the letters of the BRP (Logisch Ontwerp, teletex): Latin with every diacritic that goes with it.
BRP = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĮįİıĲĳĴĵ"
    "ĶķĸĹĺĻļĽľĿŀŁłŃńŅņŇňŉŊŋŌōŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž"
)

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
    seen: list[str] = []
    state = {"on": False}
    guarded = {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "urllib.Request", "os.system"}

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        if state["on"] and name in guarded:
            seen.append(f"{name} {arguments[0]!r}")

    sys.addaudithook(hook)
    return Watch(seen, state)


@settings(max_examples=300)
@given(text=anything, soort=st.sampled_from([*paper.READY, "inzage"]))
@example(text=HOSTILE[0], soort="inzage")
@example(text=HOSTILE[0], soort="eerste-brief")
def test_any_text_goes_through_any_document_and_nothing_is_fetched(watched: Watch, text: str, soort: str) -> None:
    seen, state = watched
    state["on"] = True
    try:
        make(text, soort)
    finally:
        state["on"] = False
    assert seen == []


@pytest.mark.parametrize("soort", [*paper.READY, "inzage"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands_or_marked(soort: str, text: str) -> None:
    pdf = make(text, soort)
    if soort != "inzage":
        assert len(paper.reader(pdf).pages) == (2 if soort in {"eerste-brief", "waarom-wij-belden"} else 1)
    printed = "".join(paper.words(pdf).split())
    start = "".join(visible(text, lines=soort == "inzage").split())[:40]
    assert start in printed


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
    assert all(ord(c) in load_fonts() for c in printed)
    normal = unicodedata.normalize("NFC", text)
    assert len(printed) >= len(normal)


def test_letters_of_the_brp_are_printed_as_they_are() -> None:
    assert visible(BRP) == BRP
    assert visible("ĿŀĸŉŊ–—‘’“”…€•·") == "ĿŀĸŉŊ–—‘’“”…€•·"


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
