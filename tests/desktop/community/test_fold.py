import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.community.fold import fold, sort_key, tag_key, words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("小明", "xiao ming"),
        ("José", "jose"),
        ("Jose\u0301", "jose"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", fold("Σίσυφος")),
        ("ﬁnance", "finance"),
        ("ｆｕｌｌ", "full"),
        ("e-mail@example.org", "e mail example org"),
        ("+351 912 345 678", "351 912 345 678"),
        ("  a \t b\n", "a b"),
        ("…!", ""),
    ],
)
def test_what_a_person_would_call_the_same_folds_to_the_same(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_each_han_character_is_a_word_that_is_told_from_others_by_its_sound() -> None:
    assert len(words("王小明")) == 3
    assert words("王小明")[1:] == words("小明")


@given(st.text())
@example("Ł\u0301’ß小明ǅ")
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_folded_is_words_of_ascii_letters_and_digits(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(text))
    assert fold(text) == " ".join(words(text))


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Mn", "Nd", "Lo", "Zs"))))
def test_how_a_text_is_composed_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(), st.text())
def test_the_words_of_two_texts_are_those_of_each(first: str, second: str) -> None:
    assert words(f"{first} {second}") == words(first) + words(second)


def test_names_sort_as_people_sort_and_those_without_letters_come_last() -> None:
    names = ["Zoë", "…", "ana", "Łukasz", "Anna", "Ana", "¡!", "Ángel"]
    assert sorted(names, key=sort_key) == ["ana", "Ana", "Ángel", "Anna", "Łukasz", "Zoë", "¡!", "…"]


def test_two_tags_are_one_where_a_person_would_say_so() -> None:
    assert tag_key("Bäcker") == tag_key("backer") == tag_key("BÄCKER")
    assert tag_key("…") != tag_key("!")
