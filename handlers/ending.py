"""The end of a programme: announced early, closed in peace, and each says what becomes of her data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.endings import (
    DataChosen,
    Ending,
    EndingNear,
    EndingPlanned,
    FollowUpDue,
    ProgrammeEnded,
    Reason,
)
from bot.domain.people import Person
from bot.domain.surveys import Round, SurveyAnswered
from bot.files import document
from bot.talk import Turn, ask, day_ahead, dialogue, one_of, yes_or_no
from handlers.survey import questions
from handlers.who import everybody, led_group, members_of

_TWO_YEARS, _MONTH = 731, timedelta(days=30)
_SAID = {
    Reason.TIME_OVER: ("waktunya selesai", "waktu habis"),
    Reason.GOALS_MET: ("tujuan tercapai",),
    Reason.REFERRED: ("dialihkan", "diteruskan"),
    Reason.OTHER: ("lain",),
}


@dialogue(says=("akhiri",), keepers=True)
async def end_programme(turn: Turn) -> EndingPlanned | None:
    """For mentors: the last day and why; members hear of it four, two and one week ahead."""
    group = await led_group(turn)
    if group is None:
        return None
    known = turn.books.ending(group.id)
    if known is not None:
        turn.say("planned", last_day=known.last_day, reason=_why(turn, known))
        if not await ask("anew", yes_or_no("change", "keep")):
            turn.say("kept")
            return None
    last_day = await ask("last_day", day_ahead(turn.today, most=_TWO_YEARS), group=group)
    reasons = {str(one): ways for one, ways in _SAID.items()}
    reason = Reason(await ask("reason", one_of(reasons)))
    turn.say("will_be_told", last_day=last_day, offers=("tahap",))
    return EndingPlanned(group, last_day, reason, turn.me)


def _why(turn: Turn, known: Ending) -> str:
    return turn.wording(f"because_{known.reason}")


@dialogue(
    follows=EndingNear, to=lambda change, books: everybody(change.group.id, books), kind="ending"
)
async def ending_near(turn: Turn) -> None:
    """To all, the mentors too."""
    group, known = turn.books.group(turn.facts["group"]), turn.books.ending(turn.facts["group"])
    if known is None:
        return
    weeks = turn.facts["weeks"]
    turn.say("near", group=group, weeks=weeks, last_day=known.last_day, reason=_why(turn, known))
    leads = any(one.id == turn.me.id for one in turn.books.mentors(group.id))
    turn.say("for_mentor" if leads else "for_member")


@dialogue(says=("tutup kelompok",), keepers=True)
async def close_programme(turn: Turn) -> ProgrammeEnded | None:
    """For mentors: when every saving is back where it belongs."""
    group = await led_group(turn)
    if group is None:
        return None
    if turn.books.ending(group.id) is None:
        turn.say("not_announced", group=group, offers=("akhiri",))
        return None
    if turn.books.all_savings(group.id) and not group.closed:
        turn.say("savings_first", group=group, offers=("bagi",))
        return None
    if not await ask("close", yes_or_no("close_it", "not_yet"), group=group):
        turn.say("stays_open", group=group)
        return None
    turn.say("closed", group=group, offers=("laporan akhir",))
    return ProgrammeEnded(group, turn.me)


@dialogue(
    follows=ProgrammeEnded,
    to=lambda change, books: members_of(change.group.id, books),
    lasts=_MONTH,
    kind="ending",
)
async def farewell(turn: Turn) -> DataChosen | None:
    """To every member: her certificate, where to go on, and what becomes of her data."""
    group, known = turn.books.group(turn.facts["group"]), turn.books.ending(turn.facts["group"])
    me = next((one for one in turn.books.members(group.id) if one.person.id == turn.me.id), None)
    if me is None or known is None:
        return None
    if me.number in known.choices:
        turn.say("chosen_already")
        return None
    mentor = turn.books.mentors(group.id)[0]
    paper = document("certificate", group=group.id, member=me.number)
    turn.say("thanks_for_all", group=group, mentor=mentor, media=paper)
    turn.say("where_to_go_on")
    turn.say("still_readable", until=known.readable_until(group.zone))
    keeps = await ask(
        "keep_or_erase", yes_or_no("keep", "erase", also={"simpan": True, "hapus": False})
    )
    turn.say("kept" if keeps else "erased", offers=() if keeps else ("hapus data",))
    return DataChosen(me, keeps)


def _who_agreed(change: FollowUpDue, books: Books) -> Iterable[Person]:
    known = books.ending(change.group.id)
    keeps = {} if known is None else known.choices
    return [one.person for one in books.members(change.group.id) if keeps.get(one.number)]


@dialogue(follows=FollowUpDue, to=_who_agreed, lasts=_MONTH, kind="ending")
async def follow_up(turn: Turn) -> SurveyAnswered | None:
    """Three months later, to those who agreed to be asked."""
    members = turn.books.members(turn.facts["group"])
    me = next((one for one in members if one.person.id == turn.me.id), None)
    return None if me is None else await questions(turn, me, Round.LATER)
