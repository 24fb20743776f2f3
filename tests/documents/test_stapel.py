"""Many letters in one file: their order, their sheets, what is told meanwhile, and stopping halfway."""

from __future__ import annotations

import msgspec

from db.model.ids import NAMESPACE, uuid5
from desktop.documents.making import Opdracht, Wens, make_combined, make_document
from tests import factories
from tests.documents import paper
from tests.documents.test_letters import ACTING


def opdracht(number: int, soort: str = "afsluitbrief", *, postcode: str = "9711NS", huis: str = "1") -> Opdracht:
    resident = factories.inwoner(achternaam=f"Nummer{number}x", postcode=postcode, huisnummer=huis)
    about = msgspec.structs.replace(paper.dossier(resident), nummer=f"2024-A{number:04d}")
    wens = Wens(zaak=about.zaak, soort=soort, event_id=uuid5(NAMESPACE, f"brief {number}"), aan="Humanitas")
    return Opdracht(wens=wens, dossier=about, afzender=paper.AFZENDER, vandaag=paper.VANDAAG, proef=False)


def test_letters_come_in_the_order_in_which_a_carrier_walks_and_cards_last() -> None:
    made = make_combined(
        [
            opdracht(1, postcode="9712AB"),
            opdracht(2, "kaartje", postcode="9711AA"),
            opdracht(3, postcode="9711NS", huis="10"),
            opdracht(4, postcode="9711NS", huis="9"),
        ]
    )
    assert made is not None
    assert [stuk.nummer for stuk in made.stukken] == ["2024-A0004", "2024-A0003", "2024-A0001", "2024-A0002"]
    for stuk in made.stukken:
        assert f"Nummer{int(stuk.nummer[-4:])}x" in paper.words(made.pdf, page=stuk.bladzijde - 1)
    assert made.naam == "brieven-2024-05-07.pdf"


def test_a_letter_to_a_representative_lies_where_its_own_address_comes() -> None:
    far, near = opdracht(1, postcode="9799ZZ"), opdracht(2, postcode="9711NS")
    about = msgspec.structs.replace(far.dossier, gebeurtenissen=(paper.event(ACTING),))
    made = make_combined([near, msgspec.structs.replace(far, dossier=about)])
    assert made is not None
    assert [stuk.nummer for stuk in made.stukken] == ["2024-A0001", "2024-A0002"]
    assert "9700 AB" in paper.words(made.pdf, page=0)


def test_every_letter_begins_on_a_front_when_printed_on_both_sides() -> None:
    had = opdracht(1)
    events = (*had.dossier.gebeurtenissen, paper.event(paper.REVERSE_SENT, 9))
    had = msgspec.structs.replace(had, dossier=msgspec.structs.replace(had.dossier, gebeurtenissen=events))
    made = make_combined([had, opdracht(2, "eerste-brief"), opdracht(3, "kaartje")])
    assert made is not None
    assert [stuk.bladzijde for stuk in made.stukken] == [1, 3, 5]
    assert [stuk.bladzijden for stuk in made.stukken] == [1, 2, 1]
    assert paper.words(made.pdf, page=1) == ""


def test_progress_is_told_and_a_batch_can_be_stopped() -> None:
    told = list[tuple[int, int]]()
    three = [opdracht(number) for number in range(3)]
    assert make_combined(three, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert make_combined(three, cancelled=lambda: True) is None


def test_a_letter_in_a_batch_says_what_it_says_alone() -> None:
    made = make_combined([opdracht(1), opdracht(2)])
    assert made is not None
    assert paper.words(made.pdf, page=0) == paper.words(make_document(opdracht(1)).pdf, page=0)
