"""A broadcast over the Bot API server while much goes wrong; `python -m bench siaran` plays it big."""

from __future__ import annotations

from bench.siaran import play
from bot.domain.broadcasts import TAKEN, Fate

PEOPLE = 300


def test_a_broadcast_with_failures_and_blocks_ends_with_a_true_table(new_postgres: str) -> None:
    outcome = play(new_postgres, PEOPLE, seed=3)
    assert outcome.faults() == []
    assert outcome.first.of(Fate.REFUSED) > 0
    assert outcome.first.of(Fate.UNSURE) > 0
    assert outcome.blocked > 0
    assert f"Untuk {PEOPLE} orang" in outcome.mentor
    assert f"Terkirim: {outcome.last.of(*TAKEN)}" in outcome.mentor
