"""The mentor's inbox: questions as they come, all that are open, and what she does with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.changes import Change, WordsAnswered
from bot.domain.consultations import (
    Consultation,
    ConsultationClosed,
    HandedOn,
    MentorsAsked,
    Part,
    PartKind,
    PrivateNote,
    PutOff,
    State,
    Why,
)
from bot.talk import Instead, Turn, among, anything, ask, dialogue, one_of, optional, yes_or_no
from bot.talk.answers import Choice, Note
from bot.talk.understand import match_name
from bot.talk.verdicts import word_or_note
from handlers.human import LONGEST

#: Questions on one page, parts and pictures of one shown, signs of one in the list.
_PAGE, _LAST_PARTS, _MOST_MEDIA, _START = 8, 8, 3, 60

#: Questions among which a name is looked for, words of a name, and of what may be an answer.
_MOST_NAMED, _LONGEST_NAME, _SENTENCE = 50, 3, 2

#: Digits of a consultation's number.
_LONGEST_NUMBER = 9

#: The wish for a command, of who wrote what was no answer to anybody.
NO_ANSWER = "bukan jawaban"

#: Words by which an answer to one of several is to nobody.
_TO_NOBODY = ("bukan", "tidak", "bukan jawaban", "tidak jadi", "batal")

#: What can be done with a question, and the words for it.
_ACTS = {
    "reply": ("jawab", "balas"),
    "ready": ("jawab cepat", "jawaban siap"),
    "later": ("nanti",),
    "hand_on": ("teruskan",),
    "note": ("catatan",),
    "done": ("selesai", "tutup"),
    "article": ("jadikan artikel",),
}
_LATER = {
    "tomorrow": ("besok",),
    "three": ("tiga hari", "3 hari"),
    "week": ("seminggu", "minggu depan"),
}
_DAYS = {"tomorrow": 1, "three": 3, "week": 7}

#: Said by replying to a question, these are no answer to the member.
_SAID = {"later": _ACTS["later"], **{act: _ACTS[act] for act in ("hand_on", "note", "done")}}


# A question, to the mentor who is to answer


@dialogue(
    follows=MentorsAsked,
    to=lambda change, _: change.to,
    lasts=timedelta(days=30),
    kind="question",
)
async def asked_by_member(turn: Turn) -> WordsAnswered | Instead | None:
    """To the mentors: answered by replying to this very message, or by its button."""
    number = turn.facts["question"]
    it = hers(turn, number)
    part = turn.books.part(number, turn.facts.get("part", 1)) if it else None
    if it is None or part is None or taken(turn, it):
        return None
    _show(turn, it, part, Why(turn.facts.get("why", Why.NEW)))
    more = (Choice(f"jawab {number}", command=True), Choice(f"kotak {number}", command=True))
    note = word_or_note(_SAID, LONGEST)
    buttons = (more[0], Choice("later"), more[1])
    said = await ask("answer", replace(note, choices=buttons), quietly=True, number=number)
    if not isinstance(said, Note):
        return Instead("kotak", f"{_SAID[said][0]} {number}")
    return _answered(turn, it, said)


def _show(turn: Turn, it: Consultation, part: Part, why: Why) -> None:
    """What she wrote, who she is, and what she was offered by us."""
    if why is not Why.NEW and why is not Why.MORE:
        by = turn.books.person(turn.facts["by"]) if "by" in turn.facts else None
        turn.say(f"why_{why.value}", asker=it.asker, by=by or "", since=it.waits_since or part.at)
    key = "she_writes" if part.words else "she_sends"
    if why is Why.MORE and part.words:
        key = "she_adds"
    turn.say(key, asker=it.asker, where=_where(turn, it), words=part.words, media=part.media)
    if it.offered and why is not Why.MORE:
        turn.say("offered", titles=it.offered)


def _where(turn: Turn, it: Consultation) -> str:
    """Her group and her business."""
    mine = [one for one in turn.books.memberships(it.asker) if one.group == it.group.id]
    return ", ".join(filter(None, [it.group.name, *(one.business for one in mine)]))


def hers(turn: Turn, number: int) -> Consultation | None:
    """A consultation this mentor may answer; says so when there is none of that number."""
    it = turn.books.consultation(number)
    if it is not None and _may_answer(turn, it):
        return it
    turn.say("only_mentors")
    return None


def _may_answer(turn: Turn, it: Consultation) -> bool:
    led = [group.id for group in turn.books.groups_led(turn.me)]
    return it.group.id in led or (it.mentor is not None and it.mentor.id == turn.me.id)


def taken(turn: Turn, it: Consultation) -> bool:
    """Whether another mentor has answered, and so goes on answering."""
    if it.answered and it.mentor and it.mentor.id != turn.me.id:
        turn.say("answered_already", mentor=it.mentor, asker=it.asker)
        return True
    return False


def _answered(turn: Turn, it: Consultation, note: Note) -> WordsAnswered:
    return WordsAnswered(it.number, it.asker, turn.me, note.words, note.media)


@dialogue(follows=WordsAnswered, to=lambda change, _: [change.mentor], lasts=timedelta(days=7))
async def answer_sent(turn: Turn) -> WordsAnswered | None:
    """To the mentor: it is on its way; by replying to this she says more."""
    it = hers(turn, turn.facts["question"])
    if it is None or taken(turn, it):
        return None
    more = await ask("sent", anything(LONGEST), quietly=True, asker=it.asker)
    return _answered(turn, it, more)


@dialogue(says=("jawab",), keepers=True)
async def answer(turn: Turn) -> WordsAnswered | None:
    """``jawab 12``: the button under a member's words."""
    number = as_number(turn.opening)
    if number is None:
        turn.say("only_mentors")
        return None
    it = hers(turn, number)
    if it is None or taken(turn, it):
        return None
    if it.state is State.NEW:
        part = [one for one in turn.books.parts(it.number, _LAST_PARTS) if _is_hers(one)][-1]
        turn.say("to_what", words=part.begins(_START) or turn.wording("picture"))
    return _answered(turn, it, await ask("answer", anything(LONGEST), asker=it.asker))


