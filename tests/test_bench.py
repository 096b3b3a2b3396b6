"""The stop watches of the bench fit the program as it is now."""

from __future__ import annotations

from bench.parts import parts
from bot.talk import play


def test_every_part_that_is_timed_is_there_and_as_before_afterwards() -> None:
    before = vars(play)["_settle"]
    with parts() as spent:
        assert vars(play)["_settle"] is not before
    assert vars(play)["_settle"] is before
    assert not spent
