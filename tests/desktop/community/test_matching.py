"""How well a title answers to what was typed."""

import pytest

from desktop.community.matching import Match, match_of


@pytest.mark.parametrize(
    ("typed", "title", "match"),
    [
        ("song night", "Song night", Match.EXACT),
        ("lukasz", "Łukasz", Match.EXACT),
        ("song n", "Song night", Match.BEGINS),
        ("night", "Song night", Match.WORDS),
        ("nig so", "Song night", Match.WORDS),
        ("ong", "Song night", Match.ELSEWHERE),
        ("song today", "Song night", Match.ELSEWHERE),
        ("", "Song night", Match.BEGINS),
    ],
)
def test_given_what_was_typed_when_it_is_held_against_a_title_then_it_answers_so_well(typed: str, title: str, match: Match) -> None:
    assert match_of(typed, title) is match
