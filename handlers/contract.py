"""The mentoring contract: filled in by the mentor, read and agreed by each member for herself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.changes import WordsPassed
from bot.domain.contracts import (
    LONGEST_BLANK,
    Contract,
    ContractAnswered,
    ContractOffered,
    Terms,
)
from bot.domain.people import Group, Member, Person
from bot.files import document
from bot.talk import (
    Turn,
    anything,
    ask,
    day_ahead,
    dialogue,
    one_of,
    optional,
    text,
    yes_or_no,
)
from handlers.who import led_group, members_of, only_leads, outside, reading_place

_SCREENS = ("parties", "roles", "rules_screen")

#: Reading on; on the first screen all of it may be had on paper instead (None).
_ON = yes_or_no("go_on", "not_now")
_ON_OR_PAPER = optional(_ON, skip="as_paper", said=("pdf", "baca pdf", "cetak"))
_TWO_YEARS = 731
_LONGEST_QUESTION = 1_000
_MONTH = timedelta(days=30)

#: Her answer, and what else it may be said in.
_AGREE, _ASK, _REFUSE = "agree", "ask_first", "refuse"
_SAYS = {
    _AGREE: ("setuju", "ya", "iya", "sepakat", "boleh"),
    _ASK: ("tanya", "bertanya", "mau tanya"),
    _REFUSE: ("tidak", "belum", "tidak setuju", "nanti"),
}


@dialogue(says=("kontrak",), lasts=timedelta(days=7), keepers=True)
async def contract(turn: Turn) -> ContractOffered | ContractAnswered | WordsPassed | None:
    """``kontrak``: for mentors to fill in and to see who agreed; for members to read."""
    if only_leads(turn):
        return await _led(turn)
    me = await reading_place(turn)
    if me is None:
        return None
    newest, over = turn.books.contract(me.group), not turn.books.group(me.group).open
    if over and not (newest and newest.agreed_by(me.number)):
        outside(turn)
        return None
    if newest is None:
        turn.say("none_yet")
        return None
    return await _read(turn, me, newest)


async def _led(turn: Turn) -> ContractOffered | None:
    group = await led_group(turn)
    if group is None:
        return None
    newest = turn.books.contract(group.id)
    if newest is not None:
        _who_agreed(turn, group, newest)
        if not await ask("renew", yes_or_no("change", "keep")):
            turn.say("kept")
            return None
    terms = await _blanks(turn, group)
    facts = _facts(group, turn.me, terms)
    wording = "\n\n".join(turn.wording(screen, **facts) for screen in _SCREENS)
    version = newest.version + 1 if newest else 1
    seen = await _shown(turn, facts, _draft(group, version, wording))
    if not seen or not await ask("send", yes_or_no("send_it", "not_now"), group=group):
        turn.say("let_go")
        return None
    turn.say("sent", group=group, offers=("kontrak",))
    return ContractOffered(group, terms, wording, turn.me)


async def _shown(turn: Turn, facts: Mapping[str, Any], draft: str) -> bool:
    """The contract in short screens or as the ``draft``; False when it is to be read another time."""
    first, *others = _SCREENS
    on = await ask(first, _ON_OR_PAPER, **facts)
    if on is None:
        turn.say("draft", media=draft)
        return True
    for screen in others:
        on = on and await ask(screen, _ON, **facts)
    return on


def _draft(group: Group, version: int, wording: str) -> str:
    """The very words that are asked about, on paper, without anybody's answer."""
    return document("contract draft", group=group.id, version=version, wording=wording)


def _who_agreed(turn: Turn, group: Group, newest: Contract) -> None:
    members = turn.books.members(group.id)
    agreed = [one for one in members if newest.agreed_by(one.number)]
    refused = [one for one in members if one.number in newest.answers and one not in agreed]
    silent = [one for one in members if one.number not in newest.answers]
    turn.say("status", version=newest.version, count=len(agreed), of=len(members))
    if refused:
        turn.say("rather_not", members=refused)
    if silent:
        turn.say("not_answered", members=silent)
    turn.say("paper", media=document("contract", group=group.id))


async def _blanks(turn: Turn, group: Group) -> Terms:
    blank = text(LONGEST_BLANK)
    purpose = await ask("purpose", optional(blank))
    until: date | None = group.ends_on
    if until is None or until <= turn.today:
        until = await ask("until", day_ahead(turn.today, most=_TWO_YEARS))
    schedule = await ask("schedule", blank)
    rules = await ask("rules", optional(blank))
    leaving = await ask("leaving", optional(blank))
    return Terms(
        purpose or turn.wording("usual_purpose"),
        until,
        schedule,
        rules or turn.wording("usual_rules"),
        leaving or turn.wording("usual_leaving"),
    )


def _facts(group: Group, mentor: Person, terms: Terms) -> dict[str, Any]:
    return {
        "group": group,
        "place": group.place,
        "mentor": mentor,
        "purpose": terms.purpose,
        "until": terms.until,
        "schedule": terms.schedule,
        "rules": terms.rules,
        "leaving": terms.leaving,
    }


async def _read(turn: Turn, me: Member, newest: Contract) -> ContractAnswered | WordsPassed | None:
    """In short screens or on paper; she may ask, and she may refuse."""
    group = turn.books.group(me.group)
    if newest.agreed_by(me.number):
        at = newest.answers[me.number].at
        turn.say("agreed_already", at=at, media=document("contract", group=me.group))
        return None
    facts = _facts(group, newest.by, newest.terms)
    if not await _shown(turn, facts, _draft(group, newest.version, newest.wording)):
        turn.say("read_later")
        return None
    said = await ask("agree", one_of(_SAYS), mentor=newest.by)
    if said == _ASK:
        note = await ask("question", anything(_LONGEST_QUESTION), mentor=newest.by)
        turn.say("passed_on", mentor=newest.by, offers=("kontrak",))
        return WordsPassed(turn.me, group, note.words, note.media)
    turn.say("thanks" if said == _AGREE else "thats_fine", mentor=newest.by)
    return ContractAnswered(newest, me, said == _AGREE)


@dialogue(
    follows=ContractOffered,
    to=lambda change, books: members_of(change.group.id, books),
    lasts=_MONTH,
    kind="question",
)
async def contract_offered(turn: Turn) -> ContractAnswered | WordsPassed | None:
    """To every member, whichever version she agreed to before."""
    newest = turn.books.contract(turn.facts["group"])
    members = turn.books.members(turn.facts["group"])
    me = next((one for one in members if one.person.id == turn.me.id), None)
    if me is None or newest is None:
        return None
    if newest.version != turn.facts["version"]:
        turn.say("there_is_a_newer", offers=("kontrak",))
        return None
    if newest.version > 1:
        turn.say("it_changed")
    return await _read(turn, me, newest)


def _to_mentors(change: ContractAnswered, books: Books) -> Iterable[Person]:
    """When somebody would rather not, and when everybody has agreed."""
    group = change.contract.group
    newest = books.contract(group)
    everybody = newest and all(newest.agreed_by(one.number) for one in books.members(group))
    return books.mentors(group) if everybody or not change.agrees else []


@dialogue(follows=ContractAnswered, to=_to_mentors)
async def contract_answered(turn: Turn) -> None:
    """To the mentors."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    group = turn.books.group(member.group)
    key = "everybody_agreed" if turn.facts["agrees"] else "would_rather_not"
    turn.say(key, member=member, group=group, offers=("kontrak",))
