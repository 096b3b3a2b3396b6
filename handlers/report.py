"""The mentor's report: who keeps at it, who has gone quiet, what waits; and a word to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.domain.books import Books
from bot.domain.changes import MentorWrote
from bot.domain.meetings import Attendance
from bot.domain.metering_changes import MessagesNearlyUsed
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person
from bot.files import document
from bot.talk import Turn, anything, ask, dialogue
from handlers.box import tell_off
from handlers.prices import price
from handlers.progress import tell_plan_so_far
from handlers.refused import tell_differing
from handlers.who import led_group

#: Days of silence that are told apart, the longest first.
_QUIET = (14, 7, 3)

#: Buttons for writing to somebody, and words of one message, at most.
_MOST_BUTTONS, _LONGEST = 6, 2_000


@dialogue(says=("laporan",), keepers=True)
async def report(turn: Turn) -> None:
    """For a group she leads: consistency first."""
    group = await led_group(turn)
    if group is None:
        return
    members = turn.books.last_saved(group)
    first = turn.today - timedelta(days=6)
    savers = turn.books.members_who_saved(group, first, turn.today)
    quiet = _quiet(members, turn.today)
    named = [one for _, some in quiet for one in some]
    offers = [(f"tulis {group.id} {one.number}", one.called) for one in named[:_MOST_BUTTONS]]
    turn.say("week", group=group, savers=savers, of=len(members))
    if quiet:
        rows = [{"days": days, "members": some} for days, some in quiet]
        turn.say("quiet", rows=rows, offers=offers)
    tell_plan_so_far(turn, group)
    _meetings(turn, group)
    _waiting(turn, group)
    tell_off(turn, group)
    _owed(turn, group)
    unreached = turn.books.unreached(group, first)
    if unreached:
        turn.say("unreached", members=unreached)
    _costs(turn, group)


def _meetings(turn: Turn, group: Group) -> None:
    """How many were there, one meeting with another; the rest stands on the paper."""
    held = [one for one in turn.books.meetings(group.id) if one.held]
    if held:
        present = sum(one.those(Attendance.PRESENT) for one in held)
        turn.say("meetings", count=len(held), present=round(present / len(held)))
    if held or turn.books.progress(group.id):
        turn.say("on_paper")


@dialogue(says=("laporan program",), keepers=True)
async def programme_report(turn: Turn) -> None:
    """For mentors: the plan against what happened, by member, with attendance and obstacles."""
    group = await led_group(turn)
    if group is not None:
        turn.say("paper", group=group, media=document("doing", group=group.id))


def _costs(turn: Turn, group: Group) -> None:
    """What was sent this month where it costs; nothing where it does not."""
    month = turn.today.replace(day=1)
    spent = turn.books.spent(group, month)
    if spent.count:
        paid = spent.paid(price(turn.today))
        turn.say("messages", count=spent.count, paid=paid)
    if spent.reminders_in_window:
        turn.say("in_window", count=spent.reminders_in_window)


@dialogue(follows=MessagesNearlyUsed, to=lambda change, books: books.mentors(change.group.id))
async def messages_nearly_used(turn: Turn) -> None:
    """To the mentors, once a month."""
    group = turn.books.group(turn.facts["group"])
    turn.say("nearly_used", group=group, used=turn.facts["used"], limit=turn.facts["limit"])


def _waiting(turn: Turn, group: Group) -> None:
    claims = turn.books.claims_waiting(group)
    if claims:
        rows = [
            {"member": one.member, "amount": one.amount, "who": one.confirmer}
            for one in claims
            if one.counted is None
        ]
        if rows:
            turn.say("waits", rows=rows)
        tell_differing(turn, claims)


def _owed(turn: Turn, group: Group) -> None:
    """During the share-out: what somebody has not had back yet, whoever she is and however long."""
    owed = turn.books.payouts_waiting(group.id) if group.sharing else ()
    if owed:
        total = Money(sum(one.amount.rupiah for one in owed))
        turn.say("owed", total=total, members=[one.member for one in owed])


def _quiet(members: Sequence[tuple[Member, date]], today: date) -> list[tuple[int, list[Member]]]:
    """Who has been quiet for so many days, each named once; resting is not being quiet."""
    found: dict[int, list[Member]] = {}
    for one, last in members:
        silent = (today - last).days
        days = next((each for each in _QUIET if silent >= each), None)
        if days is not None and not one.habit.rests(today):
            found.setdefault(days, []).append(one)
    return sorted(found.items(), reverse=True)


@dialogue(says=("tulis",), keepers=True)
async def write_to(turn: Turn) -> MentorWrote | None:
    """``tulis 5 3``: the button under the report, with the group's and the member's number."""
    numbers = [int(word) for word in turn.opening.split() if word.isdecimal()]
    led = [group.id for group in turn.books.groups_led(turn.me)]
    found: list[Member] = []
    if len(numbers) == 2 and numbers[0] in led:  # noqa: PLR2004 - a group and a member
        members = turn.books.members(numbers[0])
        found = [one for one in members if one.number == numbers[1]]
    if not found:
        turn.say("only_mentors")
        return None
    member = found[0]
    if not member.person.reachable:
        turn.say("no_chat", member=member)
        return None
    note = await ask("words", anything(_LONGEST), member=member)
    turn.say("sent", member=member)
    return MentorWrote(turn.me, member, note.words, note.media)


def _her(change: MentorWrote, _: Books) -> Iterable[Person]:
    return [change.member.person]


@dialogue(follows=MentorWrote, to=_her)
async def mentor_wrote(turn: Turn) -> None:
    """To the member."""
    mentor = turn.books.person(turn.facts["mentor"])
    words, media = turn.facts["words"], turn.facts["media"]
    turn.say("wrote", mentor=mentor, words=words, media=media, offers=("pendamping",))
