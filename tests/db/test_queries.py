"""The read side: search forgives how a name is typed, pages miss and repeat nothing, drafts come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.errors import KnownError
from db.model.codes import Bak, Belresultaat, Berichtstaat, Contactsoort, Rol, Stap
from db.model.zoektekst import plain
from db.queries import concepten, instellingen, outbox, signalen, zaken
from db.queries.dossier import find_zaak
from db.vault import Vault
from desktop.casework import contact
from desktop.casework import signalen as actions
from tests import factories
from tests.vaults import START, Klok, received, take_up

PEOPLE = (
    ("A.B.", "van der", "Meer", "Oosterstraat", "9711NS", "050-5550142", "4410882"),
    ("F.", "", "Yıldız", "Korreweg", "9712AB", "", "4410883"),
    ("K.", "", "Łukaszewicz", "Prinsesseweg", "9713XX", "050 555 01 43", "4410884"),
    ("Ö.", "", "Ğöçer", "1e Drift", "9714BB", "0031505550144", "4410885"),
    ("M.", "", "Weiß", "J.P. Coenstraat", "9715CC", "+31 50 5550145", "4410886"),
    ("S.", "van", "IJzendoorn", "Gelkingestraat", "9716DD", "", "4410887"),
    ("E.", "de", "Wijs-Dijkstra", "Grote Markt", "9717EE", "", "4410888"),
    ("P.", "", "Sørensen", "Aan het Hoendiep", "9718FF", "", "4410889"),
)


@pytest.fixture
def full(vault: Vault) -> Vault:
    """A vault with a zaak of each of these people."""
    for number, (initials, prefix, name, street, code, phone, customer) in enumerate(PEOPLE):
        signaal = factories.signaal(
            id=f"CM-{number}", voorletters=initials, voorvoegsel=prefix, achternaam=name, straatnaam=street,
            postcode=code, telefoonnummer=phone, klantnummer=customer,
        )  # fmt: skip
        vault.journal.append([received(vault, signaal)], door=vault.door)
    actions.accept_all(vault)
    return vault


def test_pages_hold_every_open_zaak_once(full: Vault) -> None:
    seen, cursor = [], zaken.Cursor("", b"")
    while True:
        page, cursor = zaken.open_page(full.connection, na=cursor, limiet=3)
        if not page:
            break
        seen += [regel.nummer for regel in page]
    assert len(seen) == len(set(seen)) == len(PEOPLE)


def test_pages_of_all_zaken_go_by_name(full: Vault) -> None:
    seen, cursor = [], zaken.Cursor("", b"")
    while True:
        page, cursor = zaken.every_page(full.connection, na=cursor, limiet=3)
        if not page:
            break
        seen += [regel.naam.split()[-1] for regel in page]
    assert seen == sorted((name for _, _, name, *_ in PEOPLE), key=plain)


def test_a_page_of_one_step_holds_what_the_count_says(full: Vault) -> None:
    counted = zaken.steps(full.connection, pogingen=3, dagdelen=2)
    assert counted == {Stap.BELLEN: 4, Stap.HUISBEZOEK: 4}, "without a number there is nothing to call"
    for step, count in counted.items():
        page, cursor = zaken.step_page(full.connection, step, pogingen=3, dagdelen=2)
        assert len(page) == count
        rest, again = zaken.step_page(full.connection, step, pogingen=3, dagdelen=2, na=cursor)
        assert (rest, again) == ((), cursor)
        assert {zaken.stap_of(full.connection, r.id, pogingen=3, dagdelen=2) for r in page} == {step}


def test_a_promised_call_comes_up_on_its_day(full: Vault, klok: Klok) -> None:
    zaak = find_zaak(full.connection, " 2024-a0001 ")
    assert zaak is not None
    contact.record_contactpoging(
        full, zaak, event_id=full.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=False,
        resultaat=Belresultaat.TERUGBELLEN, terugbellen_op=START + timedelta(days=2),
    )  # fmt: skip
    assert zaken.promised(full.connection, voor=START + timedelta(days=1)) == ()
    (regel,) = zaken.promised(full.connection, voor=START + timedelta(days=3))
    assert regel.id == zaak


def test_trays_and_their_counts_agree(full: Vault) -> None:
    take = received(full, factories.signaal(id="CM-nieuw", klantnummer="4419999"))
    full.journal.append([take], door=full.door)
    counted = signalen.counts(full.connection)
    assert counted == {Bak.NIEUW: 1, Bak.OPGEPAKT: len(PEOPLE)}
    for bak in Bak:
        assert len(signalen.tray(full.connection, bak)) == counted.get(bak, 0)
    assert signalen.wachtend(full.connection, full.new_id()) is None


def test_refused_rows_lie_in_their_own_trays(worked: Vault) -> None:
    counted = signalen.counts(worked.connection)
    for bak in signalen.TRAYS_OF_ROWS:
        assert len(signalen.tray(worked.connection, bak)) == counted.get(bak, 0)
    assert sum(counted.get(bak, 0) for bak in signalen.TRAYS_OF_ROWS) > 0


def test_signals_are_listed_per_zaak(full: Vault) -> None:
    zaak = take_up(full, 3)
    again = take_up(full, 7)
    assert zaak == again, "the same resident, the same open zaak"
    assert zaken.signalen_of(full.connection, [zaak]) == {zaak: ("CM-000003", "CM-000007")}


def test_terugmeldingen_that_wait_are_counted(worked: Vault) -> None:
    states = [bericht.staat for bericht in outbox.berichten(worked.connection)]
    assert states
    assert outbox.waiting(worked.connection) == states.count(Berichtstaat.KLAAR)


def test_people_are_known_by_name_and_role(vault: Vault) -> None:
    assert instellingen.medewerkers(vault.connection) == {
        vault.door: instellingen.Medewerker(vault.door, "N. de Boer", Rol.UITVOERDER)
    }


def test_a_draft_comes_back_until_it_is_emptied(vault: Vault) -> None:
    assert concepten.read(vault.connection, "notitie/x") == ""
    for text in ("half", "half getypt"):
        concepten.save(vault.connection, "notitie/x", text, START)
        assert concepten.read(vault.connection, "notitie/x") == text
    concepten.save(vault.connection, "notitie/x", "", START)
    assert concepten.read(vault.connection, "notitie/x") == ""


def test_a_draft_that_cannot_be_kept_is_said(vault: Vault) -> None:
    vault.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownError, match="VASTLEGGEN_MISLUKT"):
        concepten.save(vault.connection, "notitie/x", "half", START)
