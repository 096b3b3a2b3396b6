"""What a broadcast says, the same words in the preview and to everybody; and to whom it may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.broadcasts import (
    LONGEST,
    MOST_AT_ONCE,
    Audience,
    Broadcast,
    Content,
    Form,
    Reach,
    When,
)
from bot.domain.money import NOTHING
from bot.domain.people import Group, Person
from bot.talk import Note, Turn, among, anything, ask, optional
from bot.talk.answers import Answer, Got, Reply
from bot.talk.moments import moment
from bot.talk.texts import Ours
from handlers.prices import price
from handlers.shelf import library
from handlers.weekly_tips import Tip, tip, tips

#: More is read than may be said, so that what is too long can be told from what fits.
_READ = 4_000

#: Digits of a broadcast's number at most.
_LONGEST_NUMBER = 15

#: What a broadcast can carry besides words.
_MEDIA = ("photo", "voice", "video", "document")

#: Letters of a broadcast by which it is known again.
_TITLE = 60


def may_tell(turn: Turn) -> bool:
    """Whether she may plan one more broadcast; says why not."""
    if not turn.books.groups_led(turn.me):
        turn.say("no_group_yet" if turn.books.is_mentor(turn.me) else "only_mentors")
        return False
    if len(turn.books.broadcasts_open(turn.me)) >= MOST_AT_ONCE:
        turn.say("enough_planned", most=MOST_AT_ONCE)
        return False
    return True


def numbered(turn: Turn, said: str) -> Broadcast | None:
    """The broadcast of a number, however it was typed."""
    number = said.strip()
    fits = number.isdecimal() and len(number) <= _LONGEST_NUMBER
    return turn.books.broadcast(int(number)) if fits else None


async def which_groups(turn: Turn) -> Group | None:
    """One of her groups, or all of them (None)."""
    led = turn.books.groups_led(turn.me)
    if len(led) == 1:
        return led[0]
    by_name = among(led, lambda group: group.name, lambda group: group.id)
    return await ask("which_group", optional(by_name, "all", ("semua", "semua kelompok")))


def note_to_tell() -> Answer[Note]:
    """Words that fit, a picture, a voice note, a film, a document."""

    def fits(note: Note) -> bool:
        kind = note.media.partition(":")[0]
        return len(note.words) <= LONGEST and (not kind or kind in _MEDIA)

    whole = anything(_READ)

    def read(words: str) -> Got[Note] | None:
        kept = words.strip()
        return Got(Note(kept)) if kept and fits(Note(kept)) else None

    def media(reply: Reply) -> Note | None:
        note = Note(reply.words.strip(), reply.media)
        return note if fits(note) else None

    return replace(whole, read=read, media=media)


async def time_for(turn: Turn, *, weekly: bool, already: str = "") -> When:
    """The day and hour she says; one that is over here is meant for the next time it comes."""
    at = await ask("every" if weekly else "at", moment(turn.today), already=already)
    if turn.books.has_passed(at, turn.zone):
        at = replace(at, day=at.day + timedelta(days=7 if weekly else 1))
    return When(at, weekly)


def show(turn: Turn, content: Content, audience: Audience) -> Reach:
    """The preview: what they will see, how many they are, and what it costs."""
    turn.say("as_they_see")
    say_content(turn, turn.me, content)
    if content.choices:
        turn.say("choice", rows=[{"choice": one} for one in content.choices])
    reach = turn.books.reach(turn.me, audience)
    turn.say("reaches", people=reach.people, groups=reach.groups)
    if reach.without_chat:
        turn.say("without_chat", people=reach.without_chat)
    rule = price(turn.today)
    if (most := rule.most(reach)) > NOTHING:
        turn.say("costs", people=reach.whatsapp, most=most, since=rule.since)
    return reach


def say_content(
    turn: Turn, mentor: Person, content: Content, offers: Sequence[str | tuple[str, object]] = ()
) -> None:
    """What ``content`` says to a member; ``offers`` hang on it."""
    if content.form is Form.WORDS:
        key = "from_mentor" if content.words else "sent_by_mentor"
        turn.say(key, mentor=mentor, words=content.words, media=content.media, offers=offers)
    elif content.form is Form.ARTICLE:
        found = library().article(content.piece)
        if found is not None:
            turn.say(
                "article_from_mentor",
                mentor=mentor,
                title=found.title,
                text=Ours(found.text),
                source=found.source,
                checked=found.checked,
                offers=offers,
            )
    elif content.form is Form.POLL:
        until = content.closes_at
        turn.say(
            "asked_by_mentor", mentor=mentor, question=content.words, until=until, offers=offers
        )
    elif found_tip := tip(content.piece):
        turn.say("tip_from_mentor", mentor=mentor, text=Ours(found_tip.text), offers=offers)


def described(turn: Turn, it: Broadcast) -> str:
    """One line about a broadcast for its mentor: when, what, and whether it is paused."""
    at = it.when.at
    if at is None:
        when = turn.wording("at_once")
    elif it.when.weekly:
        when = turn.wording("each_week", day=at.day, clock=at.clock)
    else:
        when = turn.wording("on_day", day=at.day, clock=at.clock)
    what = turn.wording(f"form_{it.content.form}", title=title(it.content))
    return turn.wording("paused" if it.paused else f"is_{it.state}", when=when, what=what)


def title(content: Content) -> str:
    """By what a mentor and a member know a broadcast again."""
    words = content.words
    if content.form is Form.ARTICLE and (found := library().article(content.piece)) is not None:
        words = found.title
    elif content.form is Form.TIP and (one := tip(content.piece)) is not None:
        words = one.title
    plain = " ".join(words.split())
    return plain if len(plain) <= _TITLE else f"{plain[:_TITLE].rsplit(' ', 1)[0]}…"


def fresh_tips(turn: Turn, group: Group | None) -> list[Tip]:
    """The tips that none of these groups has heard, in order."""
    groups = [group] if group else turn.books.groups_led(turn.me)
    heard = set(turn.books.tips_heard([one.id for one in groups]))
    return [one for one in tips() if one.id not in heard]
