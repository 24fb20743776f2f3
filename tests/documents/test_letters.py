"""Letters and the card: what they say and in which order, on how many pages, and what they never show."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.errors import KnownError
from db.model import gebeurtenis as g
from db.model.codes import (
    Bezoekdoel,
    Contactsoort,
    Dagdeel,
    Eindresultaat,
    Gesprekspartner,
    Richting,
    Terugmeldcode,
    Vertegenwoordiging,
    Woonsituatie,
)
from db.model.situatie import Situatie, Vertegenwoordiger
from db.queries.dossier import Dossier
from db.queries.zaken import Bezoek
from desktop.documents import templates
from desktop.documents.blocks import Item, Prose, plain
from desktop.documents.briefsoorten import kind_of, kinds
from desktop.documents.letters import Invulling, _fields, _inserts, had_privacy, make_letter, vertegenwoordiger
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
ACTING = g.SituatieVastgelegd(
    situatie=Situatie(
        vertegenwoordigers=(
            Vertegenwoordiger(
                hoedanigheid=Vertegenwoordiging.BEWINDVOERDER,
                naam="Bureau De Wit, t.a.v. mevrouw Zijlstra",
                adres="Postbus 77\n9700 AB  Groningen",
                post=True,
            ),
        )
    )
)
BODY = {soort: templates.load(soort) for soort in paper.READY}


def test_the_kinds_say_what_they_need() -> None:
    needs = {kind.soort: kind.nodig for kind in kinds() if kind.nodig}
    assert needs == {"aankondiging-huisbezoek": ("datum", "dagdeel"), "toestemming": ("aan",)}
    assert [kind.soort for kind in kinds() if kind.gesloten] == ["afsluitbrief"]


INVULLING = Invulling(datum=date(2024, 5, 16), dagdeel=Dagdeel.MIDDAG, aan="Humanitas")


def meant(soort: str, about: Dossier, *, achterkant: bool = True) -> list[str]:
    """What a letter says, block by block in reading order, as its texts and the dossier have it."""
    acting = None if soort == "kaartje" else vertegenwoordiger(about)
    template = templates.load(soort, variant="vertegenwoordiger" if acting else "")
    fields = _fields(about, paper.AFZENDER, INVULLING, acting, vandaag=paper.VANDAAG)
    fields["achterkant"] = "ja" if achterkant and soort != "kaartje" else ""
    blocks = templates.fill(template, fields, _inserts(about, kind_of(soort)))
    reverse = templates.fill(templates.load("privacy"), fields) if fields["achterkant"] else ()
    return [" ".join(plain(block).split()) for block in (*blocks, *reverse)]


@pytest.mark.parametrize("soort", paper.READY)
@pytest.mark.parametrize("acting", [False, True])
def test_the_text_comes_out_as_it_was_meant_and_in_reading_order(soort: str, *, acting: bool) -> None:
    about = paper.dossier(inhouden=(paper.PLAN, paper.CLOSED, *([ACTING] if acting else [])))
    text = paper.words(paper.letter(soort, about))
    at = 0
    for wanted in meant(soort, about):
        assert wanted in text[at:], wanted
        at = text.index(wanted, at) + len(wanted)


@pytest.mark.parametrize("soort", paper.READY)
def test_a_letter_is_one_page_with_the_privacy_text_on_its_reverse_until_the_resident_had_it(soort: str) -> None:
    card = soort == "kaartje"
    assert len(paper.reader(paper.letter(soort)).pages) == (1 if card else 2)
    had = paper.dossier(inhouden=(paper.PLAN, paper.CLOSED, paper.REVERSE_SENT))
    always = soort in {"eerste-brief", "waarom-wij-belden"}
    assert len(paper.reader(paper.letter(soort, had)).pages) == (2 if always else 1)
    text = paper.words(paper.letter(soort, had))
    assert ("Op de achterkant" in text) is always


def test_only_what_left_with_the_privacy_text_counts_as_having_told_it() -> None:
    made = g.BriefGemaakt(brief="eerste-brief", tekstversie="0123456789abcdef+0123456789abcdef")
    card = msgspec.structs.replace(paper.REVERSE_SENT, brief="kaartje", privacytekst=False)
    assert not had_privacy(paper.dossier(inhouden=(made, card)))
    assert had_privacy(paper.dossier(inhouden=(made, paper.REVERSE_SENT)))


@pytest.mark.parametrize("soort", [soort for soort in paper.READY if soort != "kaartje"])
def test_a_letter_to_a_representative_goes_to_their_address_and_says_whom_it_is_about(soort: str) -> None:
    about = paper.dossier(inhouden=(paper.PLAN, paper.CLOSED, ACTING))
    text = paper.words(paper.letter(soort, about))
    assert text.startswith("Gemeente Groningen Bureau De Wit, t.a.v. mevrouw Zijlstra Postbus 77 9700 AB Groningen ")
    assert "Beste Bureau De Wit, t.a.v. mevrouw Zijlstra," in text
    assert "A.B. van der Meer" in text
    assert "bewindvoerder" in text
    assert "Oosterstraat" not in text


def test_no_letter_goes_to_a_mentor_with_whom_no_debt_is_discussed() -> None:
    (other,) = ACTING.situatie.vertegenwoordigers
    mentor = msgspec.structs.replace(other, hoedanigheid=Vertegenwoordiging.MENTOR)
    about = paper.dossier(inhouden=(g.SituatieVastgelegd(situatie=Situatie(vertegenwoordigers=(mentor,))),))
    text = paper.words(paper.letter("eerste-brief", about))
    assert text.startswith("Gemeente Groningen A.B. van der Meer Oosterstraat 14-B")
    assert "Bureau De Wit" not in text


def test_the_card_is_for_the_resident_whoever_acts_for_them() -> None:
    text = paper.words(paper.letter("kaartje", paper.dossier(inhouden=(ACTING,))))
    assert "Beste A.B. van der Meer," in text
    assert "Bureau De Wit" not in text


def test_in_an_institution_a_letter_is_personal_and_the_reception_is_told_nothing() -> None:
    about = paper.dossier(woonsituatie=Woonsituatie.INSTELLING)
    text = paper.words(paper.letter("eerste-brief", about))
    assert text.startswith("Gemeente Groningen Persoonlijk A.B. van der Meer Oosterstraat")
    assert "Aan de receptie of de begeleiding vertel ik niets." in text
    assert "Ik meld mij bij de receptie." in paper.words(paper.letter("aankondiging-huisbezoek", about))


def test_the_first_letter_says_why_it_comes_now() -> None:
    def said(*inhouden: g.AnyInhoud, pogingen: int, telefoon: bool = True) -> str:
        about = paper.dossier(inhouden=inhouden, pogingen=pogingen, telefoon=telefoon)
        return paper.words(paper.letter("eerste-brief", about), page=0)

    first = msgspec.structs.replace(paper.REVERSE_SENT, brief="eerste-brief")
    occasions = {
        "Ik heb u gebeld, maar": said(pogingen=1),
        "ik heb geen telefoonnummer van u": said(pogingen=0, telefoon=False),
        "Ik wil u graag spreken. Daarom schrijf ik u.": said(pogingen=0),
        "Op 7 mei 2024 schreef ik u ook.": said(first, pogingen=1),
    }
    for words, text in occasions.items():
        assert [known for known in occasions if known in text] == [words]


def test_an_announcement_tells_of_an_earlier_visit_a_colleague_and_the_hour_that_was_agreed() -> None:
    visit = Bezoek(
        datum=date(2024, 5, 16), dagdeel=Dagdeel.MIDDAG, doel=Bezoekdoel.HUISBEZOEK, tijd="14:30", aangekondigd=True,
        met="P. Bakker",
    )  # fmt: skip
    text = paper.words(paper.letter("aankondiging-huisbezoek", paper.dossier(bezoek=visit, bezoeken=1)))
    assert "Ik was al eens bij u, maar trof u niet." in text
    assert "op donderdag 16 mei 2024 • om 14.30 uur" in text
    assert "Ik kom samen met een collega." in text
    other = paper.letter("aankondiging-huisbezoek", paper.dossier(bezoek=visit), datum=date(2024, 5, 17))
    assert "14.30" not in paper.words(other)


def test_a_plan_is_a_decision_with_mandate_agreements_signatures_and_objection() -> None:
    sender = msgspec.structs.replace(paper.AFZENDER, mandaat="Namens het college, de teamleider Schulden")
    text = paper.words(paper.letter("plan-van-aanpak", afzender=sender), page=0)
    for told in (
        "Het is een besluit van burgemeester en wethouders",
        "artikel 4a",
        "Aan wie Bedrag Wat wij regelden CAK € 213,40 € 20,00 per maand vanaf 1 juni",
        "Samen € 302,55",
        "Wie Wat Uiterlijk",
        "F. Yıldız Vraagt bijzondere bijstand aan 27 mei 2024",
        "Op 1 augustus 2024 kijken wij samen",
        "binnen zes weken",
        "burgemeester en wethouders van Groningen, Postbus 123, 9700 AA Groningen.",
        "Namens het college, de teamleider Schulden",
        "Gemeente Inwoner",
    ):
        assert told in text, told


def test_a_plan_that_one_cannot_read_on_one_page_goes_on_on_the_next() -> None:
    many = msgspec.structs.replace(paper.PLAN.plan, afspraken=paper.PLAN.plan.afspraken * 30)
    about = paper.dossier(inhouden=(msgspec.structs.replace(paper.PLAN, plan=many), paper.REVERSE_SENT))
    pdf = paper.letter("plan-van-aanpak", about)
    assert len(paper.reader(pdf).pages) > 1
    assert paper.words(pdf).count("Vraagt bijzondere bijstand aan") == 30
    assert "bladzijde 2 van" in paper.words(pdf, page=1)


@pytest.mark.parametrize("agreements", range(3, 24))
def test_nobody_signs_a_plan_on_a_page_without_the_word_on_objecting(agreements: int) -> None:
    many = msgspec.structs.replace(paper.PLAN.plan, afspraken=paper.PLAN.plan.afspraken[:1] * agreements)
    about = paper.dossier(inhouden=(msgspec.structs.replace(paper.PLAN, plan=many), paper.REVERSE_SENT))
    pdf = paper.letter("plan-van-aanpak", about)
    pages = [paper.words(pdf, page=number) for number in range(len(paper.reader(pdf).pages))]
    (signed,) = [text for text in pages if "Gemeente Inwoner" in text]
    assert "Bent u het niet eens met dit besluit?" in signed
    assert "Namens burgemeester en wethouders" in signed


def test_a_plan_calls_the_resident_u_as_the_rest_of_it_does() -> None:
    assert "U Zoekt de brieven van het CAK bij elkaar 20 mei 2024" in paper.words(paper.letter("plan-van-aanpak"))


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
        for block in templates.fill(BODY[soort], fields, {"plan": ()})
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


@pytest.mark.parametrize("soort", paper.READY)
@pytest.mark.parametrize("acting", [False, True])
def test_on_every_letter_and_card_stand_the_number_of_the_team_the_working_days_and_the_zaak(
    soort: str, *, acting: bool
) -> None:
    about = paper.dossier(inhouden=(paper.PLAN, paper.CLOSED, *([ACTING] if acting else [])))
    text = paper.words(paper.letter(soort, about), page=0)
    for told in ("14 050", "Ik werk op maandag tot en met donderdag", "2024-A0001"):
        assert told in text
    nothing = msgspec.structs.replace(paper.AFZENDER, werkdagen=" ", direct_nummer="")
    text = paper.words(paper.letter(soort, about, afzender=nothing), page=0)
    assert "Ik werk op werkdagen" in text
    assert "Ben ik er niet" not in text, "there is one number to call"


def test_a_confirmation_says_that_the_talk_is_at_home_when_that_was_planned() -> None:
    talk = Bezoek(
        datum=date(2024, 5, 16), dagdeel=Dagdeel.MIDDAG, doel=Bezoekdoel.EERSTE_GESPREK, tijd="14:30",
        aangekondigd=True, met="",
    )  # fmt: skip
    planned = paper.dossier(bezoek=talk)
    assert "om 14.30 uur. Ik kom naar u toe." in paper.words(paper.letter("bevestiging-gesprek", planned))
    other = paper.letter("bevestiging-gesprek", planned, datum=date(2024, 5, 17))
    assert "naar u toe" not in paper.words(other)


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
        "/Producer": "Voordeur",
        "/Trapped": "/False",
    }


@pytest.mark.parametrize("soort", paper.READY)
@pytest.mark.parametrize("side", ["links", "rechts"])
def test_however_wide_what_is_put_in_nothing_passes_an_edge_or_is_drawn_over_something_else(
    soort: str, side: str
) -> None:
    wide = "W" * 300
    sender = msgspec.structs.replace(
        paper.AFZENDER, medewerker=wide, gemeente=wide, werkdagen=f"maandag {wide}", adres=wide, briefhoofd=wide,
        mandaat=wide, bezwaar_adres=wide, direct_nummer=wide, venster=side,
    )  # fmt: skip
    about = paper.dossier(factories.inwoner(achternaam=wide, straatnaam=wide), woonsituatie=Woonsituatie.INSTELLING)
    pdf = paper.letter(soort, about, afzender=sender, aan=wide, proef=True)
    edge = 134 if soort == "kaartje" else 190 if side == "rechts" else 185
    for page in range(len(paper.reader(pdf).pages)):
        drawn = paper.extents(pdf, page)
        assert [one.text for one in drawn if one.right > edge + 0.5] == []
        for number, one in enumerate(drawn):
            # Letters seldom reach the edges of their line, and long lines are set close.
            over = [
                other.text
                for other in drawn[number + 1 :]
                if min(one.right, other.right) - max(one.left, other.left) > 0.5
                and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
            ]
            assert over == [], one.text


ENVELOPES = {
    # Paper in the envelope, in millimetres from its top left: the window (left, top, right, bottom), and how far a
    # folded A4 can slide to the right and down.
    ("links", "C5"): ((20, 57, 110, 102), 19, 13.5),
    ("links", "DL"): ((20, 60, 110, 95), 10, 11),
    ("rechts", "C5"): ((119, 57, 209, 102), 19, 13.5),
    ("rechts", "DL"): ((110, 60, 200, 95), 10, 11),
}


@pytest.mark.parametrize("soort", [soort for soort in paper.READY if soort != "kaartje"])
@pytest.mark.parametrize(("side", "size"), ENVELOPES)
@pytest.mark.parametrize("name", ["Meer", "Wolfeschlegelsteinhausen " * 3])
def test_only_the_address_stands_in_the_window_however_the_sheet_slides(
    soort: str, side: str, size: str, name: str
) -> None:
    resident = factories.inwoner(
        achternaam=name.strip(), straatnaam="Burgemeester van Haersma Buma tot Zuidwendinglaan"
    )
    sender = msgspec.structs.replace(paper.AFZENDER, venster=side, briefhoofd="Team Samen")
    about = paper.dossier(resident, woonsituatie=Woonsituatie.INSTELLING)
    extents = paper.extents(paper.letter(soort, about, afzender=sender))
    (left, top, right, bottom), slide_x, slide_y = ENVELOPES[side, size]
    inside = " ".join(
        e.text
        for e in extents
        # What the window may show, if the sheet lies at either end.
        if e.right > left - slide_x and e.left < right and e.bottom > top - slide_y and e.top < bottom
    )
    wanted = f"Persoonlijk {resident.naam} {resident.straatregel} {resident.plaatsregel}"
    assert " ".join(inside.split()) == " ".join(wanted.split())
    whole = [
        e.text
        for e in extents
        # What it always shows, wherever the sheet lies.
        if e.left >= left and e.right <= right - slide_x and e.top >= top and e.bottom <= bottom - slide_y
    ]
    assert " ".join(" ".join(whole).split()) == " ".join(wanted.split())


def test_a_logo_takes_the_place_of_the_name_at_the_top() -> None:
    sender = msgspec.structs.replace(paper.AFZENDER, logo=paper.LOGO)
    pdf = paper.letter("eerste-brief", afzender=sender)
    assert len(paper.reader(pdf).pages[0].images) == 1
    assert not [e for e in paper.extents(pdf) if e.top < 30]


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
    pages = len(paper.reader(pdf).pages)
    assert pages == (1 if soort == "kaartje" else 2) or (soort == "plan-van-aanpak" and pages > 2)
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


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        ({}, "Waarom wij u belden"),
        ({"richting": Richting.IN}, "Waarom wij u spraken"),
        ({"contactsoort": Contactsoort.HUISBEZOEK}, "Waarom wij bij u waren"),
        ({"contactsoort": Contactsoort.AFSPRAAK_OP_LOCATIE}, "Waarom wij u spraken"),
    ],
)
def test_the_letter_after_a_talk_does_not_say_that_we_called_when_we_did_not(
    given: dict[str, Any], subject: str
) -> None:
    about = paper.dossier(inhouden=(msgspec.structs.replace(paper.SPOKEN, **given),))
    text = paper.words(paper.letter("waarom-wij-belden", about), page=0)
    assert subject in text
    assert "belde ik" not in text


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
    known = {*_fields(paper.dossier(), paper.AFZENDER, INVULLING, None, vandaag=paper.VANDAAG), "achterkant"}
    files = {path.stem for path in folder.glob("*.md")}
    assert {name.removesuffix("-vertegenwoordiger") for name in files} == {*paper.READY, "privacy", "inzage"}
    for name in files - {"inzage"}:
        assert templates.load(name).fields <= known, name


def test_the_version_tells_which_text_went_out_and_whether_the_reverse_did() -> None:
    def version(*inhouden: g.AnyInhoud, soort: str = "toestemming") -> str:
        about = paper.dossier(inhouden=inhouden)
        return make_letter(about, soort, paper.AFZENDER, INVULLING, vandaag=paper.VANDAAG, proef=False).tekstversie

    text, privacy = templates.load("toestemming").version, templates.load("privacy").version
    assert version() == f"{text}+{privacy}"
    assert version(paper.REVERSE_SENT) == text
    assert version(ACTING, soort="eerste-brief").startswith(templates.load("eerste-brief-vertegenwoordiger").version)
    assert version(soort="kaartje") == templates.load("kaartje").version


def test_a_value_is_never_read_as_markup_or_as_a_field() -> None:
    hostile = "**vet** {zaak} [als x] # kop <b>x</b> <img src='/etc/hostname'> &amp; <br/>"
    text = paper.words(paper.letter("eerste-brief", paper.dossier(factories.inwoner(achternaam=hostile))))
    assert f"Beste A.B. van der {hostile}," in text
