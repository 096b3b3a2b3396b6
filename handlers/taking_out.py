"""What "tarik Tuti 5rb buat sekolah" says: whose money, how much of it, and what for."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.domain.people import Member
from bot.talk import Turn
from bot.talk.understand import name_parts, normal_words, read_amount, tokens
from handlers.who import held_groups

_BEGINS = re.compile(
    r"^\W*(?:(?:saya|sy|aku|mau|minta|tolong)\s+)*(?:tarik|ambil|cairkan)(?:kan)?\b", re.IGNORECASE
)
#: "Ani narik 10rb": whoever keeps the money tells of somebody; from others a name in front is a courtesy.
_TOLD_OF = re.compile(
    r"^\W*(?P<who>[^\W\d]+(?:\s+[^\W\d]+)?)\s+(?:(?:mau|minta|ingin|pengen|pingin|tadi|kemarin|sudah|udah)\s+)*"
    r"(?:tarik|narik|(?:ng)?ambil|cairkan)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?|\b(?:gimana|gmn|bagaimana|cara|boleh|bisa|kapan|kenapa)\b", re.IGNORECASE)
_WHAT_FOR = re.compile(
    r"\b(?:(?:buat|untuk|utk|bwt)\b|(?=(?:beli|bayar|karena|krn)\b))", re.IGNORECASE
)
_AT_FIRST = r"^(?:(?:eh|oh|aduh|maa?f|iya|oke|sudah|saya|kalau|begitu) )*"
_TAKING = r"(?:di)?(?:ambil|tarik|cairkan)"
_AT_LAST = r"(?: (?:uang|uangnya|celengan|tabungan|dulu|saja|sekarang|itu|ini|maa?f))*$"
_OFF = re.compile(
    rf"{_AT_FIRST}(?:(?:tidak|jangan) (?:(?:usah|perlu|mau|jadi) )?{_TAKING}"
    rf"|(?:(?:tidak|jangan) jadi|gajadi|batal|jangan)(?: {_TAKING})?(?: <uang>)?){_AT_LAST}"
)
_ANOTHER = re.compile(
    rf"{_AT_FIRST}(?:(?:salah|bukan|jadi|jadinya|ganti|cukup|cuma|hanya|ambil|tarik|tidak|jangan|tetapi|tapi|"
    r"maksud|maksudnya|harusnya|mestinya|rupiah|saja|dulu|<uang>|<angka>)(?: |$))+$"
)
_NO_NEED = re.compile(rf"{_AT_FIRST}(?:tidak (?:usah|perlu|penting)|gausah){_AT_LAST}")
_PUTS_IN = re.compile(r"\b(?:setor|nabung|titip|celengi)\b")
_TAKES = re.compile(rf"\b{_TAKING}")


class TakingOut(NamedTuple):
    """Her words: what stands between "tarik" and the amount, up to the amount, and behind it."""

    whose: str
    amount: str
    reason: str


def taking_out(words: str) -> TakingOut:
    """Where a name, an amount and a reason would stand.

    >>> taking_out("tarik Tuti 20rb buat anak sekolah")
    TakingOut(whose='Tuti', amount='tarik Tuti 20rb', reason='anak sekolah')
    """
    found, begins = _WHAT_FOR.search(words), _BEGINS.search(words)
    head = words[: found.start()].strip() if found else words
    behind = head[begins.end() :] if begins else ""
    name = re.split(r"\d", behind, maxsplit=1)[0].strip()
    if found is None or not read_amount(head).candidates:
        return TakingOut(name, words, "")
    return TakingOut(name, head, words[found.end() :].strip())


def calls_it_off(words: str) -> bool:
    """Whether they only say that nothing is to be taken.

    >>> calls_it_off("eh ga jadi deh"), calls_it_off("ga usah diambil dulu"), calls_it_off("tidak ada beras")
    (True, True, False)
    """
    return _OFF.search(_line(words)) is not None


def only_another_amount(words: str) -> bool:
    """Whether they say no more than how much it is to be.

    >>> only_another_amount("eh 50rb aja"), only_another_amount("bayar sekolah 50rb")
    (True, False)
    """
    return (
        bool(read_amount(f"tarik {words}").candidates) and _ANOTHER.search(_line(words)) is not None
    )


def no_need(words: str) -> bool:
    """Whether they only say that nothing need be told: "ga usah bu"."""
    return _NO_NEED.search(_line(words)) is not None


def puts_in(words: str) -> bool:
    """Whether they tell of putting money in rather than of taking it out: "eh nabung aja 10rb"."""
    said = _line(words)
    return _PUTS_IN.search(said) is not None and _TAKES.search(said) is None


def _line(words: str) -> str:
    return " ".join(normal_words(words))


def takes_out(words: str) -> bool:
    """Whether they ask for so much of somebody's savings, in so many words."""
    asks = _ASKS.search(words) is not None
    return not asks and _BEGINS.search(words) is not None and bool(read_amount(words).candidates)


def meant_by(turn: Turn, said: TakingOut) -> list[Member]:
    """The members of her groups, but for her who speaks, whose money is meant.

    Behind the amount a name may be only a courtesy ("tarik 20rb bu rina"), but for one without a phone.
    """
    groups = [one.group for one in turn.books.memberships(turn.me)]
    groups += [one.id for one in turn.books.groups_led(turn.me)]
    mine = name_parts([turn.me.name])
    told_of = _TOLD_OF.search(said.amount) if _keeps(turn) else None
    name = f"{said.whose} {told_of['who'] if told_of else ''}"
    before, anywhere = (set(tokens.words(words)) - mine for words in (name, said.amount))
    found = {(one.group, one.number): one for it in groups for one in turn.books.members(it)}
    return [
        one
        for one in found.values()
        if one.person.id != turn.me.id
        and name_parts([one.person.name]) & (before if one.person.reachable else anywhere)
    ]


def _keeps(turn: Turn) -> bool:
    """Whether she holds or leads, and so may speak of what others take."""
    return bool(held_groups(turn) or turn.books.groups_led(turn.me))
