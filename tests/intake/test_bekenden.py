"""A list of who is known at schuldhulpverlening: hits are recorded, the evaluation counts them, no name is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import KnownError
from db.journal import events_of
from db.model.codes import Bekendheid
from db.model.gebeurtenis import BekendOpLijst
from db.queries import bekenden as queries
from db.queries.dossier import load
from db.vault import Vault
from desktop.casework import signalen
from desktop.casework.kalender import lokale_datum
from desktop.intake import bekendenlijst
from desktop.intake.bekendenlijst import Geladen
from tests.factories import signaalbestand
from tests.intake.conftest import Take, events
from tests.intake.test_herkenning import STRANGER, key, of

Give = Callable[..., Geladen]

LIST = "Achternaam;Geboortedatum;Voorletters;Postcode;Huisnummer;BSN\r\nvan der Meer;12-03-1951;A.;9711 NP;14;x\r\n"


@pytest.fixture
def give(vault: Vault, tmp_path: Path) -> Give:
    def load_text(text: str, naam: str = "Kredietbank") -> Geladen:
        path = tmp_path / "lijst.csv"
        path.write_text(text, encoding="utf-8")
        return bekendenlijst.load(vault, path, naam)

    return load_text


def known(vault: Vault, number: int) -> str:
    row = vault.connection.execute("SELECT schuldhulp FROM signaal WHERE id = ?", (key(number).bytes,)).fetchone()
    return str(row[0])


def test_a_resident_on_the_list_is_known_and_another_is_not(vault: Vault, take: Take, give: Give) -> None:
    assert give(LIST) == Geladen(lijst="Kredietbank", rijen=1, onleesbaar=0)
    take(signaalbestand(rows=[of(1, achternaam="Meer-Jansen"), of(2, **STRANGER)]))
    assert (known(vault, 1), known(vault, 2)) == (Bekendheid.JA, Bekendheid.NEE)
    hits = [event.inhoud for event in events_of(vault.connection, key(1)) if isinstance(event.inhoud, BekendOpLijst)]
    assert hits == [BekendOpLijst(lijst="Kredietbank", geladen_op=lokale_datum(vault.clock()))]
    (taken, _) = signalen.accept_all(vault)
    dossier = load(vault.connection, taken.zaak)
    assert dossier is not None
    assert dossier.signalen[0].schuldhulp is Bekendheid.JA


def test_without_a_list_nobody_knows(vault: Vault, take: Take) -> None:
    take(signaalbestand(rows=[of(1)]))
    assert known(vault, 1) == Bekendheid.ONBEKEND


def test_a_later_list_of_the_same_name_takes_the_place_of_the_earlier(vault: Vault, take: Take, give: Give) -> None:
    give(LIST)
    give(LIST.replace("Meer", "Zanden").replace("9711 NP", "9743 CD"))
    take(signaalbestand(rows=[of(1)]))
    assert known(vault, 1) == Bekendheid.NEE
    assert queries.remove(vault.connection, "Kredietbank")
    assert queries.lijsten(vault.connection) == ()


def test_of_a_list_only_keyed_hashes_are_kept_and_each_loading_has_its_own_key(vault: Vault, give: Give) -> None:
    def stored() -> set[bytes]:
        return {row[0] for row in vault.connection.execute("SELECT hash FROM bekende")}

    before = events(vault)
    give(LIST)
    first = stored()
    give(LIST)
    assert len(first) == 2
    assert first.isdisjoint(stored())
    assert events(vault) == before


def test_a_row_that_cannot_be_read_is_counted_and_a_missing_column_refused(vault: Vault, give: Give) -> None:
    assert give(LIST + "Jansen;31-31-1950;B.;;;\r\n").onleesbaar == 1
    with pytest.raises(KnownError) as caught:
        give("Achternaam;Postcode\r\nJansen;9711NP\r\n")
    assert (caught.value.code, caught.value.facts["plaats"]) == ("KOLOM_ONTBREEKT", "kolom geboortedatum")
    assert len(queries.lijsten(vault.connection)) == 1


@pytest.mark.parametrize(
    "row",
    [
        "Jansen;12-03-1951;B.;9711NP;14;x;te veel",
        "\u0301;12-03-1951;;;;",
        f"{'Jansen' * 40};12-03-1951;B.;9711NP;14;",
    ],
)
def test_a_row_that_would_point_at_nobody_or_at_somebody_else_counts_as_unreadable(give: Give, row: str) -> None:
    assert give(f"{LIST}{row}\r\n") == Geladen(lijst="Kredietbank", rijen=2, onleesbaar=1)


def test_a_list_on_which_nobody_can_be_read_is_refused_and_the_one_before_stays(vault: Vault, give: Give) -> None:
    give(LIST)
    before = queries.lijsten(vault.connection)
    for rows in ("", "Jansen;onbekend;B.;9711NP;14;\r\n"):
        with pytest.raises(KnownError) as caught:
            give(LIST.partition("\r\n")[0] + "\r\n" + rows)
        assert caught.value.code == "LIJST_ZONDER_MENSEN"
    assert queries.lijsten(vault.connection) == before


def test_a_list_with_a_column_twice_or_without_any_row_is_refused(give: Give) -> None:
    for text, code in ((LIST.replace("BSN", "achternaam"), "KOLOM_DUBBEL"), ('""\r\n', "KOLOM_ONTBREEKT")):
        with pytest.raises(KnownError) as caught:
            give(text)
        assert caught.value.code == code
