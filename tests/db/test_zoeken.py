"""Search forgives how a name or number is typed, puts what was typed before what resembles it, and hides an address."""

from __future__ import annotations

from datetime import date

import pytest

from db import projection
from db.integrity import digests
from db.journal import rebuild, refold, transaction
from db.model.codes import BrpUitkomst, Eindresultaat
from db.model.gebeurtenis import AnyInhoud, BrpGecontroleerd, Entry, SituatieVastgelegd, ZaakAfgesloten
from db.model.situatie import Situatie, VeiligContact
from db.queries import zoeken
from db.queries.dossier import find_zaak
from db.queries.zoeken import Vindplaats
from db.vault import Vault
from desktop.casework import signalen as actions
from tests import factories
from tests.vaults import received

PEOPLE = (
    ("A.B.", "van der", "Meer", "Oosterstraat", "9711NS", "050-5550142", "4410882"),
    ("F.", "", "Yıldız", "Korreweg", "9712AB", "", "4410883"),
    ("K.", "", "Łukaszewicz", "Prinsesseweg", "9713XX", "050 555 01 43", "4410884"),
    ("Ö.", "", "Ğöçer", "1e Drift", "9714BB", "0031505550144", "4410885"),
    ("M.", "", "Weiß", "J.P. Coenstraat", "9715CC", "+31 50 5550145", "4410886"),
    ("S.", "van", "IJzendoorn", "Gelkingestraat", "9716DD", "", "4410887"),
    ("E.", "de", "Wijs-Dijkstra", "Grote Markt", "9717EE", "", "4410888"),
    ("P.", "", "Sørensen", "Aan het Hoendiep", "9718FF", "", "4410889"),
    ("J.W.", "", "Jansen", "Korreweg", "9712AB", "050-5550146", "4410890"),
    ("T.", "", "Janssens", "Parklaan", "9725XX", "", "4410891"),
    ("N.", "", "O'Brien", "Parklaan", "9725XX", "050-5550147", "4410892"),
    ("Ş.", "", "Muhammad", "Steentilstraat", "9711GX", "050-5550148", "4410893"),
    ("D.", "", "Bakker", "Korreweg", "9712AB", "050-5550149", "4410894"),
    ("D.", "", "Backer", "Parklaan", "9725XX", "050-5550150", "4410895"),
)


@pytest.fixture
def full(vault: Vault) -> Vault:
    """A vault with a zaak of each of these people, all at number 14-B."""
    for number, (initials, prefix, name, street, code, phone, customer) in enumerate(PEOPLE):
        signaal = factories.signaal(
            id=f"CM-{number}", voorletters=initials, voorvoegsel=prefix, achternaam=name, straatnaam=street,
            postcode=code, telefoonnummer=phone, klantnummer=customer,
        )  # fmt: skip
        vault.journal.append([received(vault, signaal)], door=vault.door)
    actions.accept_all(vault)
    return vault


def names(vault: Vault, text: str) -> list[str]:
    """Family names of the zaken that a search finds, in its order."""
    return [vondst.regel.naam.split(maxsplit=1)[1] for vondst in zoeken.search(vault.connection, text)]


