"""A few questions before and again after; the group sees its own result first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.people import Group, Member, Person
from bot.domain.surveys import (
    BASELINE,
    FACE,
    FACES,
    IN_WORDS,
    LATER,
    LONGEST_WORDS,
    QUOTE,
    ResultShared,
    Round,
    SurveyAnswered,
    SurveyAsked,
)
from bot.files import document, picture
from bot.talk import Turn, ask, dialogue, one_of, optional, text, yes_or_no
from handlers.survey_answers import answer_to
from handlers.who import everybody, leads, led_group, membership, only_leads, reading_place

_TWO_WEEKS = timedelta(days=14)


@dialogue(says=("data awal",), keepers=True)
async def baseline(turn: Turn) -> SurveyAsked | SurveyAnswered | None:
    """For mentors: sends the first questions; for members: answers them."""
    return await _begun(turn, Round.BEFORE)


@dialogue(says=("evaluasi",), keepers=True)
async def evaluation(turn: Turn) -> SurveyAsked | SurveyAnswered | None:
    """The same questions again, and how she liked it."""
    return await _begun(turn, Round.AFTER)


async def _begun(turn: Turn, round_: Round) -> SurveyAsked | SurveyAnswered | None:
    if not only_leads(turn):
        me = await membership(turn)
        if me is not None and round_ is Round.AFTER and not _asked(turn, me.group, round_):
            turn.say("not_yet", mentor=turn.books.mentors(me.group)[0])
            return None
        return None if me is None else await questions(turn, me, round_)
    group = await led_group(turn)
    if group is None:
        return None
    answered = turn.books.survey(group.id, round_).answers
    silent = [one for one in turn.books.members(group.id) if one.number not in answered]
    if not silent:
        turn.say("all_answered", group=group)
        return None
    if round_ is Round.AFTER and not _asked(turn, group.id, Round.BEFORE):
        turn.say("nothing_to_compare")
    if turn.books.survey_asked_at(group.id, round_):
        turn.say("so_far", count=len(answered), members=silent)
    if not await ask("send", yes_or_no("send_it", "not_now"), group=group, count=len(silent)):
        turn.say("let_go")
        return None
    turn.say("sent", count=len(silent))
    return SurveyAsked(group, round_, turn.me)


def _asked(turn: Turn, group: int, round_: Round) -> bool:
    """Whether that round has begun: its questions went out, or somebody answered by herself."""
    answered = turn.books.survey(group, round_).answers
    return bool(answered) or turn.books.survey_asked_at(group, round_) is not None


async def questions(turn: Turn, me: Member, round_: Round) -> SurveyAnswered | None:
    """What a round asks of her, each to be skipped if she likes."""
    if me.number in turn.books.survey(me.group, round_).answers:
        turn.say("answered_already")
        return None
    turn.say(f"intro_{round_}")
    asked = LATER if round_ is Round.LATER else BASELINE
    given: dict[str, str | None] = {}
    for question, options in asked.items():
        given[question] = await ask(question, optional(answer_to(question, options)))
    if round_ is Round.AFTER:
        given[FACE] = await ask(FACE, optional(one_of(dict.fromkeys(FACES, ()))))
        for question in IN_WORDS:
            given[question] = await ask(question, optional(text(LONGEST_WORDS)))
        if any(given[question] for question in IN_WORDS):
            given[QUOTE] = "yes" if await ask(QUOTE, yes_or_no("may", "may_not")) else None
    turn.say("thanks")
    kept = {question: answer for question, answer in given.items() if answer}
    return SurveyAnswered(me, round_, kept)


def _silent(change: SurveyAsked, books: Books) -> Iterable[Person]:
    answered = books.survey(change.group.id, change.round).answers
    return [one.person for one in books.members(change.group.id) if one.number not in answered]


@dialogue(follows=SurveyAsked, to=_silent, lasts=_TWO_WEEKS, kind="question")
async def survey_asked(turn: Turn) -> SurveyAnswered | None:
    """To every member who has not answered this round."""
    members = turn.books.members(turn.facts["group"])
    me = next((one for one in members if one.person.id == turn.me.id), None)
    return None if me is None else await questions(turn, me, Round(turn.facts["round"]))


@dialogue(says=("hasil evaluasi",), keepers=True)
async def result(turn: Turn) -> ResultShared | None:
    """For mentors: shows it to everybody at once, so that the group is not the last to know.

    Members look at it again, once it was shown.
    """
    if not only_leads(turn):
        await _again(turn)
        return None
    group = await led_group(turn)
    if group is None:
        return None
    answered, of = (
        len(turn.books.survey(group.id, Round.AFTER).answers),
        turn.books.members(group.id),
    )
    if not answered:
        turn.say("nothing_yet", group=group, offers=("evaluasi",))
        return None
    if turn.books.seen(group).shared:
        tell_result(turn, group)
        return None
    if not await ask("share", yes_or_no("send_it", "not_now"), count=answered, of=len(of)):
        turn.say("let_go")
        return None
    return ResultShared(group, turn.me)


async def _again(turn: Turn) -> None:
    me = await reading_place(turn)
    if me is None:
        return
    group = turn.books.group(me.group)
    if turn.books.seen(group).shared:
        tell_result(turn, group)
    else:
        turn.say("not_shown_yet")


@dialogue(follows=ResultShared, to=lambda change, books: everybody(change.group.id, books))
async def result_shared(turn: Turn) -> None:
    """To all members and the mentors: the picture, and what may be talked about."""
    tell_result(turn, turn.books.group(turn.facts["group"]))


def tell_result(turn: Turn, group: Group) -> None:
    """The group's own result, with questions for the talk about it; on paper for her who hands it in."""
    turn.say("result", group=group, media=picture("evaluation", group=group.id))
    turn.say("talk")
    if leads(turn, group.id):
        turn.say("printed", media=document("evaluation printed", group=group.id))
