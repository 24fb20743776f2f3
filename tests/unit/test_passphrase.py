"""The passphrase: long enough, not the first guess, and the same bytes on every system."""

from __future__ import annotations

import pytest

from db.errors import RegelOvertreding
from db.keys import check_passphrase
from db.keys.passphrase import passphrase_bytes


@pytest.mark.parametrize(
    "passphrase",
    [
        "paarse fiets onder de brug",
        "zomer kaas fietsbel tunnel",
        "wachtwoord uit mijn vaders keukenla",
        "Łódź-à-la-carte met frieten",
        "8f3kQz-19bTr+xWv",
        "voordeur klemt als het vriest",
        "een wachtzin voor de proef",
        "ıspanak ve börek seven komşu",
    ],
)
def test_good_passphrase_is_accepted(passphrase: str) -> None:
    check_passphrase(passphrase, trial=False)


@pytest.mark.parametrize("passphrase", ["", "dertien tekens"[:13], "e\u0301" * 13])
def test_short_passphrase_is_refused_with_both_lengths(passphrase: str) -> None:
    with pytest.raises(RegelOvertreding, match="WACHTZIN_TE_KORT") as error:
        check_passphrase(passphrase, trial=False)
    assert error.value.facts == {"minimum": 14, "lengte": 13 if passphrase else 0}


@pytest.mark.parametrize(
    "passphrase",
    [
        "aaaaaaaaaaaaaaaa",
        "              ",
        "abababababababab",
        "fietsbelfietsbelfiets",
        "12345678901234567890",
        "qwertyuiopasdfghjkl",
        "zyxwvutsrqponmlkj",
        "wachtwoord123456",
        "W@chtw00rd2026!!!",
        "Welkom-Gemeente-2026",
        "Groningen Zomer 2026",
        "Welkom01!Welkom01!",
        "gemeente tilburg 2027",
        "voordeurvoordeurvoordeur",
        "Januari-Februari-Maart",
    ],
)
def test_first_guess_is_refused(passphrase: str) -> None:
    with pytest.raises(RegelOvertreding, match="WACHTZIN_TE_GEWOON") as error:
        check_passphrase(passphrase, trial=False)
    assert error.value.facts == {}


@pytest.mark.parametrize("passphrase", ["paarse fiets\nonder de brug", "paarse fiets onder de brug\x00"])
def test_character_that_no_window_takes_is_refused(passphrase: str) -> None:
    with pytest.raises(RegelOvertreding, match="WACHTZIN_STUURTEKEN"):
        check_passphrase(passphrase, trial=False)


def test_both_unicode_forms_are_the_same_bytes() -> None:
    assert passphrase_bytes("e\u0301e\u0301n") == passphrase_bytes("één") == "één".encode()


def test_a_trial_vault_may_have_an_easy_passphrase_but_no_short_one() -> None:
    check_passphrase("proefkluis-wachtwoord-1", trial=True)
    with pytest.raises(RegelOvertreding, match="WACHTZIN_TE_KORT"):
        check_passphrase("proefkluis", trial=True)
