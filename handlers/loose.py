"""Loose ends: words we could not place, and things sent without words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.changes import TeachingChanged, VoiceRead, VoiceSent, WordsPassed
from bot.domain.people import Member
from bot.domain.pictures import PhotoSent, Purpose
from bot.talk import Instead, Turn, ask, dialogue, one_of, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.dialogue import NOT_UNDERSTOOD
from bot.talk.understand import (
    asks,
    name_parts,
    only_replies,
    put_right,
    read_amount,
    says_done,
    small_talk,
    split_list,
    tokens,
)
from handlers.arrived import told_of_payout
from handlers.bank import slip_sent
from handlers.check_receipt import only_a_code
from handlers.guidance import step_left
from handlers.handing import on_its_way
from handlers.meaning import PRESSED_WRONGLY
from handlers.meeting_changes import answers_invitation
from handlers.mentor_words import likely, meant_by_mentor
from handlers.our_money import gives_up_holding, made_good, money_question
from handlers.shelf import library
from handlers.taking_out import takes_out
from handlers.who import ended_place, held_groups, led_group, only_leads, outside

#: How a packed voice note begins, and what else is sent to go with words.
VOICE = "voice:"
_WITH_WORDS = (VOICE, "photo:")

#: What a photo may have been sent for, with other words for it.
_WITH_A_PHOTO = {
    Purpose.CHECK.value: ("cek", "cek foto", "periksa"),
    Purpose.PROMO.value: ("promosi", "buat promosi"),
    "mentor": ("pendamping", "sampaikan", "tanya pendamping"),
}

#: What else a holder may have sent one for.
SLIP = "slip"

#: Wishes that may be offered, with the words they may be chosen by.
_OFFERED = {
    "setor": ("setor", "nabung"),
    "saldo": ("saldo",),
    "riwayat": ("riwayat",),
    "tarik": ("tarik",),
    "izin_libur": ("libur",),
    "konsultasi": ("konsultasi",),
    "oss": ("oss", "nib"),
    "marketplace": ("pasar",),
    "profil": ("profil",),
    "jadwal": ("ingatkan",),
    "batal": ("batalkan",),
    "berhenti": ("berhenti",),
    "hapus_data": ("hapus data",),
    "bantuan": ("bantuan", "menu"),
    "mentor": ("pendamping", "tanya pendamping"),
}


#: Wishes that frighten whoever did not mean them, and words by which they are meant.
_GRAVE = frozenset({"hapus_data", "berhenti"})
_ENDS = re.compile(
    r"hapus|hapos|ilang|buang|lupak|berhent|brenti|stop|keluar|kluar|metu|mundur|undur|udahan|cukup|leren|mandeg|mandek|pamit|tidak ikut|gak ikut|ndak ikut|gak lanjut"
)

#: Says that what she said or pressed was a slip; where nothing waits, it is in the books already.
_SLIPPED = re.compile(rf"{PRESSED_WRONGLY}|\bsalah (?:ketik|tulis|catat)\b")

#: Stands before a name.
_CALLED = frozenset({"bu", "buk", "ibu", "kak", "mbak", "uni"})

#: Wishes that are never guessed past: an article about saving is no answer to "10rb".
_ABOUT_HER_MONEY = frozenset({"setor", "tarik", "saldo", "riwayat", "batal"})


@dialogue(wishes=("tersesat",))
async def hand_over(turn: Turn) -> WordsPassed | None:
    """We do not understand one another: the mentor hears what she said, and she is told so."""
    mine = turn.books.memberships(turn.me)
    words = turn.opening or turn.wording("only_pressed")
    if not mine:  # a mentor, or nobody yet: there is no human to hand over to
        turn.say("lost", offers=("bantuan",))
        return None
    group = turn.books.group(mine[0].group)
    turn.say("mentor_hears", mentor=turn.books.mentors(group.id)[0])
    return WordsPassed(turn.me, group, words)


@dialogue(wishes=("lainnya",), kind=NOT_UNDERSTOOD)
async def unclear(turn: Turn) -> Instead | None:
    """The likeliest wishes to choose from, and always the human; her words go along."""
    if meant := _meant(turn):
        return meant
    if turn.books.is_mentor(turn.me) and (only_leads(turn) or likely(turn.opening).alone):
        return meant_by_mentor(turn)
    if not turn.books.memberships(turn.me):
        if ended_place(turn) is not None:
            outside(turn)
        else:
            turn.say("not_known", offers=("bantuan",))
        return None
    if answers_invitation(turn, turn.opening):
        return Instead("", f"jawab undangan {turn.opening}")
    if _answered(turn):
        return Instead("konsultasi", turn.opening, _along(turn))
    guesses = [wish for wish in str(turn.facts.get("wishes", "")).split() if _offered(turn, wish)]
    offered = dict.fromkeys([*guesses, *(() if guesses else ("bantuan",)), "mentor"])
    question = "which" if guesses else "not_understood"
    wish = await ask(question, one_of({one: _OFFERED[one] for one in offered}))
    return Instead(wish, turn.opening, _along(turn))


def _meant(turn: Turn) -> Instead | None:
    """What the words can only mean where she stands just now, whoever she is."""
    words = turn.opening
    if takes_out(words):
        return Instead("tarik", words)
    if shown := _shown(turn):
        return shown
    if theirs := _of_members(turn):
        return theirs
    if _to_a_human(turn):
        return Instead("konsultasi", words, _along(turn))
    if asked := _about_our_money(turn):
        return asked
    mine = turn.books.memberships(turn.me)
    if put_right(words).candidates and any(map(turn.books.waiting_claims, mine)):
        return Instead("batal", words)
    if small_talk(words) or ("alhamdulillah" in words.lower() and not asks(words)):
        return Instead("sapaan", words)
    if _SLIPPED.search(words.lower()) and _keeps_entries(turn):
        return Instead("", "koreksi")
    return _nodded(turn)


def _shown(turn: Turn) -> Instead | None:
    """The code of a receipt, or a holder's photo with words about a slip."""
    if only_a_code(turn.opening):
        return Instead("", f"periksa {turn.opening}")
    slip = slip_sent(turn.opening) if turn.facts.get("media") and held_groups(turn) else ""
    return Instead("", slip, _along(turn)) if slip else None


