"""What "tarik Tuti 5rb buat sekolah" says: whose money, how much of it, and what for."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.domain.people import Member
from bot.talk import Turn
from bot.talk.understand import name_parts, read_amount, tokens

_BEGINS = re.compile(
    r"^\W*(?:(?:saya|sy|aku|mau|minta|tolong)\s+)*(?:tarik|ambil|cairkan)(?:kan)?\b", re.IGNORECASE
)
#: "Ani narik 10rb": whoever keeps the money tells of somebody; from others a name in front is a courtesy.
_TOLD_OF = re.compile(
    r"^\W*(?P<who>[^\W\d]+(?:\s+[^\W\d]+)?)\s+(?:n?tarik|narik|(?:ng)?ambil|cairkan)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?|\b(?:gimana|gmn|bagaimana|cara|boleh|bisa|kapan|kenapa)\b", re.IGNORECASE)
_WHAT_FOR = re.compile(
    r"\b(?:(?:buat|untuk|utk|bwt)\b|(?=(?:beli|bayar|karena|krn)\b))", re.IGNORECASE
)


class TakingOut(NamedTuple):
    """Her words: what stands between "tarik" and the amount, up to the amount, and behind it."""

    whose: str
    amount: str
    reason: str


def taking_out(words: str) -> TakingOut:
    """Where a name, an amount and a reason would stand.

    >>> taking_out("tarik Tuti 20rb buat anak sekolah")
    TakingOut(whose='Tuti', amount='tarik Tuti 20rb', reason='anak sekolah')
    """
    found, begins = _WHAT_FOR.search(words), _BEGINS.search(words)
    head = words[: found.start()].strip() if found else words
    behind = head[begins.end() :] if begins else ""
    name = re.split(r"\d", behind, maxsplit=1)[0].strip()
    if found is None or not read_amount(head).candidates:
        return TakingOut(name, words, "")
    return TakingOut(name, head, words[found.end() :].strip())


def takes_out(words: str) -> bool:
    """Whether they ask for so much of somebody's savings, in so many words."""
    asks = _ASKS.search(words) is not None
    return not asks and _BEGINS.search(words) is not None and bool(read_amount(words).candidates)


def meant_by(turn: Turn, said: TakingOut) -> list[Member]:
    """The members of her groups, but for her who speaks, whose money is meant.

    Behind the amount a name may be only a courtesy ("tarik 20rb bu rina"), but for one without a phone.
    """
    groups = [one.group for one in turn.books.memberships(turn.me)]
    groups += [one.id for one in turn.books.groups_led(turn.me)]
    mine = name_parts([turn.me.name])
    told_of = _TOLD_OF.search(said.amount) if _keeps(turn) else None
    name = f"{said.whose} {told_of['who'] if told_of else ''}"
    before, anywhere = (set(tokens.words(words)) - mine for words in (name, said.amount))
    found = {(one.group, one.number): one for it in groups for one in turn.books.members(it)}
    return [
        one
        for one in found.values()
        if one.person.id != turn.me.id
        and name_parts([one.person.name]) & (before if one.person.reachable else anywhere)
    ]


def _keeps(turn: Turn) -> bool:
    """Whether she holds or leads, and so may speak of what others take."""
    mine = turn.books.memberships(turn.me)
    holds = any(turn.books.group(one.group).holder == one.number for one in mine)
    return holds or bool(turn.books.groups_led(turn.me))
