"""What is asked about something for sale, wherever it is: its name, its price, her number."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.listing import claim, forbidden, phone_in
from bot.domain.money import Money
from bot.talk import Turn, ask, optional, text
from bot.talk.answers import Answer, Got
from bot.talk.understand import read_amount

#: Signs of a name at most: more cannot be read on a small phone.
LONGEST_NAME = 60

#: How often she is asked for other words before we leave it to her mentor.
_MOST_ROUNDS = 3
_LETTER = re.compile(r"[A-Za-z0-9]")


async def product_name(turn: Turn, already: str = "", about: str = "") -> str | None:
    """What it is called; None, and she is told why, when no market takes it."""
    for number in range(_MOST_ROUNDS):
        words = already if number == 0 else ""
        name = await ask("product", _named(), about=f"{about}{number}", already=words)
        kind = forbidden(name)
        if kind is not None:
            turn.say(f"no_{kind}", product=name, offers=("pendamping",))
            return None
        promised = claim(name)
        if promised is None:
            return name
        turn.say("promised", word=promised)
    turn.say("ask_mentor", offers=("pendamping",))
    return None


def reckoned(turn: Turn, product: str, already: str = "") -> list[Money]:
    """The price she reckoned for it herself, if she did; she is told, unless she named one ``already``."""
    hers = [one for one in turn.books.costings(turn.me) if one.is_of(product)][:1]
    for one in hers:
        if not read_amount(already).candidates:
            turn.say("reckoned", cost=one.cost, price=one.price, day=one.day)
    return [one.price for one in hers]


async def praise(turn: Turn, longest: int, product: str) -> str | None:
    """What is good about it, without promises; None when three tries had one."""
    for number in range(_MOST_ROUNDS):
        words = await ask("good", text(longest), about=number, product=product)
        promised = claim(words)
        if promised is None:
            return words
        turn.say("promised", word=promised)
    turn.say("ask_mentor", offers=("pendamping",))
    return None


def her_phone() -> Answer[str | None]:
    """A phone number to put on it, or none."""

    def read(words: str) -> Got[str] | None:
        found = phone_in(words)
        return Got(found) if found else None

    return optional(Answer(read, str, Got, counted=False))


def _named() -> Answer[str]:
    plain = text(LONGEST_NAME)

    def read(words: str) -> Got[str] | None:
        match plain.read(words):
            case Got(kept) if _LETTER.search(kept):
                return Got(begun(kept))
        return None

    return replace(plain, read=read)


def begun(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]
