"""What we know of her, to see and to change; and the hour she wants to be reminded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from bot.domain.changes import ProfileChanged
from bot.domain.habit_changes import HabitChanged, RemindersOff
from bot.domain.habits import Quiet
from bot.domain.money import Money
from bot.domain.people import Member, how_called
from bot.talk import (
    Instead,
    Turn,
    ask,
    dialogue,
    hour,
    money,
    name,
    one_of,
    text,
    yes_or_no,
)
from bot.talk.answers import Answer, Got, Reading
from handlers.our_money import made_good
from handlers.who import membership

_LONGEST_NAME, _LONGEST_BUSINESS = 40, 60
_USUAL = (Money(5_000), Money(10_000), Money(20_000))
_HOURS = (time(7), time(13), time(19))
_PARTS = {
    "name": ("nama", "panggilan"),
    "business": ("usaha", "jualan"),
    "usual": ("setoran", "jumlah"),
    "remind_at": ("jam", "pengingat"),
    "all_right": ("sudah", "sudah benar", "tidak", "cukup"),
}


#: "No reminders": a denial or a stop, unless it is about when, or about not forgetting.
_OFF = re.compile(
    r"\b(?:(?:eng|ng)?g?ga?k?|nggak?|tidak|tdk|tak|nda|ndak|gausah|gosah|jangan|jgn|stop|setop|berhenti|hentikan|(?:di)?matikan|(?:di)?matiin|off)\b"
)
_ABOUT_WHEN = re.compile(r"\b(?:lupa|jam|pukul|pagi|siang|sore|malam|subuh|besok)2?\b|\d")
_HOUR = re.compile(r"\b(?:jam|pukul)\b")
_WEEKDAY = re.compile(r"\b(?:(senin|selasa|rabu|kamis|jumat|sabtu)|hari (?:minggu|ahad))\b")
_SOME_DAYS = re.compile(r"\b(?:hari ini|besok|lusa|minggu (?:ini|depan)|seminggu)\b")
_DAILY = re.compile(r"\b(?:(?:se)?tiap|saban) hari\b")
_WEEKLY = re.compile(r"\b(?:se|satu |1 )minggu (?:se|satu |1 )(?:kali|x)\b|\btiap minggu\b")


@dialogue(wishes=("profil",), says=("profil",))
async def profile(turn: Turn) -> ProfileChanged | Instead | None:
    """Shows it, then changes one thing; "udah sy ganti" of a box that was short is about that."""
    if made_good(turn):
        return Instead("uang kelompok", turn.opening, {"about": "made_good"})
    me = await membership(turn)
    if me is None:
        return None
    turn.say(
        "profile",
        called=me.called,
        group=turn.books.group(me.group),
        business=me.business or turn.wording("not_said"),
        usual=me.usual or turn.wording("not_said"),
        remind_at=me.remind_at or turn.wording("not_said"),
    )
    part = await ask("change", one_of(_PARTS))
    changed = await _changed(me, part)
    if changed is None:
        turn.say("as_it_is")
        return None
    turn.say("changed")
    return ProfileChanged(changed)


async def _changed(me: Member, part: str) -> Member | None:
    if part == "name":
        sapaan, called = how_called(await ask("name", name(_LONGEST_NAME)))
        return replace(me, person=replace(me.person, name=called, sapaan=sapaan))
    if part == "business":
        return replace(me, business=await ask("business", text(_LONGEST_BUSINESS)))
    if part == "usual":
        usual = await ask("usual", money(_USUAL))
        return replace(me, usual=usual)
    if part == "remind_at":
        remind_at = await ask("remind_at", hour(_HOURS))
        return replace(me, remind_at=remind_at)
    return None


@dialogue(wishes=("jadwal",), says=("ingatkan",))
async def remind_me(
    turn: Turn,
) -> ProfileChanged | HabitChanged | RemindersOff | Instead | None:
    """``ingatkan jam 19.00``; ``ingatkan jam 20.30 selama ramadan`` for that month only.

    ``gak usah diingatkan`` turns them off; said of every day, she is asked whether weekly is better.
    """
    me = await membership(turn)
    if me is None:
        return None
    words = turn.opening.lower()
    if _WEEKLY.search(words):
        return Instead("", "pengingat mingguan")
    if _OFF.search(words) and (away := _away(words)):
        return Instead("izin_libur", away)
    if _OFF.search(words) and not _ABOUT_WHEN.search(words):
        return await _off(turn, me, words)
    quiet = turn.books.group(me.group).quiet
    offered = hour([clock for clock in _HOURS if not quiet.holds(clock)])
    remind_at = await ask("remind_at", offered, already=turn.opening)
    if quiet.holds(remind_at):
        remind_at = await ask(
            "not_at_night", _awake(offered, quiet), begins=quiet.begins, ends=quiet.ends
        )
    if "ramadan" in turn.opening.lower() or "puasa" in turn.opening.lower():
        turn.say("kept_in_ramadan", remind_at=remind_at)
        return HabitChanged(replace(me, habit=replace(me.habit, in_ramadan=remind_at)))
    turn.say("kept", remind_at=remind_at)
    return ProfileChanged(replace(me, remind_at=remind_at))


def _away(words: str) -> str:
    """The days on which she wants no reminder, in the words of a rest; nothing if it is about all."""
    if _HOUR.search(words):
        return ""
    if weekdays := [found[1] or "minggu" for found in _WEEKDAY.finditer(words)]:
        return f"setiap {' dan '.join(weekdays)}"
    return words if _SOME_DAYS.search(words) else ""


async def _off(turn: Turn, me: Member, words: str) -> RemindersOff | Instead:
    every_day = _DAILY.search(words) is not None
    if every_day and await ask("every_day", yes_or_no("weekly", "never")):
        return Instead("", "pengingat mingguan")
    turn.say("off", offers=("ingatkan",))
    return RemindersOff(me)


def _awake(answer: Answer[time], quiet: Quiet) -> Answer[time]:
    """The same answer, but no hour of the night."""

    def read(words: str) -> Reading[time]:
        found = answer.read(words)
        return None if isinstance(found, Got) and quiet.holds(found.value) else found

    return replace(answer, read=read)
