"""Folding: whatever is written, typing it again in another way comes out the same."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from db.model.zoektekst import digits, fold, klank, known_words, plain, reversed_digits, with_joined, words

texts = st.text(max_size=60)
latin = st.text(st.characters(max_codepoint=0x24F, categories=["L"]), min_size=1, max_size=30)
numbers = st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True)
gaps = st.lists(st.sampled_from(("", " ", "-", ".", "  ", " - ")), min_size=9, max_size=9)


@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_case_and_the_way_marks_are_stored_make_no_difference(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed) == fold(unicodedata.normalize("NFD", text))
    assert fold(composed.upper().lower()) == fold(composed.lower().upper().lower())


@given(latin)
def test_a_latin_name_can_be_typed_without_any_mark(name: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    assert fold(bare) == fold(name)


@given(texts)
def test_words_are_what_the_folded_text_consists_of(text: str) -> None:
    cut = words(fold(text))
    assert all(word.isalnum() for word in cut)
    assert "".join(cut) == "".join(filter(str.isalnum, fold(text)))
    assert known_words([fold(text)]) <= set(cut)


@given(latin, latin)
def test_a_name_of_two_words_is_also_there_as_one(first: str, second: str) -> None:
    whole = fold(f"{first} {second}")
    assert "".join(words(fold(first + second))) in with_joined(whole, whole).split()


@given(numbers, gaps)
def test_a_phone_number_is_the_same_in_any_spacing_and_from_abroad(number: str, between: list[str]) -> None:
    def spaced(start: str, rest: str) -> str:
        return start + "".join(gap + digit for gap, digit in zip(between, rest, strict=False))

    for typed in (
        spaced("0", number[1:]),
        spaced("+31", number[1:]),
        spaced("0031", number[1:]),
        f"+31 (0){number[1:]}",
    ):
        assert digits(typed) == number


@given(numbers, st.integers(1, 10))
def test_the_last_digits_of_a_number_begin_it_backwards(number: str, count: int) -> None:
    assert reversed_digits(number).startswith(reversed_digits(number[-count:]))


@given(latin.map(fold), st.data())
def test_a_letter_written_twice_sounds_as_once(word: str, draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(word) - 1))
    assert klank(word[:place] + word[place] + word[place:]) == klank(word)