def _nodded(turn: Turn) -> Instead | None:
    """What a word means that says no more than done, yes, no or later."""
    words = turn.opening
    done = says_done(words)
    if done and step_left(turn):
        return Instead("langkah tadi", words)
    if (money := told_of_payout(turn, done=done)) is not None:
        return money
    if done and _holds_and_nothing_waits(turn):
        return Instead("tidak ada yang menunggu", "")
    if only_replies(words):
        return Instead("sapaan", words)
    return None


def _about_our_money(turn: Turn) -> Instead | None:
    """What a member asks about the money itself, or a holder who would rather hold it no more."""
    if not turn.books.memberships(turn.me):
        return None
    if gives_up_holding(turn.opening) and held_groups(turn):
        return Instead("berhenti memegang", turn.opening)
    about = "made_good" if made_good(turn) else money_question(turn.opening)
    return Instead("uang kelompok", turn.opening, {"about": about}) if about else None


def _holds_and_nothing_waits(turn: Turn) -> bool:
    return bool(held_groups(turn)) and not turn.books.claims_to_confirm(turn.me)


def _keeps_entries(turn: Turn) -> bool:
    """Whether something stands in the books that she may have put right, and nothing of hers waits."""
    mine = turn.books.memberships(turn.me)
    return any(
        turn.books.entries(one, None, 1) or turn.books.group(one.group).holder == one.number
        for one in mine
    ) and not any(turn.books.waiting_claims(one) for one in mine)


def _offered(turn: Turn, wish: str) -> bool:
    """Whether a wish may be guessed at; what ends everything is not, unless she says as much."""
    return wish in _OFFERED and (
        wish not in _GRAVE or _ENDS.search(turn.opening.lower()) is not None
    )


def _along(turn: Turn) -> dict[str, str]:
    """What was sent with her words goes along with them."""
    return {"media": str(turn.facts.get("media", ""))}


def _to_a_human(turn: Turn) -> bool:
    """Whether she speaks with her mentor just now, and not of some amount of her money."""
    thread = turn.books.going_on(turn.me)
    wishes = set(str(turn.facts.get("wishes", "")).split())
    money = wishes & _ABOUT_HER_MONEY and read_amount(turn.opening).candidates
    return thread is not None and thread.answered and not money


def _of_members(turn: Turn) -> Instead | None:
    """What a holder writes of members: names with amounts, as on paper, or whom she pays just now."""
    held = held_groups(turn)
    names = {
        part
        for group in held
        for one in turn.books.members(group.id)
        if one.number != group.holder
        for part in one.person.name.lower().split()
    }
    lines = split_list(turn.opening)
    if lines and all(
        amount.candidates and names & set(who.lower().split()) for who, amount in lines
    ):
        return Instead("", f"catat {turn.opening}")
    paid = [one.member for group in held for one in on_its_way(turn, group.id)]
    return Instead("", f"bayar {turn.opening}") if _only_names(turn, paid) else None


