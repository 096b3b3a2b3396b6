"""Whose money a yes is about, and whether words for a human are not about her own money first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.domain.money import LARGEST, SMALLEST, Money
from bot.domain.people import Person
from bot.talk import Instead, Turn, ask, one_of, yes_or_no
from bot.talk.answers import Answer, Choice, Got, Reading
from bot.talk.route import names_saving
from bot.talk.understand import guess, name_parts, read_amount, tokens

#: Says that somebody wants to or soon will, not that money has passed from hand to hand.
_NOT_DONE = re.compile(
    r"^\W*(?:mau|boleh|setuju|ikut|pengen|pingin|gelem)\b|\b(?:se)?bentar\b|\bnanti\b|\btunggu\b"
)


def names_another(words: str, ours: Iterable[Person], others: Iterable[Person]) -> bool:
    """Whether words name one of ``others`` by a name that none of ``ours`` bears."""
    hers = name_parts(one.name for one in ours)
    return bool((name_parts(one.name for one in others) - hers) & set(tokens.words(words)))


def is_done(words: str) -> bool:
    """Whether a yes can mean that it has happened."""
    return not _NOT_DONE.search(words.lower())


def yes_about(
    turn: Turn, group: int, ours: Iterable[Person], yes: str, no: str, *, done: bool = False
) -> Answer[bool]:
    """Yes or no about the money of ``ours``, members of a group; ``done``: that it has happened."""
    plain, people = yes_or_no(yes, no), [one.person for one in turn.books.members(group)]
    mine = [*ours, turn.me]

    def read(words: str) -> Reading[bool]:
        said = plain.read(words)
        meant = not names_another(words, mine, people) and (is_done(words) or not done)
        return said if meant else None

    return replace(plain, read=read)


def one_or_digits(
    names: Iterable[str], read: Callable[[str], Reading[str]], *, sums: bool = True
) -> Answer[str]:
    """One of ``names``, each with its button, or in digits another amount; ``read`` says which."""
    known = one_of(dict.fromkeys(names, ()))

    def recall(kept: str) -> Got[str] | None:
        return Got(kept) if kept.isdecimal() else known.recall(kept)

    return replace(known, read=read, recall=recall, sums=sums)


#: Wishes that words for her mentor may be as well, and the word that says they are for the mentor.
_MOVES_MONEY, _FOR_MENTOR = ("setor", "tarik"), "to_mentor"


async def money_first(turn: Turn, words: str) -> Instead | None:
    """Whether she means to put money in, or to take it out, rather than to tell her mentor: she is asked.

    What is only a command ("setor 10rb") never comes here; "saya setor 10rb" may be either.
    """
    wish, rupiah = guess(words), read_amount(words).rupiah
    if wish.choices or wish.name not in _MOVES_MONEY or rupiah is None:
        return None
    if not SMALLEST <= rupiah <= LARGEST:
        return None
    label = turn.wording(f"money_first.{wish.name}", amount=Money(rupiah))
    either = one_of({wish.name: (), _FOR_MENTOR: ("kirim", "pendamping")})
    choices = (Choice(wish.name, shows=label), Choice(_FOR_MENTOR))
    if await ask("money_or_words", replace(either, choices=choices)) == _FOR_MENTOR:
        return None
    return Instead(wish.name, words)


#: The words behind the button of what shows her money, and what an amount said to it is then.
_PUT_RIGHT = "koreksi"
_NEW_OR_RIGHT = {"setor": ("setoran", "setoran baru", "baru"), _PUT_RIGHT: ("membetulkan", "salah")}


async def right_or_new(older: Sequence[str] = ()) -> Instead:
    """A quiet end to what shows her money, with a way to put it right and ``older`` buttons.

    An amount she writes then is perhaps what it should be, perhaps a deposit: she is asked.
    """
    said = await ask("all_right", _amount_or_button(older), quietly=True)
    if said == _PUT_RIGHT:
        return Instead("", _PUT_RIGHT)
    amount = Money(read_amount(said).rupiah or 0)
    if await ask("new_or_right", one_of(_NEW_OR_RIGHT), amount=amount) == _PUT_RIGHT:
        return Instead("", f"{_PUT_RIGHT} jadi {said}")
    return Instead("setor", said)


def _amount_or_button(older: Sequence[str]) -> Answer[str]:
    def read(words: str) -> Reading[str]:
        rupiah = read_amount(words).rupiah
        fits = rupiah is not None and SMALLEST <= rupiah <= LARGEST
        bare = may_save(words) and not names_saving(words)  # with it, nothing is to be asked
        return Got(words) if fits and bare else None

    def recall(kept: str) -> Got[str] | None:
        # Not the older ones: what they lead to has moved on when she has saved since.
        return Got(kept) if kept == _PUT_RIGHT or read(kept) else None

    commands = tuple(Choice(one, command=True) for one in older)
    buttons = (Choice(_PUT_RIGHT), *commands)
    return replace(one_of({_PUT_RIGHT: ()}), read=read, recall=recall, choices=buttons)


def may_save(words: str) -> bool:
    """Whether words may wish to put money aside."""
    wish = guess(words)
    return "setor" in (wish.name, *wish.choices)
