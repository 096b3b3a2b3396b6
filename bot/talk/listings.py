"""Answers that are lists: names with amounts, as they are written in group chats today."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.domain.money import LARGEST, SMALLEST, Money
from bot.talk.answers import Answer, Got, kept_json
from bot.talk.understand import Amount, split_list


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a list: a name as it was written, and the amounts it may mean."""

    name: str
    amounts: tuple[Money, ...]
    sure: bool


def listing(most: int) -> Answer[tuple[Written, ...]]:
    """Names with amounts, up to ``most`` lines, as they are written in group chats today."""

    def read(words: str) -> Got[tuple[Written, ...]] | None:
        lines = tuple(_written(name, amount) for name, amount in split_list(words)[:most])
        return Got(lines) if lines else None

    def keep(lines: tuple[Written, ...]) -> str:
        return json.dumps(
            [[one.name, [each.rupiah for each in one.amounts], one.sure] for one in lines]
        )

    def recall(kept: str) -> Got[tuple[Written, ...]] | None:
        try:
            rows = [(name, map(Money, each), sure) for name, each, sure in kept_json(kept)]
        except (TypeError, ValueError):
            return None
        return Got(tuple(Written(name, tuple(each), sure) for name, each, sure in rows))

    return Answer(read, keep, recall, free=True)


def _written(name: str, amount: Amount) -> Written:
    if amount.sure and amount.rupiah:
        return Written(name, (Money(amount.rupiah),), sure=True)
    fits = [rupiah for rupiah in amount.candidates if SMALLEST <= rupiah <= LARGEST]
    return Written(name, tuple(map(Money, fits)), sure=False)
