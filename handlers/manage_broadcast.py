"""What a mentor does with a broadcast of hers: pause, resume, cancel, edit, see the result."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.broadcasts import (
    FAILED,
    TAKEN,
    Broadcast,
    BroadcastCancelled,
    BroadcastChange,
    BroadcastChanged,
    BroadcastFinished,
    BroadcastPaused,
    BroadcastResent,
    BroadcastResumed,
    Content,
    Fate,
    Form,
    Results,
    State,
)
from bot.talk import Turn, ask, dialogue, one_of
from handlers.poll import say_outcome
from handlers.telling import described, note_to_tell, numbered, say_content, time_for
from handlers.weekly_tips import tips

#: Broadcasts in which one with something to send again is looked for.
_MOST_LOOKED_AT = 10

_PARTS: dict[str, tuple[str, ...]] = {
    "words": ("isi", "tulisan"),
    "time": ("waktu", "jam", "hari"),
}
_WAYS = {
    "pause": ("jeda", "tunda"),
    "resume": ("lanjut", "lanjutkan", "teruskan"),
    "edit": ("ubah", "ganti"),
    "cancel": ("batalkan", "hapus"),
}


@dialogue(says=("atur siaran",), yields=True, keepers=True)
async def manage_broadcast(turn: Turn) -> BroadcastChange | None:
    """``siaran 3``: how it stands, and what can be done about it."""
    it = _mine(turn, turn.opening)
    if it is None:
        turn.say("no_such", offers=("siaran",))
        return None
    turn.say("it", number=it.number, what=described(turn, it))
    results = turn.books.results(it)
    _tell(turn, it, results)
    if it.content.form is Form.POLL and results.people:
        say_outcome(turn, it)
    if not it.open:
        return None
    ways = ["resume" if it.paused else "pause", "cancel"]
    if it.state is State.PLANNED and it.content.form not in (Form.POLL, Form.OUTCOME):
        ways.insert(1, "edit")
    what = await ask("what_now", one_of({one: _WAYS[one] for one in ways}))
    if what == "edit":
        return await _edited(turn, it)
    if what == "pause":
        turn.say("paused_now", number=it.number)
        return BroadcastPaused(it)
    if what == "resume":
        turn.say("goes_on")
        return BroadcastResumed(it)
    turn.say("cancelled_now")
    return BroadcastCancelled(it)


def _mine(turn: Turn, said: str) -> Broadcast | None:
    it = numbered(turn, said)
    return it if it is not None and it.mentor.id == turn.me.id else None


async def _edited(turn: Turn, it: Broadcast) -> BroadcastChanged:
    """Its words or its hour; a tip and an article keep theirs."""
    own_words = it.content.form is Form.WORDS
    parts = _PARTS if own_words else {"time": _PARTS["time"]}
    if await ask("which_part", one_of(parts)) == "words":
        note = await ask("new_words", note_to_tell())
        content = Content(Form.WORDS, note.words, note.media)
        turn.say("changed")
        say_content(turn, turn.me, content)
        return BroadcastChanged(it, content, it.when)
    when = await time_for(turn, weekly=it.when.weekly)
    changed = replace(it, when=when)
    turn.say("moved", what=described(turn, changed))
    return BroadcastChanged(it, it.content, when)


@dialogue(follows=BroadcastFinished, to=lambda change, _: [change.broadcast.mentor], kind="summary")
async def broadcast_result(turn: Turn) -> None:
    """To the mentor, when everything is settled or a day is over; a poll has its own ending."""
    it = turn.books.broadcast(turn.facts["broadcast"])
    if it is None or it.content.form in (Form.POLL, Form.OUTCOME):
        return
    results = turn.books.results(it)
    turn.say("over", number=it.number, what=described(turn, it))
    if it.content.form is Form.NEXT_TIP and not results.people:
        turn.say("all_heard", of=len(tips()))
    _tell(turn, it, results)


@dialogue(says=("kirim ulang",), keepers=True)
async def resend(turn: Turn) -> BroadcastResent | None:
    """``kirim ulang yang gagal``: those it is known not to have reached, once."""
    number = "".join(sign for sign in turn.opening if sign.isdecimal())
    it = _mine(turn, number) if number else _newest_to_resend(turn)
    again = turn.books.results(it).of(Fate.REFUSED) if it is not None else 0
    if it is None or it.resent or not again:
        turn.say("nothing_to_resend" if it is None or not it.resent else "resent_already")
        return None
    turn.say("sent_again", number=it.number, people=again)
    return BroadcastResent(it)


def _newest_to_resend(turn: Turn) -> Broadcast | None:
    for it in turn.books.broadcasts_begun(turn.me, _MOST_LOOKED_AT):
        if not it.resent and turn.books.results(it).of(Fate.REFUSED):
            return it
    return None


def _tell(turn: Turn, it: Broadcast, results: Results) -> None:
    """The table of results, a line for what there is of it."""
    if not results.people:
        return
    rows = [{"what": turn.wording("taken"), "people": results.of(*TAKEN)}]
    if arrived := results.of(Fate.DELIVERED, Fate.READ):  # which only WhatsApp tells
        rows.append({"what": turn.wording("arrived"), "people": arrived})
        rows.append({"what": turn.wording("read"), "people": results.of(Fate.READ)})
    others = (Fate.WAITING, *FAILED, Fate.UNSURE, Fate.DROPPED)
    rows += [
        {"what": turn.wording(f"fate_{fate}"), "people": results.of(fate)}
        for fate in others
        if results.of(fate)
    ]
    rows.append({"what": turn.wording("answered"), "people": results.answered})
    if results.stopped:
        rows.append({"what": turn.wording("stopped"), "people": results.stopped})
    turn.say("for_people", people=results.people)
    again = results.of(Fate.REFUSED) and not it.resent and it.state is not State.CANCELLED
    turn.say("result", rows=rows, offers=(f"kirim ulang {it.number}",) if again else ())