def happens(vault: Vault, nummer: str, inhoud: AnyInhoud) -> None:
    """Append something to the zaak with this number."""
    zaak = find_zaak(vault.connection, nummer)
    assert zaak is not None
    entry = Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=inhoud)
    vault.journal.append([entry], door=vault.door)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # part of a name, in any case, with or without its marks
        ("meer", "van der Meer"), ("van der mee", "van der Meer"), ("yildiz", "Yıldız"), ("YILDIZ", "Yıldız"),
        ("Yıld", "Yıldız"), ("lukasz", "Łukaszewicz"), ("gocer", "Ğöçer"), ("Ğöçer", "Ğöçer"), ("weiss", "Weiß"),
        ("Weiß", "Weiß"), ("ijzen", "van IJzendoorn"), ("yzendoorn", "van IJzendoorn"),
        ("dykstra", "de Wijs-Dijkstra"), ("dijkstra", "de Wijs-Dijkstra"), ("sorensen", "Sørensen"),
        # written together, apart, or short
        ("vandermeer", "van der Meer"), ("vander meer", "van der Meer"), ("v.d. meer", "van der Meer"),
        ("vd Meer", "van der Meer"), ("v/d meer", "van der Meer"), ("obrien", "O'Brien"), ("o'brien", "O'Brien"),
        ("wijsdijkstra", "de Wijs-Dijkstra"), ("meer van der", "van der Meer"),
        # initials
        ("jw jansen", "Jansen"), ("J.W. Jansen", "Jansen"), ("j jansen", "Jansen"), ("jansen j", "Jansen"),
        ("a.b. van der meer", "van der Meer"), ("s muhammad", "Muhammad"),
        # addresses
        ("coenstraat 14", "Weiß"), ("9712ab", "Yıldız"), ("9712 ab", "Yıldız"), ("9712 AB 14", "Yıldız"),
        ("gelkingestraat 14b", "van IJzendoorn"), ("gelkingestr", "van IJzendoorn"), ("1e drift", "Ğöçer"),
        # a name and a street, in any order
        ("jansen korre", "Jansen"), ("korreweg yildiz", "Yıldız"), ("jansen 9712ab", "Jansen"),
        # numbers: whole, their end, spaced as one likes, from abroad
        ("0505550143", "Łukaszewicz"), ("050-555 01 44", "Ğöçer"), ("0145", "Weiß"), ("01 45", "Weiß"),
        ("145", "Weiß"), ("5550145", "Weiß"), ("+31 50 555 0146", "Jansen"), ("0031505550146", "Jansen"),
        ("+31505550144", "Ğöçer"), ("(050) 555.01.42", "van der Meer"), ("05055501", "van der Meer"),
        ("4410887", "van IJzendoorn"), ("0889", "Sørensen"), ("44108", "Sørensen"), ("meer 0142", "van der Meer"),
        ("meer 050-5550142", "van der Meer"), ("jansen +31 50 555 01 46", "Jansen"),
        # zaak numbers
        ("2024-a0001", "van der Meer"), ("2024-A0001", "van der Meer"), ("a0001", "van der Meer"),
        ("A1", "van der Meer"), ("2024-A1", "van der Meer"), ("2024-", "van der Meer"), (" 2024a0002 ", "Yıldız"),
    ],
)  # fmt: skip
def test_search_finds_a_zaak_however_it_is_typed(full: Vault, text: str, name: str) -> None:
    assert name in names(full, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jannsen", "Jansen"), ("jnasen", "Jansen"), ("jansne", "Jansen"), ("janzen", "Jansen"), ("jasen", "Jansen"),
        ("lukasevic", "Łukaszewicz"), ("lukaschewitz", "Łukaszewicz"), ("lukasev", "Łukaszewicz"),
        ("ildiz", "Yıldız"), ("jildis", "Yıldız"), ("weisz", "Weiß"), ("wiess", "Weiß"),
        ("ijsendoorn", "van IJzendoorn"),
        ("eizendoorn", "van IJzendoorn"), ("soerensen", "Sørensen"), ("dijksta", "de Wijs-Dijkstra"),
        ("mohamed", "Muhammad"), ("mohammed", "Muhammad"), ("obrein", "O'Brien"), ("meeer", "van der Meer"),
        ("gelkingerstraat", "van IJzendoorn"), ("jannsen korrewg", "Jansen"),
        ("dijkstra grote makrt", "de Wijs-Dijkstra"), ("bakkr", "Bakker"),
    ],
)  # fmt: skip
def test_a_typing_error_still_finds_who_was_meant_and_says_that_it_only_resembles(
    full: Vault, text: str, name: str
) -> None:
    found = {vondst.regel.naam.split(maxsplit=1)[1]: vondst.precies for vondst in zoeken.search(full.connection, text)}
    assert found[name] is False


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "zz", '"', "meer OR yildiz", "*", "NEAR(", "zoek_naam:meer", "a" * 5000, "-", "+31",
        "'; DROP TABLE zaak", "meer parklaan", "jansen steentil", "qqqqqqq", "0599999999", "2024-B", "\x00",
        "9999 ZZ", "meer 0143",
    ],
)  # fmt: skip
def test_search_takes_anything_for_text_and_finds_no_more_than_it_means(full: Vault, text: str) -> None:
    assert names(full, text) == []


def test_who_answers_to_what_was_typed_comes_before_who_resembles_it(full: Vault) -> None:
    assert names(full, "jansen") == ["Jansen", "Janssens"]
    assert names(full, "janssens") == ["Janssens", "Jansen"]
    assert names(full, "bakker") == ["Bakker", "Backer"]
    assert names(full, "backer") == ["Backer", "Bakker"]
    assert names(full, "jans") == ["Jansen", "Janssens"]
    assert names(full, "korreweg jansen")[0] == "Jansen"


