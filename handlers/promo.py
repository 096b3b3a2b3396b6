"""A promo picture of what she makes: her photo, its name and price, in three designs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.money import Money
from bot.domain.pictures import PhotoChosen, PhotoReady, PhotoSent, Purpose
from bot.files import document, picture
from bot.talk import Instead, Turn, ask, dialogue, money, one_of, optional
from bot.talk.answers import Answer, Choice
from bot.talk.knowledge import asks
from bot.talk.understand import split_list
from handlers.photos import picture_of, sent_picture
from handlers.selling import her_phone, product_name, reckoned
from handlers.who import membership

#: How often words can be changed before it is begun anew, and signs kept of how it was begun.
_MOST_CHANGES, _LONGEST_OPENING = 6, 120

_DESIGNS = {
    "1": ("satu", "nomor 1", "yang pertama", "pertama"),
    "2": ("dua", "nomor 2", "yang kedua", "kedua"),
    "3": ("tiga", "nomor 3", "yang ketiga", "ketiga"),
    "change": ("ubah", "ganti", "ubah kata", "ganti kata"),
}
#: Three buttons, which fit under a picture everywhere; to change the words is typed.
_DESIGN = replace(one_of(_DESIGNS), choices=tuple(map(Choice, ("1", "2", "3"))))
#: Under the picture: platforms make it smaller, a file stays as it is.
_AS_FILE = replace(
    one_of({"file": ("berkas png", "png", "berkas")}),
    choices=(Choice("file"), *(Choice(one, command=True) for one in ("teks jualan", "promosi"))),
)
_PARTS = {"name": ("nama",), "price": ("harga",), "phone": ("nomor", "nomor wa", "wa", "hp")}


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands on the picture."""

    name: str
    price: Money
    phone: str | None


@dialogue(says=("promosi", "buat promosi", "gambar promosi", "poster"))
async def promo(turn: Turn) -> PhotoSent | PhotoChosen | Instead | None:
    """``promosi keripik pisang 15rb``, with a photo, before it, or with the one just checked."""
    if turn.opening and asks(turn.opening):
        return Instead("konsultasi", f"promosi {turn.opening}")
    if await membership(turn) is None:
        return None
    opening = turn.opening[:_LONGEST_OPENING]
    media: str | None = picture_of(turn)
    kept = turn.books.last_photo(turn.me)
    if not media and kept is not None:
        turn.say("kept", media=picture("photo improved", photo=kept))
        media = await ask("this_one", _another())
        if media is None:
            return PhotoChosen(turn.me, kept, Purpose.PROMO, opening)
    elif not media:
        media = await ask("photo", sent_picture())
    turn.say("looking")
    return PhotoSent(turn.me, media, Purpose.PROMO, opening)


def _another() -> Answer[str | None]:
    """Another photo, or None: the one that was shown."""
    other = optional(
        sent_picture(), "use_it", ("ya", "iya", "pakai", "pakai ini", "yang ini", "ok")
    )
    return replace(other, media=sent_picture().media)


@dialogue(
    follows=PhotoReady,
    to=lambda change, _: [change.person] if change.purpose is Purpose.PROMO else [],
)
async def make_promo(turn: Turn) -> None:
    """Name, price and number; then three designs to choose from."""
    opening = str(turn.facts["words"])
    named = next((name for name, _ in split_list(opening)), opening)
    name = await product_name(turn, named)
    if name is None:
        return
    price = await ask("price", money(reckoned(turn, name, opening)), already=opening, product=name)
    phone = await ask("phone", her_phone())
    words: _Words | None = _Words(name, price, phone)
    for number in range(_MOST_CHANGES):
        if words is None or not _still_kept(turn):
            return
        turn.say("designs", media=_drawn(turn, picture, words))
        chosen = await ask("which", _DESIGN, about=number)
        if chosen != "change":
            await _hand_over(turn, words, int(chosen))
            return
        words = await _changed(turn, words, number)
    turn.say("begin_anew", offers=("promosi",))


async def _changed(turn: Turn, words: _Words, number: int) -> _Words | None:
    part = await ask("change", one_of(_PARTS), about=number)
    if part == "name":
        name = await product_name(turn, about=f"{number}-")
        return None if name is None else replace(words, name=name)
    if part == "price":
        asked = money(reckoned(turn, words.name))
        return replace(words, price=await ask("price", asked, about=number, product=words.name))
    return replace(words, phone=await ask("phone", her_phone(), about=number))


async def _hand_over(turn: Turn, words: _Words, design: int) -> None:
    """The picture, with a text under it that can be sent on as it is; as a file if she wants."""
    mine = turn.books.memberships(turn.me)
    facts: dict[str, Any] = {"product": words.name, "price": words.price, "phone": words.phone}
    facts["place"] = turn.books.group(mine[0].group).place if mine else ""
    turn.say(
        "ready" if words.phone else "ready_by_message",
        media=_drawn(turn, picture, words, design=design),
        **facts,
    )
    await ask(
        "as_file", _AS_FILE, quietly=True
    )  # with no word of its own: the text goes on as it is
    if _still_kept(turn):
        file = _drawn(turn, document, words, design=design)
        turn.say("file", media=file, offers=("teks jualan", "promosi"))


def _still_kept(turn: Turn) -> bool:
    kept = turn.books.has_photo(turn.me, turn.facts["photo"])
    if not kept:
        turn.say("none_kept", offers=("promosi",))
    return kept


def _drawn(turn: Turn, sent_as: Callable[..., str], words: _Words, **design: int) -> str:
    """One design, or all of them to choose from."""
    photo, price = turn.facts["photo"], words.price.rupiah
    what = "promo" if design else "promo sheet"
    return sent_as(what, photo=photo, name=words.name, price=price, phone=words.phone, **design)