def _only_names(turn: Turn, members: Iterable[Member]) -> bool:
    """Whether the words are the names of some of ``members`` and nothing else."""
    said = set(tokens.words(turn.opening)) - _CALLED
    return bool(said) and said <= name_parts(one.person.name for one in members)


def _answered(turn: Turn) -> bool:
    """Whether an article answers her well ahead of others, and she does not speak of her money.

    A name alone asks nothing of the articles.
    """
    mine = turn.books.memberships(turn.me)
    if _only_names(turn, (one for it in mine for one in turn.books.members(it.group))):
        return False
    wishes = set(str(turn.facts.get("wishes", "")).split())
    return not wishes & _ABOUT_HER_MONEY and library(turn.books.articles()).find(turn.opening).alone


@dialogue(wishes=("tidak ada yang menunggu",))
async def nothing_waits(turn: Turn) -> None:
    """To the holder who says that she got it, when nobody has said she gave."""
    turn.say("nothing_waits", offers=("siapa",))


@dialogue(follows=VoiceRead, to=lambda change, _: [change.person])
async def voice_read(turn: Turn) -> WordsPassed | Instead | None:
    """What was understood of her voice note is said back before anything happens."""
    words, media = str(turn.facts["words"]), str(turn.facts["media"])
    mine = turn.books.memberships(turn.me)
    if not mine:
        return None
    mentor = turn.books.mentors(mine[0].group)[0]
    if words != "" and await ask("right", yes_or_no("that_is_it", "not_that"), words=words):
        thread = turn.books.going_on(turn.me)
        # A human hears her voice, too; what we answer ourselves is answered to the words.
        return Instead("", words, {"media": media} if thread and thread.answered else {})
    if not await ask("pass_on", yes_or_no("send", "do_not"), mentor=mentor):
        turn.say("let_go")
        return None
    turn.say("passed_on", mentor=mentor)
    return WordsPassed(turn.me, turn.books.group(mine[0].group), "", media)


@dialogue(says=("belajar",), keepers=True)
async def teach(turn: Turn) -> TeachingChanged | None:
    """Whether a group's unplaced words may be kept, masked, so that we understand more of them."""
    group = await led_group(turn)
    if group is None:
        return None
    may = await ask("may_we", yes_or_no("may", "may_not"), group=group)
    turn.say("may" if may else "may_not", group=group)
    return TeachingChanged(group, may)


@dialogue(wishes=("kiriman",))
async def sent_something(turn: Turn) -> WordsPassed | VoiceSent | PhotoSent | Instead | None:
    """A voice note, a place: offered to the mentor; a photo to be looked at, too. A sticker is just a smile."""
    media = str(turn.facts["media"])
    mine = turn.books.memberships(turn.me)
    if media.startswith("sticker") or not mine:
        turn.say("smile", offers=("bantuan",))
        return None
    if media.startswith(VOICE) and turn.ways.listens:
        turn.say("listening")
        return VoiceSent(turn.me, media)
    group, mentor = turn.books.group(mine[0].group), turn.books.mentors(mine[0].group)[0]
    thread = turn.books.going_on(turn.me)
    if thread is not None and media.startswith(_WITH_WORDS):  # of what she asked just now
        turn.say("passed_on", mentor=thread.mentor or mentor)
        return WordsPassed(turn.me, thread.group, "", media, consultation=thread.number)
    if media.startswith("photo:"):
        wants = await ask("photo", _sent_for(slips=bool(held_groups(turn))), mentor=mentor)
        if wants not in _WITH_A_PHOTO:
            return Instead("", wants, {"media": media})
        if wants != "mentor":
            turn.say("looking")
            return PhotoSent(turn.me, media, Purpose(wants))
        turn.say("passed_on", mentor=mentor)
        return WordsPassed(turn.me, group, "", media)
    kind = turn.wording(f"kinds.{media.split(':', maxsplit=1)[0]}")
    if not await ask("pass_on", yes_or_no("send", "do_not"), kind=kind, mentor=mentor):
        turn.say("let_go")
        return None
    turn.say("passed_on", mentor=mentor)
    return WordsPassed(turn.me, group, "", media)


def _sent_for(*, slips: bool) -> Answer[str]:
    """What is to become of a photo; of a slip, the command it goes with, and so much as she says."""
    known = one_of({**({SLIP: ()} if slips else {}), **_WITH_A_PHOTO})

    def read(words: str) -> Reading[str]:
        found = slip_sent(words) if slips else ""
        return Got(found) if found else known.read(words)

    def recall(kept: str) -> Got[str] | None:
        found = slip_sent(kept)
        return Got(found if kept == SLIP else kept) if slips and found else known.recall(kept)

    return replace(known, read=read, recall=recall, sums=True)
