"""What passes between holder and member: how much of it arrived, before whom, and whether the box has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.calendar import local_day
from bot.domain.handing_out import left_for
from bot.domain.ledger import BANK
from bot.domain.money import NOTHING
from bot.domain.payouts import Payout, PayoutState, receiver_of
from bot.domain.people import Group, Member, Person
from bot.talk import Turn
from bot.talk.answers import Answer, Got, Later, Reading
from bot.talk.understand import puts_off, read_yes_no
from handlers.meaning import DIFFERS, is_done, names_another, one_or_digits, sum_instead, yes_to
from handlers.who import holder_person
from handlers.withdraw import told

#: On its way from hand to hand.
ON_ITS_WAY = (PayoutState.AGREED, PayoutState.PAID)

#: The button of a holder who has not handed it out yet.
LATER = "later"

_GAVE = re.compile(
    r"\b(?:su?dah|u?dah|sdh|dh|baru|tadi)\b.*\b(?:di)?(?:kasih|kasi|serah|antar|beri)"
)
_GOT = re.compile(r"\b(?:di)?(?:terima|trima|kasih|kasi|sampai|sampe|dapat|dapet|tangan)")


def says_she_gave(words: str) -> bool:
    """Whether they say that money left her hand: "sudah saya kasih Sari"."""
    return _GAVE.search(words.lower()) is not None


def says_she_got(words: str) -> bool:
    """Whether they say that money is in her hand: "sudah saya terima bu"."""
    return read_yes_no(words) is True and _GOT.search(words.lower()) is not None


def how_much_of_it(
    turn: Turn, payout: Payout, others: Iterable[Person], yes: str, no: str
) -> Answer[str]:
    """Yes, no, or that it was another amount, in digits where she said which.

    Words that name somebody whose money it is not, or say that it soon will be so, are no answer.
    """
    plain = yes_to(payout.amount, yes, no, fits=is_done)
    ours = [payout.member.person, turn.me, *others]

    def read(words: str) -> Reading[str]:
        people = [one.person for one in turn.books.members(payout.group)]
        if names_another(words, ours, people):
            return None
        if (instead := sum_instead(words, payout.amount)) is not None:
            return Got(instead)
        if no == LATER and puts_off(words):
            return Got(no)
        said = plain.read(words)
        if isinstance(said, Later):
            return Got(no) if no == LATER else said
        return Got(plain.keep(said.value)) if isinstance(said, Got) else None

    return one_or_digits((yes, no, DIFFERS), read)


def on_its_way(turn: Turn, group: int) -> Sequence[Payout]:
    """What a holder is to hand out, or has, oldest first."""
    return [one for one in turn.books.payouts_waiting(group) if one.state in ON_ITS_WAY]


def who_receives(turn: Turn, payout: Payout, day: date | None = None) -> Person | None:
    """Who says that it arrived; where a witness does, the one whose turn it was, or is on ``day``."""
    group = turn.books.group(payout.group)
    members, mentors = turn.books.members(group.id), turn.books.mentors(group.id)
    turn_of = day or local_day(payout.made_at, group.zone)
    return receiver_of(payout.member, group, members, mentors, turn_of)


def receiver_if_ready(turn: Turn, payout: Payout, day: date | None = None) -> Person | None:
    """Who will be asked, where it can be handed out now; says why when it cannot."""
    group, receiver = turn.books.group(payout.group), who_receives(turn, payout, day)
    if receiver is None:
        turn.say("nobody_to_confirm", mentor=turn.books.mentors(group.id)[0])
        return None
    box = left_for(turn.books, group, payout)
    if box < payout.amount:
        missing, offers = payout.amount - box, short_of(turn, group)
        turn.say("box_short", offers=offers, missing=missing, box=box, **told(payout))
        return None
    return receiver


def receiver_if_agreed(turn: Turn, payout: Payout) -> Person | None:
    """The same, while it is still to be handed out; else says what became of it."""
    if payout.state is not PayoutState.AGREED:
        turn.say(f"already_{payout.state}", **told(payout))
        return None
    return receiver_if_ready(turn, payout)


def short_of(turn: Turn, group: Group) -> tuple[str, ...]:
    """What puts a box right that holds too little."""
    bank = turn.books.balances(group.id).get(BANK, NOTHING)
    return ("ambil bank", "hitung kas") if bank else ("hitung kas",)


def tell_on_its_way_to(turn: Turn, me: Member) -> None:
    """Beside her balance and her entries: what she asked for, and whose word is next."""
    hers = [one for one in turn.books.payouts_waiting(me.group) if one.member.number == me.number]
    if hers:
        rows = [{"amount": one.amount, "who": waits_for(turn, one)} for one in hers]
        turn.say("on_its_way", rows=rows)


def waits_for(turn: Turn, payout: Payout) -> Sequence[Person]:
    """Whose word is next."""
    holder = holder_person(turn, turn.books.group(payout.group))
    if payout.state is PayoutState.PAID:
        found = [who_receives(turn, payout)]
    elif payout.state is PayoutState.AGREED or not payout.holder_yes:
        found = [holder]
    else:
        found = []
    if payout.state is PayoutState.ASKED and not payout.mentor_yes:
        found = [*turn.books.mentors(payout.group), *found]
    return list({one.id: one for one in found if one is not None}.values())
