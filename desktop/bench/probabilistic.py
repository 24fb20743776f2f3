"""The same labelled set by splink, an unsupervised Fellegi-Sunter model on DuckDB, to hold our recognising against."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from db.model.kenmerken import kenmerken, sleutels
from desktop.bench.lookalikes import Gelabeld, Verzameling

VOORSTEL, VANZELF = 0.9, 0.99999
"""Probabilities from which splink proposes, and joins; chosen on another seed than the one that is reported."""

_MEMORY = "2GB"
_THREADS = 2
_PAIRS = 10_000_000
_COLUMNS = (
    "unique_id", "namen", "voorletters", "eerste", "geboren", "jaar", "dag", "klank", "postcode", "huisnummer",
    "toevoeging", "telefoon",
)  # fmt: skip

Gevonden = tuple[int, int, float]
"""The place of a new signal, the resident an earlier one is about, and the probability that they are the same."""


def installed() -> bool:
    """Whether splink is there; only who develops needs it."""
    return find_spec("splink") is not None


def link(of: Verzameling, folder: Path) -> list[Gevonden]:
    """Train a model on the set, without its labels, and give every pair that is at least half likely.

    It gets the names, initials, dates and homes spelled as ours are, so that only the judging differs.
    """
    import duckdb
    import splink.comparison_level_library as levels
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection = duckdb.connect(":memory:", config={"memory_limit": _MEMORY, "threads": _THREADS,
                                                    "temp_directory": str(folder)})  # fmt: skip
    tables = []
    backend = DuckDBAPI(connection)
    for name, signals in (("eerder", of.eerder), ("nieuw", of.nieuw)):
        path = folder / f"{name}.csv"
        _write(path, signals)
        connection.read_csv(str(path), header=True, all_varchar=True, na_values="").create(name)
        tables.append(backend.register(name))
    day = compare.DateOfBirthComparison("geboren", input_is_string=True)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.NameComparison("namen").configure(term_frequency_adjustments=True),
            compare.CustomComparison(
                output_column_name="voorletters",
                comparison_levels=[
                    levels.NullLevel("voorletters"),
                    levels.ExactMatchLevel("voorletters"),
                    levels.CustomLevel(
                        "starts_with(voorletters_l, voorletters_r) OR starts_with(voorletters_r, voorletters_l)"
                    ),
                    levels.ExactMatchLevel("eerste"),
                    levels.ElseLevel(),
                ],
            ),
            day,
            compare.CustomComparison(
                output_column_name="adres",
                comparison_levels=[
                    levels.NullLevel("postcode"),
                    levels.CustomLevel(
                        "postcode_l = postcode_r AND huisnummer_l = huisnummer_r"
                        " AND coalesce(toevoeging_l, '') = coalesce(toevoeging_r, '')"
                    ),
                    levels.CustomLevel("postcode_l = postcode_r AND huisnummer_l = huisnummer_r"),
                    levels.CustomLevel(
                        "huisnummer_l = huisnummer_r AND damerau_levenshtein(postcode_l, postcode_r) = 1"
                    ),
                    levels.ExactMatchLevel("postcode"),
                    levels.ElseLevel(),
                ],
            ),
            compare.ExactMatch("telefoon"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("dag"),
            block_on("postcode", "huisnummer"),
            block_on("klank", "jaar", "eerste"),
        ],
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("namen", "voorletters", "geboren"), block_on("postcode", "huisnummer", "geboren")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=1)
    for rule in (block_on("geboren"), block_on("postcode", "huisnummer")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=0.5)
    rows = [(row["unique_id_l"], row["unique_id_r"], row["match_probability"]) for row in found.as_record_list()]
    connection.close()
    pairs = ((*sorted((one, other)), probability) for one, other, probability in rows)  # the earlier one first
    return [(int(new[1:]), of.eerder[int(old[1:])].persoon, p) for old, new, p in pairs]


def choose(
    found: Sequence[Gevonden], of: Verzameling, *, voorstel: float = VOORSTEL, vanzelf: float = VANZELF
) -> list[list[tuple[int, bool]]]:
    """Per new signal the likeliest resident, as ours does: joined when that is sure, proposed when likely enough."""
    best: dict[int, tuple[float, int]] = {}
    for new, persoon, probability in found:
        best[new] = max(best.get(new, (0.0, 0)), (probability, persoon))
    chosen: list[list[tuple[int, bool]]] = [[] for _ in of.nieuw]
    for new, (probability, persoon) in best.items():
        if probability >= voorstel:
            chosen[new].append((persoon, probability >= vanzelf))
    return chosen


def _write(path: Path, signalen: Sequence[Gelabeld]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number, one in enumerate(signalen):
            of = kenmerken(one.signaal.inwoner, one.signaal.klantnummer)
            keys = sleutels(of)
            year = of.geboren // 10_000
            born = f"{year}-{of.geboren // 100 % 100:02d}-{of.geboren % 100:02d}"
            writer.writerow(
                (
                    f"{path.name[0]}{number}", of.namen, of.voorletters, of.voorletters[:1], born,
                    year, keys.geboortedag, keys.klank, of.postcode, of.huisnummer, of.toevoeging, of.telefoon,
                )
            )  # fmt: skip
