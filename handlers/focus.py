"""A focus group, as its moderator leads it: opened, watched, worded and closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.domain.books import Books
from bot.domain.focus import (
    LONGEST_QUESTION,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    THEMES,
    AloudAnswered,
    Focus,
    FocusClosed,
    FocusOpened,
    GuideChanged,
    Said,
    ThemeCorrected,
    VoiceInvited,
)
from bot.domain.people import Group, Member, Person
from bot.talk import Turn, ask, dialogue, one_of, yes_or_no
from handlers.focus_guide import ready_made
from handlers.who import led_group

#: Silent members with a button of their own, and lines shown at once, at most.
_MOST_BUTTONS, _MOST_LINES = 6, 8

#: Signs of an answer shown in a list.
_SHORT = 60

#: What may be sent in place of words and has a name of its own.
_SENT = ("voice", "photo")

_CHANGED = re.compile(r"(?:panduan )?(?P<number>\d{1,2})\s*[:.)-]\s*(?P<words>.+)", re.DOTALL)
_THEMED = re.compile(r"(?P<number>\d{1,4})(?:\s+(?P<words>\w+))?")
_NAMES = {
    "modal": "capital",
    "pemasaran": "marketing",
    "jualan": "marketing",
    "keuangan": "finance",
    "izin": "licence",
    "keterampilan": "skills",
    "pribadi": "personal",
    "lain": "other",
    "lainnya": "other",
}


@dialogue(says=("fgd",), keepers=True)
async def focus(turn: Turn) -> FocusOpened | None:
    """Opens one, or says how far it is."""
    group = await led_group(turn)
    if group is None:
        return None
    now = turn.books.focus(group.id)
    if now is not None and not now.closed:
        _how_far(turn, group, now)
        return None
    of = len(turn.books.members(group.id))
    if of > MOST_PEOPLE:
        turn.say("many", of=of, parts=-(-of // MOST_PEOPLE))
    ways = {"in_person": ("langsung", "bertemu", "tatap muka"), "in_chat": ("chat", "lewat chat")}
    way = await ask("how", one_of({**ways, "not_now": ("nanti",)}), count=len(ready_made()))
    if way == "not_now":
        turn.say("let_go")
        return None
    key = "opened_in_chat" if way == "in_chat" else "opened_in_person"
    turn.say(key, group=group, offers=("fgd",) if way == "in_chat" else ("catat fgd",))
    return FocusOpened(group, way == "in_chat", ready_made(), turn.me)


def _how_far(turn: Turn, group: Group, now: Focus) -> None:
    members, said = turn.books.members(group.id), turn.books.said_in(now)
    spoke = {one.member for one in said}
    silent = [one for one in members if one.number not in spoke]
    turn.say("so_far", group=group, answers=len(said), count=len(spoke), of=len(members))
    if silent:
        offers = [(f"ajak {group.id} {one.number}", one.called) for one in silent[:_MOST_BUTTONS]]
        turn.say("silent", members=silent, offers=offers)
    turn.say("ways_in_chat" if now.in_chat else "ways_in_person")


async def open_focus(turn: Turn) -> Focus | None:
    """The focus group a mentor has open; says so when there is none."""
    group = await led_group(turn)
    if group is None:
        return None
    now = turn.books.focus(group.id)
    if now is None or now.closed:
        turn.say("no_fgd_open", group=group, offers=("fgd",))
        return None
    return now


@dialogue(says=("ajak",), keepers=True)
async def invite_voice(turn: Turn) -> VoiceInvited | None:
    """``ajak 5 3``: the button beside who has not spoken, with the group's and the member's number."""
    numbers = [int(word) for word in turn.opening.split() if word.isdecimal()]
    led = [group.id for group in turn.books.groups_led(turn.me)]
    if len(numbers) != 2 or numbers[0] not in led:  # noqa: PLR2004 - a group and a member
        turn.say("only_mentors")
        return None
    now = turn.books.focus(numbers[0])
    found = [one for one in turn.books.members(numbers[0]) if one.number == numbers[1]]
    if now is None or now.closed or not found:
        turn.say("not_any_more")
        return None
    turn.say("invited" if found[0].person.reachable else "no_chat", member=found[0])
    return VoiceInvited(now, found[0], 0 if now.in_chat else now.at, turn.me)


@dialogue(says=("panduan",), keepers=True)
async def guide(turn: Turn) -> GuideChanged | None:
    """``panduan``, ``panduan 3: …``: the questions, and one of them in other words."""
    now = await open_focus(turn)
    if now is None:
        return None
    changed = _CHANGED.fullmatch(turn.opening)
    if changed is None:
        rows = [{"number": number, "question": one} for number, one in enumerate(now.guide, 1)]
        turn.say("question", rows=rows)
        turn.say("how_to_change")
        return None
    number, words = int(changed["number"]), " ".join(changed["words"].split())[:LONGEST_QUESTION]
    if not 1 <= number <= min(len(now.guide) + 1, MOST_QUESTIONS):
        turn.say("no_such_number", count=len(now.guide))
        return None
    turn.say("changed", number=number, question=words)
    return GuideChanged(now, (*now.guide[: number - 1], words, *now.guide[number:]))


@dialogue(says=("tema",), keepers=True)
async def themes(turn: Turn) -> ThemeCorrected | None:
    """``tema``, ``tema 12``, ``tema 12 modal``: what each answer is about, one whole, and what it is really about."""
    group = await led_group(turn)
    if group is None:
        return None
    now = turn.books.focus(group.id)
    said = turn.books.said_in(now) if now else ()
    if now is None or not said:
        turn.say("nothing_said", group=group, offers=("fgd",))
        return None
    meant = _THEMED.fullmatch(turn.opening.strip())
    theme = _NAMES.get((meant["words"] or "").lower()) if meant else None
    if meant is None or (meant["words"] and theme is None):
        _tell_themes(turn, said)
        return None
    one = next((each for each in said if each.number == int(meant["number"])), None)
    if one is None:
        turn.say("no_such_answer", count=len(said))
        return None
    if theme is None:
        about = turn.wording(f"theme_{one.theme}")
        turn.say("whole", number=one.number, theme=about, words=_words(turn, one), media=one.media)
        return None
    turn.say("corrected", number=one.number, theme=turn.wording(f"theme_{theme}"))
    return ThemeCorrected(now, one.number, theme)


def _words(turn: Turn, one: Said) -> str:
    """What she said; of a voice note or a photo without words, that it is one."""
    kind = one.media.split(":", maxsplit=1)[0]
    return one.words or turn.wording(f"sent_{kind if kind in _SENT else 'other'}")


def _tell_themes(turn: Turn, said: Iterable[Said]) -> None:
    """How often each came up, then the answers the rule is least sure of."""
    answers = list(said)
    counts = {theme: sum(one.theme == theme for one in answers) for theme in THEMES}
    turn.say(
        "tally",
        rows=[
            {"theme": turn.wording(f"theme_{theme}"), "count": count}
            for theme, count in counts.items()
            if count
        ],
    )
    unsure_first = sorted(answers, key=lambda one: (one.theme != THEMES[-1], one.number))
    rows = [
        {
            "number": one.number,
            "theme": turn.wording(f"theme_{one.theme}"),
            "words": _words(turn, one)[:_SHORT],
        }
        for one in unsure_first[:_MOST_LINES]
    ]
    turn.say("answer", rows=rows)
    turn.say("how_to_correct")


@dialogue(says=("fgd tutup", "tutup fgd"), keepers=True)
async def close_focus(turn: Turn) -> FocusClosed | None:
    """Nobody is asked any more; each hears what was kept of her."""
    now = await open_focus(turn)
    if now is None:
        return None
    spoke = {one.member for one in turn.books.said_in(now)}
    of = len(turn.books.members(now.group))
    if not await ask("close", yes_or_no("close_it", "not_yet"), count=len(spoke), of=of):
        turn.say("stays_open")
        return None
    turn.say("closed", offers=("tema", "kebutuhan"))
    return FocusClosed(now, turn.me)


def _who_spoke(change: FocusClosed, books: Books) -> Iterable[Person]:
    spoke = {one.member for one in books.said_in(change.focus)}
    return [books.member(change.focus.group, number).person for number in sorted(spoke)]


@dialogue(follows=FocusClosed, to=_who_spoke, kind="question")
async def said_aloud(turn: Turn) -> AloudAnswered | None:
    """To each who spoke: what was kept of her, and whether others may hear it."""
    now = turn.books.focus(turn.facts["group"])
    me = _me(turn, turn.facts["group"])
    if now is None or me is None or now.number != turn.facts["focus"]:
        return None
    mine = [one for one in turn.books.said_in(now) if one.member == me.number and one.words]
    rows = [{"words": one.words[: 2 * _SHORT]} for one in mine[-_MOST_LINES:]]
    if not rows:
        return None
    turn.say("kept_of_you", count=len(mine))
    turn.say("yours", rows=rows)
    may = await ask("may_others_hear", yes_or_no("may", "may_not"))
    turn.say("may" if may else "may_not")
    return AloudAnswered(now, me, may)


def _me(turn: Turn, group: int) -> Member | None:
    members: Iterable[Any] = turn.books.members(group)
    return next((one for one in members if one.person.id == turn.me.id), None)
