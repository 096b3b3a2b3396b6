"""A mentor's words to many: what, to whom and when, with a look at it before it goes."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.broadcasts import Audience, BroadcastPlanned, Content, Form, When, Who
from bot.domain.people import Group
from bot.talk import Instead, Turn, among, ask, dialogue, one_of, text, yes_or_no
from bot.talk.answers import Choice
from bot.talk.moments import now_or_then
from handlers.shelf import library
from handlers.telling import (
    described,
    fresh_tips,
    may_tell,
    note_to_tell,
    show,
    time_for,
    which_groups,
)
from handlers.weekly_tips import tips

#: Tips, kinds of business and broadcasts of hers that are shown to choose from.
_MOST_TIPS, _MOST_BUSINESSES, _MOST_MANAGED = 8, 9, 8

#: Said where her words were expected, it is about a broadcast there is.
_ANOTHER = re.compile(r"(?:atur )?siaran (\d+)", re.IGNORECASE)

#: Letters of a business that a button can carry, and of words an article is looked for by.
_LONGEST_BUSINESS, _LONGEST_QUESTION = 40, 200

_WHO = {
    "everybody": ("semua", "semua anggota"),
    "quiet": ("belum setor", "yang belum setor"),
    "business": ("usaha", "jenis usaha", "menurut usaha"),
    "holders": ("pemegang", "pemegang celengan"),
    "no_nib": ("belum nib", "belum punya nib", "oss belum selesai"),
}
_WHEN = {
    "now": ("sekarang", "kirim", "kirim sekarang", "ya"),
    "later": ("nanti", "atur waktu"),
    "weekly": ("tiap minggu", "tiap pekan", "mingguan"),
}


@dialogue(says=("siaran",), verbatim=True, keepers=True)
async def broadcast(turn: Turn) -> BroadcastPlanned | Instead | None:
    """``siaran``, ``siaran 3``, ``siaran tip``, ``siaran artikel …``, ``siaran Besok kumpul``."""
    if turn.opening.strip().isdecimal():
        return Instead("", f"atur siaran {turn.opening.strip()}")
    if not may_tell(turn):
        return None
    group, content = await _what(turn)
    if content is None:
        return None
    if another := _ANOTHER.fullmatch(content.words.strip()):
        return Instead("", f"atur siaran {another[1]}")
    who = Who(await ask("who", one_of(_WHO)))
    business = await _business(turn, group) if who is Who.BUSINESS else ""
    audience = Audience(group, who, business)
    reach = show(turn, content, audience)
    if not reach.people:
        turn.said.clear()
        turn.say("nobody", offers=("siaran",))
        return None
    # A tip is heard once: there is no next week for it.
    times = {key: said for key, said in _WHEN.items() if key != "weekly" or not content.form.apart}
    choice, _, said = (await ask("when", now_or_then(turn.today, times))).partition(" ")
    weekly = choice == "weekly"
    when = When() if choice == "now" else await time_for(turn, weekly=weekly, already=said)
    _planned(turn, when)
    return BroadcastPlanned(turn.me, content, audience, when)


async def _what(turn: Turn) -> tuple[Group | None, Content | None]:
    """Her words, or something from the library; and for which of her groups."""
    kind, _, rest = turn.opening.strip().partition(" ")
    if kind.lower() == "tip":
        group = await which_groups(turn)
        return group, await _tip(turn, group)
    if kind.lower() == "artikel":
        return await which_groups(turn), await _article(turn, rest)
    going = turn.books.broadcasts_open(turn.me)
    if going:
        rows = [{"number": one.number, "what": described(turn, one)} for one in going]
        turn.say("on_its_way", rows=rows)
    numbers = [one.number for one in going[:_MOST_MANAGED]]
    manage = [Choice(f"atur siaran {one}", f"Siaran {one}", command=True) for one in numbers]
    ready = [Choice("siaran tip", command=True), Choice("siaran artikel", command=True)]
    answer = replace(note_to_tell(), choices=(*ready, *manage))
    note = await ask("content", answer, already=turn.opening)
    if _ANOTHER.fullmatch(note.words):
        return None, Content(Form.WORDS, note.words)
    return await which_groups(turn), Content(Form.WORDS, note.words, note.media)


async def _tip(turn: Turn, group: Group | None) -> Content | None:
    fresh = fresh_tips(turn, group)
    if not fresh:
        turn.say("all_heard", of=len(tips()))
        return None
    by_title = among(fresh, lambda one: one.title, lambda one: one.id)
    shown = tuple(by_title.choice(one) for one in fresh[:_MOST_TIPS])
    weekly = Choice("satu tip tiap pekan", command=True)
    chosen = await ask("tip", replace(by_title, choices=(*shown, weekly)))
    return Content(Form.TIP, piece=chosen.id)


async def _article(turn: Turn, about: str) -> Content | None:
    words = about or await ask("article_about", text(_LONGEST_QUESTION))
    found = [library().article(one.id) for one in library().find(words).answers]
    articles = [one for one in found if one is not None]
    if not articles:
        turn.say("no_article", words=words, offers=("siaran artikel",))
        return None
    by_title = among(articles, lambda one: one.title, lambda one: one.id)
    return Content(Form.ARTICLE, piece=(await ask("article", by_title)).id)


async def _business(turn: Turn, group: Group | None) -> str:
    known = turn.books.businesses(turn.me, group, _MOST_BUSINESSES)
    choices = tuple(Choice(one, one) for one in known if len(one.encode()) <= _LONGEST_BUSINESS)
    answer = replace(text(_LONGEST_BUSINESS), choices=choices, shows=str)
    return await ask("business", answer)


def _planned(turn: Turn, when: When) -> None:
    if when.at is None:
        turn.say("goes_now")
    else:
        key = "goes_weekly" if when.weekly else "goes_then"
        turn.say(key, day=when.at.day, clock=when.at.clock)


@dialogue(says=("satu tip tiap",), keepers=True)
async def weekly_tips(turn: Turn) -> BroadcastPlanned | None:
    """``satu tip tiap Senin``: each group's next tip of the library, by itself."""
    if not may_tell(turn):
        return None
    group = await which_groups(turn)
    fresh = fresh_tips(turn, group)
    if not fresh:
        turn.say("all_heard", of=len(tips()))
        return None
    when = await time_for(turn, weekly=True, already=turn.opening)
    audience = Audience(group)
    show(turn, Content(Form.TIP, piece=fresh[0].id), audience)
    if not await ask("start", yes_or_no("begin", "do_not"), left=len(fresh)):
        turn.say("let_go")
        return None
    if when.at is not None:
        turn.say("begins", day=when.at.day, clock=when.at.clock)
    return BroadcastPlanned(turn.me, Content(Form.NEXT_TIP), audience, when)
