"""Lists of people as they are pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.community.members import ContactKind
from desktop.exchange.pasted import PastedPerson, Shape, people, shape, unnamed


def names(text: str) -> list[str]:
    return [person.name for person in people(text, "PT")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana, Rui, +351 912 345 678, You", ["Ana", "Rui", "+351912345678"]),
        ("1. Ana\n2) Rui\n3 - Zé Maria\n7.", ["Ana", "Rui", "Zé Maria"]),
        ("1️⃣ Ana\n2️⃣ Rui", ["Ana", "Rui"]),
        ("1. Ana 2. Rui +1 3. Zé", ["Ana", "Rui", "Zé"]),
        ("• Ana\n- Rui\n✅ Zé", ["Ana", "Rui", "Zé"]),
        ("~\u202fMaria João, \u202a+351 912 345 678\u202c, Rui", ["Maria João", "+351912345678", "Rui"]),
        ("Ana, Rui, and 12 others", ["Ana", "Rui"]),
        ("✅ Selected (2):\nAna\nRui", ["Ana", "Rui"]),
        ("[13:55, 23/06/2018] Ana: I'm in\n[13:57, 23/06/2018] Rui: me too\n[13:58, 23/06/2018] Ana: +1", ["Ana", "Rui"]),
        ("Ana, [20/08/2026 09:13]\nyes", ["Ana"]),
        ("小明、Ana", ["小明、Ana"]),
        ("1. Ana\n2. Rui\n[12/11/2026, 18:30] Carla: me too!\nsee you", ["Ana", "Rui", "Carla"]),
        ("[12/11/2026, 18:30] Carla: who comes?\n1. Ana\n2. Rui +1\n[12/11/2026, 18:35] Zé: 3. Zé Povo", ["Carla", "Ana", "Rui", "Zé", "Zé Povo"]),
        ("Carla, [20/08/2026 09:13]\nOn Sunday:\n1. Ana\n2. Rui", ["Carla", "Ana", "Rui"]),
        ("1. *Ana*\n2. _Rui_\n3. ~Zé~", ["Ana", "Rui", "Zé"]),
        ("1. Maria (talvez)\n2. Rui (maybe)\n3. Ana (Zoe)", ["Maria", "Rui", "Ana (Zoe)"]),
        ("", []),
        ("12\n---\n…", []),
    ],
)
def test_given_a_list_when_it_is_read_then_these_are_the_people(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_given_guests_behind_a_name_when_it_is_read_then_they_are_counted_and_not_named() -> None:
    assert people("Rui +2") == [PastedPerson("Rui", guests=2)]


@pytest.mark.parametrize(
    ("text", "named", "counted"),
    [
        ("Ana, Rui, +351 912 345 678, +2", 3, 2),
        ("Ana, Rui, and 3 more", 2, 3),
        ("Ana, Rui and 3 others", 2, 3),
        ("Ana, Rui, e mais 3", 2, 3),
        ("Ana, Rui e mais 3 pessoas", 2, 3),
        ("Ana, Rui und 12 weitere", 2, 12),
        ("1. Ana\n2. Rui +1\n+2", 2, 3),
        ("Ana, Rui", 2, 0),
        ("[13:55, 23/06/2018] Ana: I'm in\n[13:57, 23/06/2018] Rui: +1", 2, 0),
    ],
)
def test_given_a_list_that_counts_more_than_it_names_when_it_is_read_then_it_is_known_how_many(text: str, named: int, counted: int) -> None:
    listed = people(text, "PT")
    assert (len(listed), unnamed(text, listed)) == (named, counted)


@pytest.mark.parametrize(
    "text",
    [
        "Hi all, who is coming on Sunday?",
        "Quem vem?",
        "Lista para domingo",
        "Good morning everyone!",
        "Rehearsal at 18:00",
        "We meet at the hall. Bring food",
    ],
)
def test_given_a_sentence_in_a_list_when_it_is_read_then_it_is_one_and_marked_as_such(text: str) -> None:
    assert [(person.name, person.sentence) for person in people(f"{text}\nAna")] == [(text, True), ("Ana", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Maria da Conceição e Silva",
        "ana maria silva",
        "Maria João S.",
        "João Silva Jr.",
        "María de los Ángeles",
        "Vincent van der Berg",
        "Ana (Zoe)",
        "Rui!",
    ],
)
def test_given_a_name_when_it_is_read_then_it_is_not_taken_for_a_sentence(text: str) -> None:
    assert [person.sentence for person in people(text)] == [False]


@pytest.mark.parametrize("text", ["Ana Silva <ana@Example.org>", "Ana Silva, ana@example.org", "Ana Silva ana@example.org"])
def test_given_a_name_with_an_address_when_it_is_read_then_it_is_one_person(text: str) -> None:
    assert people(text) == [PastedPerson("Ana Silva", ContactKind.EMAIL, "ana@example.org")]


@pytest.mark.parametrize("text", ["Ana Silva 912 345 678", "5. +351 912 345 678 Ana Silva", "912 345 678 - Ana Silva", "+351 912 345 678 ~Ana Silva"])
def test_given_a_name_with_a_number_when_it_is_read_then_it_is_one_person(text: str) -> None:
    assert people(text, "PT") == [PastedPerson("Ana Silva", ContactKind.PHONE, "+351912345678")]


def test_given_a_line_above_numbered_names_when_it_is_read_then_it_may_be_their_title() -> None:
    found = people("*Salsa on Saturday* 💃\n1. Ana\n2. Rui\nZé")
    assert [(person.name, person.title) for person in found] == [("Salsa on Saturday 💃", True), ("Ana", False), ("Rui", False), ("Zé", False)]


def test_given_those_who_wait_inside_a_message_when_it_is_read_then_they_are_marked() -> None:
    found = people("[12/11/2026, 18:30] Carla: who comes?\n1. Ana\nReserves:\n2. Rui\n\n3. Zé")
    assert [(person.name, person.away) for person in found] == [("Carla", False), ("Ana", False), ("Rui", True), ("Zé", False)]


@pytest.mark.parametrize("words", [20, 400])
def test_given_a_row_too_long_for_a_name_when_it_is_read_then_it_is_there_to_be_looked_at(words: int) -> None:
    ana, long = people("1. Ana\n2. " + "Bartholomew " * words)
    assert (ana.sentence, long.sentence) == (False, True)
    assert long.name.startswith("Bartholomew Bartholomew")
    assert len(long.name) <= 240


def test_given_headings_when_people_stand_below_those_who_dropped_out_then_they_are_marked_until_the_blank_line() -> None:
    found = people("❌ Dropped Out\nAna\n\nDropped out:\nHugo\n\nRui")
    assert [(person.name, person.away) for person in found if person.name in ("Hugo", "Rui")] == [("Hugo", True), ("Rui", False)]


def test_given_the_same_person_twice_when_the_list_is_read_then_they_are_there_once() -> None:
    assert names("Ana\nana\nÁna") == ["Ana"]


def test_given_what_a_spreadsheet_or_a_phone_copies_when_it_is_pasted_then_it_is_known_as_such() -> None:
    assert shape("Name\tE-mail\nAna\tana@example.org") is Shape.TABLE
    assert shape("BEGIN:VCARD\nFN:Ana\nEND:VCARD") is Shape.CARDS
    assert shape("Ana\nRui") is Shape.PEOPLE


@given(st.text(max_size=300))
def test_given_any_text_when_it_is_read_then_everybody_has_a_name(text: str) -> None:
    assert all(person.name.strip() for person in people(text, "PT"))
