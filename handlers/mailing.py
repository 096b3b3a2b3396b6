"""What goes out to many, put into words once; and what members answer to it."""

from __future__ import annotations

from bot.domain.broadcasts import Broadcast, BroadcastAnswered, Content, Form, TipChosen, Voted
from bot.talk import Note, Turn, anything, ask, dialogue
from handlers.poll import choice_buttons, chosen_in, say_outcome
from handlers.telling import numbered, say_content, title
from handlers.weekly_tips import tips

_LONGEST = 2_000


@dialogue(kind="tip")
async def mailing(turn: Turn) -> TipChosen | None:
    """Begun by the clock in the mentor's name; says nothing when there is nothing to tell."""
    it = turn.books.broadcast(turn.facts["broadcast"])
    if it is None:
        return None
    if it.content.form is Form.POLL:
        say_content(turn, it.mentor, it.content, choice_buttons(it))
    elif it.content.form is Form.OUTCOME:
        poll = turn.books.broadcast(it.outcome_of) if it.outcome_of else None
        if poll is not None:
            say_outcome(turn, poll)
    elif it.content.form.apart:
        return _tip_for(turn, it, turn.facts["group"])
    else:
        say_content(turn, it.mentor, it.content, (f"balas siaran {it.number}",))
    return None


def _tip_for(turn: Turn, it: Broadcast, group: int) -> TipChosen | None:
    """The tip this group hears: the one she picked unless they know it, or the next of all."""
    before = turn.books.tip_chosen(it.number, group)
    heard = set(turn.books.tips_heard([group]))
    wanted = [it.content.piece] if it.content.piece else [one.id for one in tips()]
    chosen = before or next((one for one in wanted if one not in heard), None)
    if chosen is None:
        return None
    say_content(turn, it.mentor, Content(Form.TIP, piece=chosen), (f"balas siaran {it.number}",))
    return None if before else TipChosen(it.number, group, chosen)


@dialogue(says=("balas siaran",), verbatim=True)
async def answer_broadcast(turn: Turn) -> BroadcastAnswered | Voted | None:
    """A reply to what she was sent, by its button or to the message itself; the mentor gets both."""
    it = numbered(turn, turn.opening)
    group = turn.books.told_in(it.number, turn.me) if it is not None else None
    if it is None or group is None:
        turn.say("only_members")
        return None
    note = Note(str(turn.facts.get("words", "")), str(turn.facts.get("media", "")))
    if it.content.form is Form.POLL and not it.closed:
        place = chosen_in(it, note.words)
        if place is not None:
            turn.say("counted", choice=it.content.choices[place])
            return Voted(turn.me, it, place)
    if not note.words and not note.media:
        note = await ask("words", anything(_LONGEST), mentor=it.mentor)
    turn.say("passed_on", mentor=it.mentor)
    told = turn.wording("about", title=_title_in(turn, it, group.id), words=note.words)
    return BroadcastAnswered(turn.me, group, it.number, told.strip(), note.media)


def _title_in(turn: Turn, it: Broadcast, group: int) -> str:
    """The title of what her group was told."""
    chosen = turn.books.tip_chosen(it.number, group)
    if chosen is None:
        return title(it.content)
    return title(Content(Form.TIP, piece=chosen))