# All that are open


@dialogue(says=("kotak",), keepers=True)
async def open_inbox(turn: Turn) -> Instead:
    """``kotak``; to who leads no group the box is the one with the money."""
    return Instead("kotak" if turn.books.is_mentor(turn.me) else "saldo", turn.opening)


@dialogue(wishes=("kotak",))
async def inbox(turn: Turn) -> Change | Instead | None:
    """``kotak``, ``kotak 12``, ``kotak selesai 12``, ``kotak lagi 2``."""
    if "answer" in turn.facts:
        return await _answer_one(turn, Note(turn.facts["answer"]))
    said = turn.opening.split()
    numbers = [number for word in said if (number := as_number(word)) is not None]
    rest = " ".join(word for word in said if not word.isdecimal()).lower()
    of_her = None if numbers or rest == "lagi" else _of(turn, rest)
    if of_her is not None:
        return Instead("kotak", str(of_her.number))
    if not numbers or rest == "lagi":
        _list(turn, page=numbers[0] if numbers else 1)
        return None
    it = hers(turn, numbers[0])
    if it is None or taken(turn, it):
        return None
    if not rest:
        _thread(turn, it)
    acts = word_or_note(_possible(turn, it), LONGEST)
    act = await ask("what", acts, already=rest, asker=it.asker)
    if not isinstance(act, Note):
        return await _do(turn, it, act)
    other = _pointed_at(turn, act.words) if not act.media else None
    return Instead("kotak", str(other.number)) if other else await _offer_reply(turn, it, act)


def in_the_box(turn: Turn, words: str) -> Instead | None:
    """What a mentor's words mean that wish for nothing: a question by its number or by who asks, or
    the answer to one that waits.
    """
    pointed = _pointed_at(turn, words)
    if pointed is not None:
        return Instead("kotak", str(pointed.number))
    if not turn.books.inbox_size(turn.me).waiting or len(words.split()) < _SENTENCE:
        return None
    return Instead("kotak", "", {"answer": words[:LONGEST]})


def _pointed_at(turn: Turn, words: str) -> Consultation | None:
    """The question whose number, or whose asker, is all that the words say."""
    number = as_number(words)
    if number is None:
        return _of(turn, words)
    it = turn.books.consultation(number)
    return it if it is not None and _may_answer(turn, it) else None


def as_number(words: str) -> int | None:
    """The number of a consultation, if the words are nothing else; a telephone's is longer."""
    said = words.strip()
    return int(said) if said.isdecimal() and len(said) <= _LONGEST_NUMBER else None


def _of(turn: Turn, words: str) -> Consultation | None:
    """The open question of whom the words name, and nobody else's; the one that waits longest."""
    if not words or len(words.split()) > _LONGEST_NAME:
        return None
    found = turn.books.inbox(turn.me, 0, _MOST_NAMED)
    fits = [found[index] for index in match_name(words, [one.asker.called for one in found])]
    return fits[0] if len({one.asker.id for one in fits}) == 1 else None


async def _answer_one(turn: Turn, note: Note) -> WordsAnswered | Instead | None:
    """Words written while questions wait are most likely the answer to one; she says to which."""
    size = turn.books.inbox_size(turn.me).waiting
    waiting = turn.books.inbox(turn.me, 0, min(size, _PAGE))
    if len(waiting) == 1:
        return await _offer_reply(turn, waiting[0], note)
    named = among(waiting, lambda one: f"{one.number} {one.asker.called}", lambda one: one.number)
    it = await ask("to_whom", optional(named, "to_nobody", _TO_NOBODY), words=note.words)
    return Instead(NO_ANSWER, note.words) if it is None else _answered(turn, it, note)


