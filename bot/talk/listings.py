"""Answers that are lists: names with amounts, as they are written in group chats today."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.domain.money import LARGEST, SMALLEST, Money
from bot.talk.answers import Answer, Got, kept_json
from bot.talk.understand import Entry, Moves, entries


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a list: a name as it was written, the amounts it may mean, and which way they go."""

    name: str
    amounts: tuple[Money, ...]
    sure: bool
    moves: Moves = Moves.IN


def listing(most: int) -> Answer[tuple[Written, ...]]:
    """Names with amounts, up to ``most`` lines, as they are written in group chats today."""

    def read(words: str) -> Got[tuple[Written, ...]] | None:
        lines = tuple(written(one) for one in entries(words)[:most])
        return Got(lines) if lines else None

    def keep(lines: tuple[Written, ...]) -> str:
        return json.dumps(
            [
                [one.name, [each.rupiah for each in one.amounts], one.sure, one.moves]
                for one in lines
            ]
        )

    def recall(kept: str) -> Got[tuple[Written, ...]] | None:
        try:
            return Got(
                tuple(
                    Written(name, tuple(map(Money, each)), sure, *map(Moves, way))
                    for name, each, sure, *way in kept_json(kept)  # once kept without its way
                )
            )
        except (TypeError, ValueError):
            return None

    return Answer(read, keep, recall, free=True)


def written(entry: Entry) -> Written:
    """A line as it was written."""
    amount = entry.amount
    if amount.sure and amount.rupiah:
        return Written(entry.name, (Money(amount.rupiah),), sure=True, moves=entry.moves)
    fits = [rupiah for rupiah in amount.candidates if SMALLEST <= rupiah <= LARGEST]
    return Written(entry.name, tuple(map(Money, fits)), sure=False, moves=entry.moves)
