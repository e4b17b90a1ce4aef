"""What is in the way of sending is told when it begins and when it is over."""

from desktop.engine.hindrances import Hindrances
from desktop.engine.news import Halted, News, Resumed
from resources.translations import phrase

FULL, LOCKED = phrase("The disk is full."), phrase("It is locked.")


def test_given_two_things_in_the_way_when_the_later_one_is_over_then_the_other_is_told_and_at_the_end_that_nothing_is() -> None:
    heard: list[News] = []
    hindrances = Hindrances(heard.append)
    hindrances.begin("file", FULL)
    hindrances.begin("file", FULL)
    hindrances.begin("secrets", LOCKED)
    hindrances.end("secrets")
    hindrances.end("file")
    hindrances.end("file")
    assert heard == [Halted(FULL), Halted(LOCKED), Halted(FULL), Resumed()]
