"""Spreadsheets: what cells mean, which sheet is read, and what kind of archive never reaches the reader."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from db.errors import KnownError
from db.journal import events_of
from db.model.gebeurtenis import SignaalOntvangen
from db.model.signaal import Signaal, signaal_id
from db.vault import Vault
from desktop.intake import ImportReport
from tests.factories import csv_bestand, rij, signaalbestand
from tests.intake.conftest import Take
from tests.intake.werkmappen import cell, packed, parts, serial, sheet, table, xlsx

Refused = Callable[..., KnownError]


def signaal(vault: Vault, number: int = 1) -> Signaal:
    events = events_of(vault.connection, signaal_id("Centraal Meldpunt", f"CM-{number:06d}"))
    return next(event.inhoud.signaal for event in events if isinstance(event.inhoud, SignaalOntvangen))


def reasons(report: ImportReport) -> list[tuple[str | None, str | None]]:
    return [(regel.reden, regel.veld) for regel in report.regels]


def test_a_spreadsheet_holds_the_same_signals_as_the_csv_file_of_it(take: Take) -> None:
    rows = [rij(number) for number in range(1, 60)]
    assert take(xlsx(rows)).geaccepteerd == 59
    again = take(csv_bestand(rows=rows))
    assert (again.al_bekend, again.gewijzigd) == (59, 0)


def test_typed_cells_are_read_as_what_they_are(take: Take, vault: Vault) -> None:
    row = rij(1) | {
        "signaaldatum": date(2024, 5, 2), "ontstaansdatum": date(2023, 9, 30), "geboortedatum": date(1951, 3, 12),
        "bedrag": 213.4, "klantnummer": 4410882, "huisnummer": 14, "huisnummertoevoeging": 2,
    }  # fmt: skip
    assert take(xlsx([row])).geaccepteerd == 1
    found = signaal(vault)
    assert (found.signaaldatum, found.ontstaansdatum) == (date(2024, 5, 2), date(2023, 9, 30))
    assert (found.bedrag, found.klantnummer) == (213_40, "4410882")
    assert (found.inwoner.geboortedatum, found.inwoner.huisnummer) == (date(1951, 3, 12), "14")
    assert found.inwoner.huisnummertoevoeging == "2"


def test_a_spreadsheet_that_counts_from_1904_says_so(take: Take, vault: Vault) -> None:
    day = serial(date(2024, 5, 2), since_1904=True)
    content = sheet(table([rij(1, signaaldatum=date(1999, 9, 9))])).replace(
        f"<v>{serial(date(1999, 9, 9))}</v>", f"<v>{day}</v>"
    )
    take(packed(parts({"Blad1": content}, properties='<workbookPr date1904="1"/>')))
    assert signaal(vault).signaaldatum == date(2024, 5, 2)


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"huisnummer": date(2024, 2, 14)}, "VELD_ONTBREEKT", "huisnummer"),  # 14-2, which a spreadsheet took for a day
        ({"signaaldatum": 45414}, "DATUM_ONGELDIG", "signaaldatum"),  # a day that lost its style
        ({"bedrag": date(2024, 5, 2)}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": 213.405}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": 1e300}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"klantnummer": 4410882000000000001}, "VELD_ONTBREEKT", "klantnummer"),  # more digits than a cell keeps
        ({"achternaam": 12.5}, "VELD_ONTBREEKT", "achternaam"),
        ({"achternaam": None}, "VELD_ONTBREEKT", "achternaam"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_refused_with_its_field(
    take: Take, changes: dict[str, object], reason: str, field: str
) -> None:
    report = take(xlsx([rij(1), rij(2) | changes, rij(3)]))
    assert report.geaccepteerd == 2
    assert [(regel.rij, regel.reden, regel.veld) for regel in report.regels] == [(3, reason, field)]


def test_a_sum_of_tenths_is_what_the_sender_saw(take: Take, vault: Vault) -> None:
    take(xlsx([rij(1, bedrag=100.1 + 200.2)]))
    assert signaal(vault).bedrag == 300_30


@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f>WEBSERVICE("https://voorbeeld.example")</f>'])
def test_a_formula_is_not_worked_out(take: Take, formula: str) -> None:
    content = sheet(table([rij(1, achternaam="Meer")])).replace(
        't="inlineStr"><is><t xml:space="preserve">Meer</t></is>', f">{formula}"
    )
    assert reasons(take(packed(parts({"Blad1": content})))) == [("VELD_ONTBREEKT", "achternaam")]


def test_text_that_looks_like_a_formula_stays_text(take: Take, vault: Vault) -> None:
    take(xlsx([rij(1, achternaam='=HYPERLINK("http://x","y")')]))
    assert signaal(vault).inwoner.achternaam == '=HYPERLINK("http://x","y")'


def test_rows_are_numbered_as_the_spreadsheet_shows_them(take: Take) -> None:
    rows: list[list[object]] = [[], ["", ""], *table([rij(1), rij(2, bedrag="1.213"), rij(3)])]
    rows.insert(4, [])
    report = take(packed(parts({"Blad1": sheet(rows)})))
    assert (report.rijen, report.geaccepteerd) == (3, 2)
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(6, "BEDRAG_ONGELDIG")]


def test_the_sheet_with_signals_is_found_among_others_that_are_counted(take: Take) -> None:
    sheets = {"Toelichting": sheet([["Uitleg"], ["Niet invullen"]]), "Signalen": sheet(table(n=3)), "Leeg": sheet([])}
    report = take(packed(parts(sheets, hidden=["Toelichting"])))
    assert report.geaccepteerd == 3
    assert report.weggelaten == {"werkblad Toelichting": 2}


def test_two_sheets_of_signals_are_not_chosen_between(refused: Refused) -> None:
    error = refused(packed(parts({"Mei": sheet(table(n=1)), "Juni": sheet(table(n=2))})))
    assert (error.code, error.facts["plaats"]) == ("ONBEKEND_FORMAAT", "meer dan één werkblad met signalen")


def test_an_empty_spreadsheet_is_an_empty_file(refused: Refused) -> None:
    assert refused(packed(parts({"Blad1": sheet([])}))).code == "LEEG_BESTAND"


def test_a_header_alone_is_a_delivery_of_nothing(take: Take) -> None:
    assert take(packed(parts({"Blad1": sheet(table()[:1])}))).rijen == 0


def test_the_name_of_the_file_does_not_matter(take: Take) -> None:
    assert take(xlsx(n=2), "signalen.csv").geaccepteerd == 2
    assert take(signaalbestand(2), "signalen.xlsx").al_bekend == 2


# ------------------------------------------------------------------------------- archives to keep out


def plain() -> dict[str, str | bytes]:
    return dict(parts({"Blad1": sheet(table(n=2))}))


@pytest.mark.parametrize(
    ("name", "plaats"),
    [
        ("xl/vbaProject.bin", "met macro's"),
        ("xl/macrosheets/sheet1.xml", "met macro's"),
        ("xl/externalLinks/externalLink1.xml", "met koppelingen naar andere bestanden"),
        ("xl/connections.xml", "met koppelingen naar andere bestanden"),
        ("xl/queryTables/queryTable1.xml", "met koppelingen naar andere bestanden"),
        ("xl/embeddings/oleObject1.bin", "met andere bestanden erin"),
        ("binnen.zip", "met andere bestanden erin"),
        ("../../evil.xml", "een onderdeel met een vreemde naam"),
        ("/etc/passwd", "een onderdeel met een vreemde naam"),
        ("C:\\x.xml", "een onderdeel met een vreemde naam"),
        ("xl/..\\x.xml", "een onderdeel met een vreemde naam"),
        ("XL/workbook.xml", "een onderdeel staat er twee keer in"),
    ],
)
def test_an_archive_with_such_a_part_is_refused_whole(refused: Refused, name: str, plaats: str) -> None:
    error = refused(packed(plain() | {name: b"x"}))
    assert (error.code, error.facts["plaats"]) == ("ONBEKEND_FORMAAT", plaats)


def test_an_archive_that_unpacks_a_hundredfold_is_refused_before_it_is_unpacked(refused: Refused) -> None:
    assert refused(packed(plain() | {"xl/nullen.bin": bytes(5_000_000)})).code == "TE_GROOT"


def test_more_than_64_mib_is_refused_before_it_is_unpacked(refused: Refused) -> None:
    noise = bytes(range(256)) * 4096
    contents = {f"xl/theme/{n}.xml": noise for n in range(65)}
    assert refused(packed(plain() | contents, zipfile.ZIP_STORED)[: 49 * 1024 * 1024]).code == "ONBEKEND_FORMAAT"
    assert refused(packed(plain() | {"xl/a.xml": bytes(66 * 1024 * 1024)})).code == "TE_GROOT"


def test_an_archive_of_65536_parts_is_refused(refused: Refused) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(65_536):
            archive.writestr(f"{number}", b"")
    assert refused(target.getvalue()).code == "ONBEKEND_FORMAAT"


def test_a_part_that_is_encrypted_or_a_link_is_refused(refused: Refused) -> None:
    content = bytearray(packed(plain()))
    first = content.index(b"PK\x01\x02")
    content[first + 8] |= 1
    assert refused(bytes(content)).facts["plaats"] == "beveiligd met een wachtwoord"
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    target = io.BytesIO(packed(plain()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "../../elders")
    assert refused(target.getvalue()).facts["plaats"] == "een onderdeel van een vreemde soort"


def test_a_spreadsheet_with_a_password_is_named_as_such(refused: Refused) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert refused(content).facts["plaats"] == "beveiligd met een wachtwoord"


@pytest.mark.parametrize("change", [-200, -1, +1, +5000])
def test_a_size_that_lies_is_refused(refused: Refused, change: int) -> None:
    contents = plain()
    content = bytearray(packed(contents, zipfile.ZIP_DEFLATED))
    name = b"xl/worksheets/sheet1.xml"
    entry = content.index(name, content.index(b"PK\x01\x02")) - 46
    size = struct.unpack_from("<I", content, entry + 24)[0]
    struct.pack_into("<I", content, entry + 24, size + change)
    assert refused(bytes(content)).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://voorbeeld.example/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
def test_definitions_of_its_own_are_refused(refused: Refused, prolog: str, part: str) -> None:
    contents = plain()
    error = refused(packed(contents | {part: f"{prolog}{contents[part]!s}"}))
    assert (error.code, error.facts["plaats"]) == ("ONBEKEND_FORMAAT", "eigen definities in een onderdeel")


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZZ1", "B9999999"])
def test_two_cells_far_apart_do_not_fill_the_memory(refused: Refused, place: str) -> None:
    far = f'<c r="{place}"><v>1</v></c>'
    content = str(plain()["xl/worksheets/sheet1.xml"]).replace("</sheetData>", f'<row r="9">{far}</row></sheetData>')
    assert refused(packed(plain() | {"xl/worksheets/sheet1.xml": content})).code in {
        "TE_VEEL_RIJEN",
        "ONBEKEND_FORMAAT",
    }


def test_cells_with_only_a_style_take_no_place(take: Take) -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    content = str(plain()["xl/worksheets/sheet1.xml"]).replace("</sheetData>", f"{styled}</sheetData>")
    assert take(packed(plain() | {"xl/worksheets/sheet1.xml": content})).geaccepteerd == 2


@pytest.mark.parametrize("place", ["1A", "A", "1", "", "A0", "&#65;1", "Á1"])
def test_a_cell_in_a_place_that_is_none_is_refused(refused: Refused, place: str) -> None:
    content = str(plain()["xl/worksheets/sheet1.xml"]).replace('r="B2"', f'r="{place}"')
    assert refused(packed(plain() | {"xl/worksheets/sheet1.xml": content})).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", [b"", b"<", b"geen xml", b"<a/>", b"\xff\xfe<\0a\0/\0>\0", b"<a>" * 5000])
def test_a_broken_part_is_refused(refused: Refused, part: str, content: bytes) -> None:
    assert refused(packed(plain() | {part: content})).code in {"ONBEKEND_FORMAAT", "LEEG_BESTAND", "TE_DIEP"}


def test_a_missing_shared_text_is_refused(refused: Refused) -> None:
    content = sheet(table()).replace(cell(0, 2, "CM-000001"), '<c r="A2" t="s"><v>99</v></c>')
    assert refused(packed(parts({"Blad1": content}))).code == "ONBEKEND_FORMAAT"