async def _offer_reply(turn: Turn, it: Consultation, note: Note) -> WordsAnswered | None:
    """Words written under an open question are most likely its answer; she says so before they go."""
    question = "send_this" if note.words else "send_media"
    if await ask(question, yes_or_no("send", "do_not"), asker=it.asker, words=note.words):
        return _answered(turn, it, note)
    turn.say("not_sent", offers=(f"jawab {it.number}", "kotak"))
    return None


def _list(turn: Turn, page: int) -> None:
    size = turn.books.inbox_size(turn.me)
    found = turn.books.inbox(turn.me, (page - 1) * _PAGE, _PAGE)
    if not found:
        turn.say("empty")
        return
    turn.say("size", waiting=size.waiting, later=size.later, answered=size.answered)
    offers = [(f"kotak {it.number}", f"{it.number} {it.asker.called}") for it in found]
    if size.waiting + size.later + size.answered > page * _PAGE:
        offers.append((f"kotak lagi {page + 1}", turn.wording("next_page")))
    turn.say("row", rows=[_row(turn, it) for it in found], offers=offers)


def _row(turn: Turn, it: Consultation) -> dict[str, object]:
    first = turn.books.part(it.number, 1)
    words = first.begins(_START) if first else ""
    state = "later" if it.later_on and it.later_on > turn.today else it.state.value
    return {
        "number": it.number,
        "asker": it.asker,
        "where": _where(turn, it),
        "state": turn.wording(f"states.{state}"),
        "day": it.waits_since or it.last_at,
        "words": words or turn.wording("picture"),
    }


def _is_hers(part: Part) -> bool:
    return part.kind is PartKind.HERS


# One of them


def _thread(turn: Turn, it: Consultation) -> None:
    """All that was said, by whom, and what only mentors see."""
    topic = turn.wording(f"topics.{it.topic.value}") if it.topic else turn.wording("no_topic")
    state = turn.wording(f"states.{it.state.value}")
    where = _where(turn, it)
    turn.say("about", number=it.number, asker=it.asker, where=where, topic=topic, state=state)
    if it.offered:
        turn.say("offered", titles=it.offered)
    parts = turn.books.parts(it.number, _LAST_PARTS)
    turn.say("said", rows=[_said(turn, one) for one in parts])
    if it.good is not None:
        sign = turn.wording("liked" if it.good else "not_liked")
        turn.say("rated", asker=it.asker, sign=sign, remark=it.remark)
    for one in [one for one in parts if one.media][-_MOST_MEDIA:]:
        turn.say("sent", who=one.writer, media=one.media)


def _said(turn: Turn, part: Part) -> dict[str, object]:
    return {
        "who": turn.wording(f"spoke.{part.kind.value}", writer=part.writer),
        "day": part.at,
        "words": part.words or turn.wording("picture"),
    }


def _possible(turn: Turn, it: Consultation) -> dict[str, Sequence[str]]:
    """What can be done with it now."""
    cannot = {
        "ready": not turn.books.canned(turn.me),
        "hand_on": not turn.books.other_mentors(turn.me, it.group.id),
        "later": it.state is not State.NEW,
        "done": it.state is State.DONE,
        "article": not it.answered,
    }
    return {act: words for act, words in _ACTS.items() if not cannot.get(act)}


async def _do(turn: Turn, it: Consultation, act: str) -> Change | Instead | None:
    number = it.number
    if act == "reply":
        return _answered(turn, it, await ask("answer", anything(LONGEST), asker=it.asker))
    if act == "ready":
        kept = turn.books.canned(turn.me)
        chosen = await ask(
            "which_ready", among(kept, lambda one: one.title, lambda one: one.number)
        )
        return _answered(turn, it, Note(chosen.words))
    if act == "later":
        until = turn.today + timedelta(days=_DAYS[await ask("until", one_of(_LATER))])
        turn.say("put_off", asker=it.asker, until=until)
        return PutOff(number, until)
    if act == "note":
        note = await ask("note", anything(LONGEST), asker=it.asker)
        turn.say("noted")
        return PrivateNote(number, turn.me, note.words)
    if act == "hand_on":
        others = turn.books.other_mentors(turn.me, it.group.id)
        whom = await ask("whom", among(others, lambda one: one.called, lambda one: one.id))
        turn.say("handed_on", asker=it.asker, mentor=whom)
        return HandedOn(number, it.asker, whom, by=turn.me)
    if act == "article":
        return Instead("artikel", f"dari {number}")
    turn.say("closed", asker=it.asker)
    return ConsultationClosed(number, it.asker, by=turn.me)
