"""Letters and the card: what they say and in which order, on how many pages, and what they never show."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.errors import KnownError
from db.model.codes import Eindresultaat, Gesprekspartner, Terugmeldcode
from desktop.documents import templates
from desktop.documents.blocks import Item, Prose, plain
from desktop.documents.briefsoorten import kinds
from desktop.documents.letters import _fields, make_letter
from tests import factories
from tests.documents import paper

NAMES = (
    "Yıldız",
    "Łukaszewicz",
    "Ğöçer",
    "Đorđević",
    "Ţăran",
    "Þór",
    "Weiß",
    "Peña-Núñez",
    "Şahin",
    "Œuvre",
    "IJ́sbrand",
)
BODY = {soort: templates.load(soort) for soort in paper.READY}


def test_the_kinds_say_what_they_need() -> None:
    needs = {kind.soort: kind.nodig for kind in kinds() if kind.nodig}
    assert needs == {"aankondiging-huisbezoek": ("datum", "dagdeel"), "toestemming": ("aan",)}
    assert [kind.soort for kind in kinds() if kind.gesloten] == ["afsluitbrief"]


@pytest.mark.parametrize("soort", paper.READY)
def test_the_text_comes_out_as_it_was_meant_and_in_reading_order(soort: str) -> None:
    about = paper.dossier()
    fields = _fields(
        about, paper.AFZENDER, vandaag=paper.VANDAAG, datum=date(2024, 5, 16), dagdeel=None, aan="Humanitas"
    ) | {
        "dagdeel": "in de middag (tussen 12.00 en 18.00 uur)",
        "dagdeel_erbij": ", in de middag (tussen 12.00 en 18.00 uur)",
    }
    front = templates.fill(BODY[soort], fields)
    reverse = BODY[soort].reverse
    text = paper.words(paper.letter(soort, about))
    at = 0
    for block in (*front, *(templates.fill(reverse, fields) if reverse else ())):
        wanted = " ".join(plain(block).split())
        assert wanted in text[at:], wanted
        at = text.index(wanted, at)


@pytest.mark.parametrize("soort", paper.READY)
def test_a_letter_is_one_page_and_has_its_privacy_text_on_the_reverse(soort: str) -> None:
    pages = {"eerste-brief": 2, "waarom-wij-belden": 2}
    assert len(paper.reader(paper.letter(soort)).pages) == pages.get(soort, 1)


@pytest.mark.parametrize("soort", ["eerste-brief", "waarom-wij-belden"])
def test_the_reverse_tells_what_the_avg_asks(soort: str) -> None:
    text = paper.words(paper.letter(soort), page=1)
    for told in (
        "Wie zijn wij?",
        "privacy@voorbeeld.example",
        "artikel 2.4",
        "AVG, artikel 6 lid 1 onder e",
        "Wij kregen van het CAK",
        "Centraal Meldpunt",
        "Aan wie geven wij gegevens?",
        "6 maanden",
        "42 dagen",
        "bezwaar maken",
        "Autoriteit Persoonsgegevens",
        "Een computer beslist niets over u",
    ):
        assert told in text, told


@pytest.mark.parametrize("soort", paper.READY)
def test_every_letter_asks_one_thing_in_bold(soort: str) -> None:
    fields = dict.fromkeys(BODY[soort].fields, "x")
    bold = [
        run
        for block in templates.fill(BODY[soort], fields)
        if isinstance(block, Prose | Item)
        for run in block.runs
        if run.bold
    ]
    assert len(bold) == 1


@pytest.mark.parametrize("soort", [soort for soort in paper.READY if soort != "kaartje"])
def test_every_letter_helps_whoever_answers_to_help(soort: str) -> None:
    text = paper.words(paper.letter(soort), page=0)
    for told in ("F. Yıldız", "14 050", "050-5550142", "2024-A0001", "Gemeente Groningen"):
        assert told in text


def test_the_card_says_what_was_agreed_and_nothing_more() -> None:
    text = paper.words(paper.letter("kaartje"))
    said = "Ik was vandaag bij u, maar trof u niet. Ik spreek u graag. Belt u mij? Of bel 14 050 en vraag naar mij."
    assert said in text
    assert not re.search(
        r"CAK|schuld|rekening|achterstand|zorg|Wmo|Wlz|bijdrage|geld|hulp|signaal", text, re.IGNORECASE
    )


@pytest.mark.parametrize("soort", paper.READY)
def test_no_property_of_the_file_tells_anything(soort: str) -> None:
    found = paper.reader(paper.letter(soort)).metadata
    assert found is not None
    assert {name: str(value) for name, value in found.items() if "Date" not in name and value} == {
        "/Title": "Kaart" if soort == "kaartje" else "Brief",
        "/Subject": "Kaart" if soort == "kaartje" else "Brief",
        "/Author": "Gemeente",
        "/Creator": "Gemeente",
        "/Producer": "ReportLab PDF Library - (opensource)",
        "/Trapped": "/False",
    }


@pytest.mark.parametrize("soort", [soort for soort in paper.READY if soort != "kaartje"])
@pytest.mark.parametrize("name", ["Meer", "Wolfeschlegelsteinhausen " * 9])
def test_only_the_address_stands_in_the_window_of_an_envelope(soort: str, name: str) -> None:
    resident = factories.inwoner(
        achternaam=name.strip(), straatnaam="Burgemeester van Haersma Buma tot Zuidwendinglaan"
    )
    spots = paper.placed(paper.letter(soort, paper.dossier(resident)))
    # What a left-hand window shows of a sheet that slides 11 mm in it: C5 and DL.
    seen = " ".join(text for x, y, text in spots if 18 <= x <= 112 and 40 <= y <= 97)
    assert " ".join(seen.split()) == " ".join(f"{resident.naam} {resident.straatregel} {resident.plaatsregel}".split())
    assert all(20 <= x <= 110 and 50 <= y <= 85 for x, y, text in spots if 18 <= x <= 112 and 40 <= y <= 97)


@pytest.mark.parametrize("soort", paper.READY)
def test_every_font_is_embedded(soort: str) -> None:
    found = paper.fonts(paper.letter(soort))
    assert found
    assert all(found.values()), found
    assert all("SourceSansPro" in name for name in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_from_anywhere_is_written_right(name: str) -> None:
    for soort in ("eerste-brief", "kaartje"):
        text = paper.words(paper.letter(soort, paper.dossier(factories.inwoner(achternaam=name))))
        assert f"Beste A.B. van der {name}," in text


@pytest.mark.parametrize("soort", paper.READY)
def test_the_same_letter_has_the_same_bytes(soort: str) -> None:
    assert paper.letter(soort) == paper.letter(soort)


@pytest.mark.parametrize("soort", paper.READY)
@pytest.mark.parametrize("letter", ["W", "Ğ", "a ", "◊\u202e"])
def test_the_longest_of_everything_stays_on_its_page(soort: str, letter: str) -> None:
    long = letter * 400
    resident = factories.inwoner(voorletters=long, achternaam=long, straatnaam=long, plaatsnaam=long)
    sender = type(paper.AFZENDER)(
        gemeente=long, medewerker=long, teamnummer=long, direct_nummer=long, werkdagen=long, adres=long, fg_contact=long
    )
    pdf = paper.letter(soort, paper.dossier(resident), afzender=sender, aan=long, proef=True)
    assert len(paper.reader(pdf).pages) == (2 if BODY[soort].reverse else 1)
    assert "…" in paper.words(pdf)  # what was left out can be seen


def test_paper_of_a_trial_vault_says_so() -> None:
    for soort in paper.READY:
        assert "Proef" in paper.words(paper.letter(soort, proef=True))
        assert "Proef" not in paper.words(paper.letter(soort))


def test_the_first_letter_tells_of_a_call_only_when_there_was_one() -> None:
    assert "Ik heb u gebeld" in paper.words(paper.letter("eerste-brief", paper.dossier(pogingen=1)))
    assert "gebeld" not in paper.words(paper.letter("eerste-brief", paper.dossier(pogingen=0)), page=0)


def test_the_letter_after_a_call_names_the_day_of_it() -> None:
    about = paper.dossier(inhouden=(paper.SPOKEN, paper.CLOSED))
    assert "Op 7 mei 2024 spraken wij met elkaar." in paper.words(paper.letter("waarom-wij-belden", about))
    assert "spraken wij" not in paper.words(paper.letter("waarom-wij-belden"), page=0)
    other = msgspec.structs.replace(paper.SPOKEN, gesproken_met=Gesprekspartner.BEWINDVOERDER)
    text = paper.words(paper.letter("waarom-wij-belden", paper.dossier(inhouden=(other,))), page=0)
    assert "spraken wij" not in text  # somebody else was spoken to


@pytest.mark.parametrize("result", Eindresultaat)
def test_a_closing_letter_tells_the_result_in_plain_words(result: Eindresultaat) -> None:
    closed = type(paper.CLOSED)(eindresultaat=result, terugmeldingen=paper.CLOSED.terugmeldingen)
    text = paper.words(paper.letter("afsluitbrief", paper.dossier(inhouden=(closed,), eindresultaat=result)))
    assert "Wij hebben het CAK alleen verteld dat wij klaar zijn." in text
    assert "Hoe lang wij uw gegevens bewaren W" in text or "Hoe lang wij uw gegevens bewaren U" in text
    assert result.value not in text  # the words of the code list are for offices


def test_a_closing_letter_names_the_day_of_erasure() -> None:
    assert "Wij wissen uw gegevens op 7 november 2024." in paper.words(paper.letter("afsluitbrief"))


def test_a_closing_letter_quotes_any_other_message_to_the_cak() -> None:
    message = paper.CLOSED.terugmeldingen[0]
    help_code = type(message)(id=message.id, signaal="s", klantnummer="k", code=Terugmeldcode.HULP, datum=paper.VANDAAG)
    closed = type(paper.CLOSED)(eindresultaat=Eindresultaat.VERVOLGHULP, terugmeldingen=(help_code,))
    text = paper.words(paper.letter("afsluitbrief", paper.dossier(inhouden=(closed,))))
    assert "“U krijgt hulp van de schuldhulpverlening van de gemeente.”" in text


@pytest.mark.parametrize(
    ("soort", "given", "missing"),
    [
        ("aankondiging-huisbezoek", {"datum": None}, "datum"),
        ("aankondiging-huisbezoek", {"dagdeel": None}, "dagdeel"),
        ("toestemming", {"aan": "  "}, "aan"),
    ],
)
def test_what_is_missing_is_named(soort: str, given: dict[str, Any], missing: str) -> None:
    with pytest.raises(KnownError) as error:
        paper.letter(soort, **given)
    assert error.value.code == "ARGUMENT_ONTBREEKT"
    assert error.value.facts["naam"] == missing


@pytest.mark.parametrize("soort", [kind.soort for kind in kinds() if not kind.gereed])
def test_a_kind_that_comes_later_says_so(soort: str) -> None:
    with pytest.raises(KnownError) as error:
        paper.letter(soort)
    assert error.value.code == "NOG_NIET_BESCHIKBAAR"


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KnownError) as error:
        paper.letter("../../geheim")
    assert error.value.code == "BRIEFSOORT_ONBEKEND"


def test_every_text_in_the_folder_can_be_read_and_has_no_unknown_field() -> None:
    folder = Path(__file__).parents[2] / "resources" / "letters"
    known = set(_fields(paper.dossier(), paper.AFZENDER, vandaag=paper.VANDAAG, datum=None, dagdeel=None, aan=""))
    files = {path.stem for path in folder.glob("*.md")}
    assert files == {*paper.READY, "privacy", "inzage"}
    for name in files - {"inzage"}:
        assert templates.load(name).fields <= known, name


def test_the_version_of_a_text_changes_with_its_reverse() -> None:
    versions = {templates.load(soort).version for soort in paper.READY}
    assert len(versions) == len(paper.READY)
    first = make_letter(paper.dossier(), "eerste-brief", paper.AFZENDER, vandaag=paper.VANDAAG, proef=False)
    assert first.tekstversie == templates.load("eerste-brief").version


def test_a_value_is_never_read_as_markup_or_as_a_field() -> None:
    hostile = "**vet** {zaak} [als x] # kop <b>x</b> <img src='/etc/hostname'> &amp; <br/>"
    text = paper.words(paper.letter("eerste-brief", paper.dossier(factories.inwoner(achternaam=hostile))))
    assert f"Beste A.B. van der {hostile}," in text