def test_a_name_comes_before_a_street_and_an_open_zaak_before_a_closed_one(full: Vault) -> None:
    signaal = factories.signaal(
        id="CM-90", voorletters="A.", voorvoegsel="", achternaam="Parklaan", klantnummer="4410990"
    )
    full.journal.append([received(full, signaal)], door=full.door)
    actions.accept_all(full)
    assert names(full, "parklaan") == ["Parklaan", "Backer", "Janssens", "O'Brien"]
    happens(full, "2024-A0014", ZaakAfgesloten(eindresultaat=Eindresultaat.GEEN_CONTACT))
    assert names(full, "parklaan") == ["Parklaan", "Janssens", "O'Brien", "Backer"]


@pytest.mark.parametrize(
    ("text", "plaats", "einde"),
    [
        ("meer", Vindplaats.NAAM, ""),
        ("meer oosterstraat", Vindplaats.ADRES, ""),
        ("0142", Vindplaats.TELEFOON, "0142"),
        ("050 555 01 42", Vindplaats.TELEFOON, "0142"),
        ("4410882", Vindplaats.KLANTNUMMER, "0882"),
        ("meer 882", Vindplaats.KLANTNUMMER, "0882"),
        ("2024-A0001", Vindplaats.ZAAKNUMMER, ""),
    ],
)
def test_a_result_says_where_it_was_found(full: Vault, text: str, plaats: Vindplaats, einde: str) -> None:
    found = zoeken.search(full.connection, text)[0]
    assert (found.regel.nummer, found.plaats, found.einde, found.precies) == ("2024-A0001", plaats, einde, True)


@pytest.mark.parametrize(
    "hiding",
    [
        BrpGecontroleerd(uitkomst=BrpUitkomst.GEHEIM, datum=date(2024, 5, 1)),
        SituatieVastgelegd(situatie=Situatie(afgeschermd=True)),
    ],
    ids=["geheim in de BRP", "afgeschermd"],
)
def test_nobody_is_found_by_an_address_that_is_hidden(full: Vault, hiding: AnyInhoud) -> None:
    by_address = ("oosterstraat", "9711ns", "9711 ns", "oosterstr 14", "meer oosterstraat", "osterstraat", "9711")
    assert all("van der Meer" in names(full, text) for text in by_address)
    happens(full, "2024-A0001", hiding)
    assert not any("van der Meer" in names(full, text) for text in by_address)
    for text in ("meer", "0142", "4410882", "2024-a0001", "a.b. van der meer"):
        assert "van der Meer" in names(full, text)


def test_a_number_that_the_resident_gave_later_is_found_too(full: Vault) -> None:
    situatie = Situatie(veilig_contact=VeiligContact(telefoonnummer="+31 50 555 0199"))
    happens(full, "2024-A0002", SituatieVastgelegd(situatie=situatie))
    for text in ("0199", "050-5550199", "+31 50 5550199"):
        (found,) = zoeken.search(full.connection, text)
        assert (found.regel.nummer, found.plaats, found.einde) == ("2024-A0002", Vindplaats.TELEFOON, "0199")


def test_a_zaak_with_several_signals_is_found_once(full: Vault) -> None:
    again = factories.signaal(
        id="CM-91", voorletters="F.", voorvoegsel="", achternaam="Yıldız", straatnaam="Parklaan", klantnummer="4410883"
    )
    full.journal.append([received(full, again)], door=full.door)
    actions.accept_all(full)
    assert names(full, "yildiz") == ["Yıldız"]
    assert "Yıldız" in names(full, "yildiz korreweg")
    assert "Yıldız" in names(full, "yildiz parklaan")


def test_a_limit_is_kept_and_takes_the_best(full: Vault) -> None:
    assert [vondst.regel.naam for vondst in zoeken.search(full.connection, "bakker", limiet=1)] == ["D. Bakker"]


def test_search_still_finds_everything_after_the_tables_were_rebuilt(full: Vault) -> None:
    tables = digests(full.connection)
    with transaction(full.connection):
        rebuild(full.connection)
    assert digests(full.connection) == tables
    assert names(full, "yildiz") == ["Yıldız"]
    assert names(full, "lukasevic") == ["Łukaszewicz"]
    assert names(full, "0142") == ["van der Meer"]


def test_words_go_with_the_last_signal_that_has_them(full: Vault) -> None:
    def known() -> set[str]:
        return {row[0] for row in full.connection.execute("SELECT woord FROM zoekwoord")}

    words = known()
    assert {"lukaszewicz", "prinsesseweg", "korreweg", "groningen", "vandermeer"} <= words
    signaal = factories.signaal(id="CM-2").dossier
    with transaction(full.connection):
        projection.clear_dossier(full.connection, signaal, team=False)
    assert words - known() == {"lukaszewicz", "prinsesseweg"}
    with transaction(full.connection):
        refold(full.connection, signaal)
    assert known() == words
