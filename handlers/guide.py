"""Any guide of steps, played one step at a time: done, stuck, or another time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.changes import VoiceSent, WordsPassed
from bot.domain.guides import LONGEST_GIVEN, GuideMoved, StepState
from bot.domain.privacy import looks_secret
from bot.talk import Instead, Turn, anything, ask, dialogue, one_of, photo, text, yes_or_no
from bot.talk.answers import Answer, Choice, Got, Note, Reply
from bot.talk.guides import Guide, Step
from bot.talk.understand import guess
from bot.talk.understand.tokens import bag
from handlers.guidance import DONE, LATER, PAUSE, STUCK, SURE, command, facts_of, guides, ours, show
from handlers.loose import VOICE
from handlers.opens import tell_what_it_opens

_LONGEST = 2_000

#: Letters shown of what she sent before.
_SHOWN = 120

#: How a step may end: with a change, or with the words of a button.
Moves = GuideMoved | WordsPassed | VoiceSent | Instead | None

#: What her words may be, and what else they are said in.
_SAID = {
    DONE: ("sudah", "udah", "sdh", "selesai", "beres", "sudah bu", "lanjut", "sip sudah"),
    STUCK: ("bingung", "tidak bisa", "gak bisa", "belum bisa", "susah", "macet", "error"),
    LATER: ("nanti", "nanti saja", "besok", "besok saja", "belum", "nanti dulu"),
}
_STATES = {
    DONE: StepState.DONE,
    STUCK: StepState.STUCK,
    LATER: StepState.LATER,
    PAUSE: StepState.PAUSED,
}
#: So few words say only that she is at a loss.
_FEW = 5
_AT_A_LOSS = re.compile(
    r"(?:saya |aku |awak )?(?:bingung|gak ngerti|ga ngerti|tidak mengerti|gak paham|tidak paham|belum paham)\b"
)
_ANOTHER_TIME = re.compile(r"(?:nanti|besok|kapan-kapan)\b", re.IGNORECASE)
#: What is kept of a code or a password she wrote: only that it was one.
_HUSH = "rahasia"
#: Stands before words that tell of a trouble of the step.
_TELLS = f"{STUCK}: "
_FACEBOOK = re.compile(r"\b(?:https?://)?(?:[a-z]+\.)?facebook\.com/[^\s]{2,300}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|\bwww\.|\b[a-z0-9-]+\.(?:com|co|id|ly|me|gle)\b", re.IGNORECASE)
#: Wishes that are not taken for the name of a shop, and letters of such a name.
_ELSEWHERE = bag(
    "setor saldo riwayat tarik izin_libur jadwal batal berhenti hapus_data profil bantuan mentor oss"
)
_LONGEST_NAME = 40
_NIB = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12}(?!\d)")
_HAS_IT = {"sudah punya", "sudah", "sudah ada", "punya", "lewati", "tidak usah", "tidak"}


@dialogue(says=("langkah",))
async def mark(turn: Turn) -> GuideMoved | None:
    """``langkah oss kode sudah``: what the buttons under a step say, however old they are."""
    guide_id, _, rest = turn.opening.lower().partition(" ")
    step_id, _, what = rest.partition(" ")
    guide = guides().get(guide_id)
    step = guide.step(step_id) if guide else None
    if not turn.books.memberships(turn.me) or guide is None or step is None or what not in _STATES:
        turn.say("which", offers=("oss", "pasar"))
        return None
    kept = turn.books.steps_kept(turn.me, guide.id)
    state = _STATES[what]
    if state is StepState.PAUSED:
        return GuideMoved(turn.me, guide.id, state=state)
    if state is not StepState.DONE and step.done(kept):
        turn.say("done_before", title=step.title)
        return GuideMoved(turn.me, guide.id)
    if state is StepState.DONE and step.done(kept) and not await _anew(turn, guide, step):
        return GuideMoved(turn.me, guide.id)
    note = await _given(step) if state is StepState.DONE else Note("")
    return _moved(turn, guide, step, state, note)


async def _anew(turn: Turn, guide: Guide, step: Step) -> bool:
    """Whether she wants to send something else for a step that is behind her."""
    before = turn.books.steps_kept(turn.me, guide.id).get(step.id)
    if not step.asks or before is None:
        turn.say("done_before", title=step.title)
        return False
    given = before.given[:_SHOWN]
    change = yes_or_no("change", "keep")
    return await ask("again_given" if given else "again", change, title=step.title, given=given)


def _moved(turn: Turn, guide: Guide, step: Step, state: StepState, note: Note) -> GuideMoved:
    kept = turn.books.steps_kept(turn.me, guide.id)
    others = [one for one in guide.steps if one is not step]
    last = step.ends or all(one.done(kept) for one in others)
    ends = state is StepState.DONE and last
    return GuideMoved(turn.me, guide.id, step.id, state, ends, note.words, note.media)


async def _given(step: Step) -> Note:
    """What the step asks her to send before it is done."""
    match step.asks:
        case "photo":
            return Note("", await ask("give_photo", photo()))
        case "link":
            return Note(await ask("give_link", _facebook()))
        case "nib":
            return Note(await ask("give_nib", _nib()))
        case "words" | "listing" | "talk":
            return Note(await ask(f"give_{step.asks}", text(LONGEST_GIVEN)))
    return Note("")


@dialogue(
    follows=GuideMoved,
    to=lambda change, _: [change.person],
    yields=True,
    lasts=timedelta(days=30),
)
async def walk(turn: Turn) -> Moves:
    """The step that comes now; it begins after each that was before."""
    guide = guides()[turn.facts["guide"]]
    step, state = guide.step(turn.facts["step"]), turn.facts["state"]
    if state in (StepState.LATER, StepState.PAUSED):
        turn.say("paused" if state == StepState.PAUSED else "later", word=guide.word)
        return None
    if step is not None and state == StepState.STUCK:
        return await _help(turn, guide, step)
    now = guide.next_step(turn.books.steps_kept(turn.me, guide.id))
    if now is None:
        _end(turn, guide, fresh=state == StepState.DONE)
        return None
    if state == StepState.DONE:
        turn.say("well_done")
    elif _is_new(turn, guide) and not await _begin(turn, guide):
        turn.say("later", word=guide.word)
        return None
    return await _step(turn, guide, now)


def _is_new(turn: Turn, guide: Guide) -> bool:
    """Whether she has never opened it before now."""
    hers = next((one for one in turn.books.walks(turn.me) if one.guide == guide.id), None)
    return hers is None or hers.begun_at == hers.moved_at


async def _begin(turn: Turn, guide: Guide) -> bool:
    """What the guide is for and how old it is; whether she begins now."""
    turn.say("begin", title=guide.title, intro=ours(turn, guide.intro))
    turn.say("as_of", checked=guide.checked)
    return await ask("ready", yes_or_no("start", "not_now"))


def _end(turn: Turn, guide: Guide, *, fresh: bool) -> None:
    if guide.id == "oss":
        tell_what_it_opens(turn, fresh=fresh)
    else:
        turn.say("finished", title=guide.title)


async def _step(turn: Turn, guide: Guide, step: Step) -> Moves:
    show(turn, guide, step)
    turn.say("step", **facts_of(turn, guide, step))
    if step.link:
        turn.say("link", link=step.link)
    if step.doubt:
        turn.say("doubt", what=ours(turn, step.doubt))
    then_write = step.asks in ("listing", "talk")
    said = await ask("how_write" if then_write else "how", _how(guide, step), about=step.id)
    if said.words in _STATES:
        return Instead("", command(guide, step, said.words))
    if said.words == _HUSH:
        turn.say("hush", word=guide.word)
        return None
    if said.words.startswith(_TELLS):
        told = said.words.removeprefix(_TELLS)[:LONGEST_GIVEN]
        return GuideMoved(turn.me, guide.id, step.id, StepState.STUCK, given=told)
    if step.asks == "photo" and said.media.startswith("photo"):
        return _moved(turn, guide, step, StepState.DONE, Note("", said.media))
    if said.media:
        return await _show_mentor(turn, guide, step, said)
    return _moved(turn, guide, step, StepState.DONE, said)


async def _help(turn: Turn, guide: Guide, step: Step) -> Moves:
    """The known troubles of a step with their answers; else her own words to the mentor."""
    which = Note(str(turn.facts.get("told", "")))
    if not which.words:
        which = await ask("trouble", _troubles(step), about=step.id, title=step.title)
    if _ANOTHER_TIME.match(which.words.strip()) and len(which.words.split()) <= _FEW:
        return Instead("", command(guide, step, LATER))
    if which.words == "other":
        which = await ask("tell", anything(_LONGEST), about=step.id)
    if which.media:
        return await _show_mentor(turn, guide, step, which)
    trouble = next((one for one in step.troubles if one.id == which.words), None)
    trouble = trouble or step.trouble(which.words)
    if trouble is None:
        return _to_mentor(turn, guide, step, which)
    turn.say("answer", title=trouble.title, text=ours(turn, trouble.text))
    helped = await ask("helped", _helped(), about=step.id)
    if helped != "mentor":
        return Instead("", command(guide, step, helped))
    own = which.words if which.words != trouble.id else trouble.title
    return _to_mentor(turn, guide, step, Note(own))


async def _show_mentor(
    turn: Turn, guide: Guide, step: Step, note: Note
) -> WordsPassed | VoiceSent | None:
    """A picture of her screen goes on only with her yes, and never with her KTP on it."""
    if note.media.startswith(VOICE) and turn.ways.listens:
        turn.say("listening")
        return VoiceSent(turn.me, note.media)
    mentor = turn.books.mentors(turn.books.memberships(turn.me)[0].group)[0]
    sure = yes_or_no("send", "do_not")
    which = "pass_on" if note.media.startswith(VOICE) else "no_ktp"
    if not await ask(which, sure, about=step.id, mentor=mentor):
        turn.say("not_sent", word=guide.word)
        return None
    return _to_mentor(turn, guide, step, note)


def _to_mentor(turn: Turn, guide: Guide, step: Step, note: Note) -> WordsPassed:
    """Her words with the step she is at, so that nobody has to ask her again."""
    group = turn.books.group(turn.books.memberships(turn.me)[0].group)
    turn.say("passed_on", mentor=turn.books.mentors(group.id)[0], word=guide.word)
    at = turn.wording("at_step", guide=guide.title, number=guide.number(step), title=step.title)
    words = f"{at}\n{note.words}".strip()
    return WordsPassed(turn.me, group, words[:_LONGEST], note.media)


def _how(guide: Guide, step: Step) -> Answer[Note]:
    """How it stands with a step: one of three words, or what it asks to be sent, at once."""

    def read(words: str) -> Got[Note] | None:
        said = words.strip().lower().rstrip(".!")
        state = next((one for one, ways in _SAID.items() if said in ways), None)
        if state is not None:
            return Got(Note(state))
        if guide.guarded and looks_secret(said):
            return Got(Note(_HUSH))
        if step.trouble(words, SURE) is not None:
            return Got(Note(f"{_TELLS}{words.strip()}"))
        if _AT_A_LOSS.match(said) and len(said.split()) <= _FEW:
            return Got(Note(STUCK))
        return _read_given(step, words)

    buttons = tuple(
        Choice(command(guide, step, one), label, command=True)
        for one, label in ((DONE, "Sudah"), (STUCK, "Bingung"), (LATER, "Nanti"))
    )
    return replace(anything(_LONGEST), read=read, media=_seen, choices=buttons)


def _read_given(step: Step, words: str) -> Got[Note] | None:
    """What a step asks for, sent without pressing anything first."""
    if step.asks == "link" and _ADDRESS.search(words):
        found = _read_link(words)
        return Got(Note(found.value if found else DONE))
    if step.asks == "words" and len(words) <= _LONGEST_NAME:
        wish = guess(words)
        return None if wish.name in _ELSEWHERE and not wish.choices else Got(Note(words.strip()))
    return None


def _seen(reply: Reply) -> Note | None:
    """Whatever she sent besides words; a sticker is just a smile."""
    smile = reply.media.startswith("sticker")
    return None if smile else Note(reply.words.strip()[:_LONGEST], reply.media)


def _troubles(step: Step) -> Answer[Note]:
    """One of the step's known troubles by its button, or her own words, or a picture."""
    choices = (*(Choice(one.id, one.title) for one in step.troubles), Choice("other"))
    named = {*(one.id for one in step.troubles), "other"}
    free = anything(_LONGEST)

    def recall(kept: str) -> Got[Note] | None:
        return Got(Note(kept)) if kept in named else free.recall(kept)

    titles = {one.id: one.title for one in step.troubles}
    return replace(
        free,
        recall=recall,
        keep=lambda note: note.words if note.words in named else free.keep(note),
        media=_seen,
        choices=choices,
        shows=lambda note: titles.get(note.words),
    )


def _helped() -> Answer[str]:
    """After an answer: it works now, the mentor, or another time."""
    ways = {DONE: _SAID[DONE], "mentor": ("tanya pendamping", "pendamping"), LATER: _SAID[LATER]}
    return one_of(ways)


def _facebook() -> Answer[str]:
    return replace(text(LONGEST_GIVEN), read=_read_link)


def _read_link(words: str) -> Got[str] | None:
    found = _FACEBOOK.search(words)
    return Got(found[0]) if found else None


def _nib() -> Answer[str]:
    """Thirteen digits, or only that she has it; then nothing is kept."""

    def read(words: str) -> Got[str] | None:
        found = _NIB.search(words)
        if found:
            return Got(re.sub(r"\D", "", found[0]))
        return Got("") if words.strip().lower().rstrip(".!") in _HAS_IT else None

    return Answer(
        read,
        lambda value: value or "have",
        lambda kept: Got("" if kept == "have" else kept),
        choices=(Choice("have"),),
        counted=False,
        free=True,
    )
