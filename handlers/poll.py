"""A question to a whole group: up to ten choices, a vote each until it closes, the outcome to all."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

from bot.domain.broadcasts import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    MOST_CHOICES,
    Audience,
    Broadcast,
    BroadcastPlanned,
    Content,
    Form,
    PollClosed,
    Voted,
    When,
)
from bot.files import picture
from bot.talk import Turn, ask, dialogue, one_of, text, yes_or_no
from bot.talk.answers import Answer, Got
from bot.talk.understand import read_pick
from handlers.telling import may_tell, numbered, show, which_groups

#: The hour at which a poll closes, on the mentor's clock.
_CLOSES = time(19)

_DAYS = {"tomorrow": 1, "three_days": 3, "a_week": 7}
_SAID = {
    "tomorrow": ("besok",),
    "three_days": ("3 hari", "tiga hari", "3 hari lagi"),
    "a_week": ("seminggu", "sepekan", "minggu depan"),
}


@dialogue(says=("tanya kelompok",), verbatim=True, keepers=True)
async def ask_group(turn: Turn) -> BroadcastPlanned | None:
    """``tanya kelompok``: the question, its choices, the groups, until when."""
    if not may_tell(turn):
        return None
    question = await ask("question", text(LONGEST_QUESTION), already=turn.opening)
    choices = await ask("choices", _choices(), fewest=FEWEST_CHOICES, most=MOST_CHOICES)
    group = await which_groups(turn)
    days = _DAYS[await ask("until", one_of(_SAID))]
    closes_at = datetime.combine(turn.today + timedelta(days=days), _CLOSES, turn.zone.tz)
    content = Content(Form.POLL, question, choices=choices, closes_at=closes_at)
    audience = Audience(group)
    reach = show(turn, content, audience)
    if not reach.people:
        turn.said.clear()
        turn.say("nobody")
        return None
    if not await ask("send_it", yes_or_no("send", "do_not")):
        turn.say("let_go")
        return None
    turn.say("asked", until=closes_at)
    return BroadcastPlanned(turn.me, content, audience, When())


def _choices() -> Answer[tuple[str, ...]]:
    """Two to ten choices, a line each or parted by commas."""

    def read(words: str) -> Got[tuple[str, ...]] | None:
        parts = words.split("\n") if "\n" in words.strip() else words.replace(";", ",").split(",")
        plain = (" ".join(one.strip(" -•*").split()) for one in parts)
        kept = tuple(dict.fromkeys(one for one in plain if one))
        fits = FEWEST_CHOICES <= len(kept) <= MOST_CHOICES
        return Got(kept) if fits and max(map(len, kept)) <= LONGEST_CHOICE else None

    def recall(kept: str) -> Got[tuple[str, ...]]:
        return Got(tuple(kept.split("\n")))

    return Answer(read, "\n".join, recall, free=True)


def choice_buttons(poll: Broadcast) -> list[tuple[str, object]]:
    """A button for each choice."""
    return [
        (f"pilihan {poll.number} {place}", choice)
        for place, choice in enumerate(poll.content.choices, 1)
    ]


def say_outcome(turn: Turn, poll: Broadcast, media: str = "") -> None:
    """How many chose what; ``media`` goes with it."""
    tally = turn.books.tally(poll)
    turn.say("outcome_of", question=poll.content.words, people=tally.people, media=media)
    turn.say("votes", rows=[{"choice": choice, "people": count} for choice, count in tally.votes])


def chosen_in(poll: Broadcast, words: str) -> int | None:
    """The place of the choice that ``words`` name or count to."""
    plain = " ".join(words.lower().split())
    for place, choice in enumerate(poll.content.choices):
        if plain == choice.lower():
            return place
    return read_pick(words, len(poll.content.choices)) if plain else None


@dialogue(says=("pilihan",), behind="name")
async def cast_vote(turn: Turn) -> Voted | None:
    """The button under a question; pressing another changes it until the poll closes."""
    number, _, place = turn.opening.partition(" ")
    poll = numbered(turn, number)
    fits = poll is not None and place.isdecimal() and 0 < int(place) <= len(poll.content.choices)
    if poll is None or not fits or turn.books.told_in(poll.number, turn.me) is None:
        turn.say("only_members")
        return None
    if poll.closed:
        turn.say("closed_already")
        say_outcome(turn, poll)
        return None
    turn.say("counted", choice=poll.content.choices[int(place) - 1])
    return Voted(turn.me, poll, int(place) - 1)


@dialogue(follows=PollClosed, to=lambda change, _: [change.poll.mentor], kind="summary")
async def poll_closed(turn: Turn) -> None:
    """To the mentor, with a picture to show; the members hear the numbers as a broadcast."""
    poll = turn.books.broadcast(turn.facts["broadcast"])
    if poll is not None:
        votes = json.dumps(turn.books.tally(poll).votes)
        say_outcome(turn, poll, picture("poll", question=poll.content.words, votes=votes))
