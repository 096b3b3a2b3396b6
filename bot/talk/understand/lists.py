"""Lists of names and amounts, as a holder writes them after a day of collecting."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.talk.understand.amounts import NOTHING, Amount, read_amount
from bot.talk.understand.features import normal_words
from bot.talk.understand.money_words import ABOUT_AFTER, ABOUT_BEFORE, CURRENCY, DENIALS, SMALL_TALK
from bot.talk.understand.notmoney import counts_something, masked
from bot.talk.understand.numerals import runs
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import LONGEST, bag, tidy, tokens, words

LONGEST_LIST = 100
"""Lines of a list that are read."""

_PARTING: Final = re.compile(
    r"\n|;|,(?!\d|-)|(?<=\D),(?=\d)|\s+(?:dan|dn|trus|terus|lalu)\s+|\s\+\s|\s&\s|\s/\s"
)
_NUMBERING: Final = re.compile(r"^\s*(?:[-*•·▪‣>~]+|[^\w\s]+|\(?\d{1,3}\s*[.)]\s*(?=[^\W\d_]))+\s*")
_ORDER: Final = re.compile(
    r"^\s*(?:tolong\s+|tlg\s+|mohon\s+)?(?:catat|catet|catatkan|catetin|catatin|tulis|nyatat)"
    r"(?:\s+(?:ya|bu|setoran|setor|tabungan|dari|punya))*\s*:?\s+",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r":\s*$|\b(?:setoran|catat|catatan|rekap|daftar|list|laporan|tabungan|tgl|tanggal|hari ini|kemarin|"
    r"total|jumlah|assalamualaikum|assalamu'alaikum)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"^[\s:=\-–—>.,()✅✔️☑√]+|[\s:=\-–—>(.,✅✔️☑√]+$")
_LINKS: Final = re.compile(
    r"\s+(?:setor|stor|nyetor|nabung|bayar|byr|sebesar|sebanyak|kasih|isi|titip|udah|sudah|udh|sdh|rp|"
    r"ada|tadi|juga|masuk|nitip)\.?$",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_NO_NAME: Final = (
    SMALL_TALK
    | ABOUT_BEFORE
    | ABOUT_AFTER
    | DENIALS
    | CURRENCY
    | bag("tapi tp tpi melainkan kembali")
)
_LONGEST_NAME = 4


class Moves(StrEnum):
    """Which way the money of an entry goes: into the box, out of it, nowhere yet; or it is left out."""

    IN = "in"
    OUT = "out"
    OWED = "owed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: the name as written, the amount, and the whole of what it says."""

    name: str
    amount: Amount
    said: str

    @property
    def moves(self) -> Moves:
        """Which way its money goes."""
        return moves(self.said)


_AT_FIRST: Final = r"^(?:(?:iya|oke|eh|oh|maaf|tetapi|tapi|yang|tolong|cuma) )*"
_LEFT_OUT: Final = re.compile(
    rf"{_AT_FIRST}(?:kecuali|selain|tanpa|bukan|jangan|hapus|coret|batal) (?!<)"
    r"|\b(?:hapus|coret|batal|bukan|jangan)(?: (?:saja|dulu|itu|catat))*$"
)
_OUT: Final = re.compile(
    r"(?<!saya )\b(?:di)?(?:tarik|ambil|cairkan)(?:kan|in)?\b|\b(?:penarikan|pengambilan)\b"
)
_NOT_PAID: Final = r"(?:belum|tidak|jangan)(?= (?:bayar|setor|nabung|kasih|titip|isi|ikut|ada|bisa|jadi|dulu|punya|uang|<)|$)"
_OWED: Final = re.compile(
    rf"\b(?:{_NOT_PAID}|(?:me|di|ng)?(?:pinj[ae]m|minj[ae]m)\w*|minta (?=<|uang)|(?:ber|ng)?h?utang\w*|kasbon|(?:ber)?janji\w*"
    r"|(?:(?:di|me)?(?:ng)?kembali(?:kan|in)?|(?:di)?balik(?:kan|in))\b"
    r"|(?<!sisanya )(?:besok|nanti|lusa)\b|(?:ambil|tarik|cairkan)\b)"
)
_EXCEPT: Final = re.compile(r"\b(?:kecuali|selain)\b.*", re.IGNORECASE)


def moves(text: str) -> Moves:
    """Which way the money goes of which a line tells.

    >>> [moves(line).value for line in ("ani 10rb blm dicatat", "ani narik 10rb", "ani blm bayar 5rb", "kecuali ani")]
    ['in', 'out', 'owed', 'left_out']
    """
    said = " ".join(normal_words(text))
    for form, way in ((_LEFT_OUT, Moves.LEFT_OUT), (_OUT, Moves.OUT), (_OWED, Moves.OWED)):
        if form.search(said):
            return way
    return Moves.IN


_ONE_MORE: Final = re.compile(
    r"^(?:(?:eh|oh|iya|oke|sudah) )*(?:dengan|dan|terus|tambah|plus|lalu) |\bjuga\b"
)


def adds(text: str) -> bool:
    """Whether words tell of one more sum, beside what was said before.

    >>> adds("kmrn jg 10 blm dicatat"), adds("sama hari minggu 5rb"), adds("20rb aja")
    (True, True, False)
    """
    said = " ".join(normal_words(text))
    return "<" in said and _ONE_MORE.search(said) is not None


def split_list(text: str) -> tuple[tuple[str, Amount], ...]:
    """The (name as written, amount) of each entry of a list; amounts not given are `NOTHING`.

    Entries stand on lines of their own, or are parted by commas, `dan`, or only by the amounts.

    >>> [(name, amount.rupiah) for name, amount in split_list("Sari 10rb, Ani 5rb")]
    [('Sari', 10000), ('Ani', 5000)]
    """
    return tuple((one.name, one.amount) for one in _listed(text) if not _is_heading(one))


def entries(text: str) -> tuple[Entry, ...]:
    """The entries of a list, and which way the money of each goes; sentences are only read for the latter.

    >>> [(one.name, one.moves.value) for one in entries("Sari 10rb, yang ani nanti saja dicatatnya bu")]
    [('Sari', 'in'), ('yang ani nanti saja dicatatnya bu', 'owed')]
    """
    return tuple(one for one in _listed(text) if one.moves is not Moves.IN or not _is_heading(one))


def _listed(text: str) -> list[Entry]:
    found: list[Entry] = []
    for piece in _PARTING.split(_ORDER.sub("", text[:LONGEST])):
        found.extend(_entries(_ORDER.sub("", _NUMBERING.sub("", piece))))
    return [entry for entry in found if _LETTER.search(entry.name)][:LONGEST_LIST]


def _entries(piece: str) -> list[Entry]:
    """The entries in one piece: it is cut after each amount that another name follows."""
    plain = tidy(piece)
    if len(plain) != len(piece):
        piece = plain
    spans = _money_spans(plain)
    if not spans:
        return [Entry(_name(piece), NOTHING, piece)]
    if not _LETTER.search(plain[: spans[0][0]]):
        return [_entry(piece, spans[0])]
    groups: list[tuple[int, tuple[int, int]]] = []
    start = 0
    for i, span in enumerate(spans):
        if i and not _is_name(plain[spans[i - 1][1] : span[0]]):
            continue
        start = spans[i - 1][1] if i else 0
        groups.append((start, span))
    ends = [start for start, _ in groups[1:]] + [len(piece)]
    return [
        _entry(piece[start:end], (span[0] - start, span[1] - start))
        for (start, span), end in zip(groups, ends, strict=True)
    ]


def _money_spans(plain: str) -> list[tuple[int, int]]:
    """Where in a tidied piece the numbers stand that may be amounts."""
    cut = tokens(plain)
    skip = masked(plain, cut)
    return [
        (cut[run.first].start, cut[run.last].end)
        for run in runs(cut, skip)
        if reading(run.parts) and not counts_something(cut, run.last)
    ]


def _is_name(text: str) -> bool:
    """Whether the words between two amounts name someone: not only `atau`, `sama`, `bukan`."""
    return any(word not in _NO_NAME and _LETTER.search(word) for word in words(text))


def _is_heading(entry: Entry) -> bool:
    """Whether it gives no amount and is a heading or a sentence, rather than a name alone."""
    sentence = len(entry.name.split()) > _LONGEST_NAME or _HEADING.search(entry.said) is not None
    return entry.amount is NOTHING and sentence


def _entry(piece: str, span: tuple[int, int]) -> Entry:
    """One name and its amount, which is only sure when the whole entry says so too."""
    begin, end = span
    name = _name(piece[:begin]) or _name(piece[end:])
    if but := _EXCEPT.search(piece[end:]):
        name = f"{name} {but[0]}"
    own = read_amount(f"setor {piece[begin:end]}")
    whole = read_amount(f"setor {piece}")
    if own.rupiah == whole.rupiah:
        return Entry(name, whole, piece)
    candidates = tuple(dict.fromkeys((*own.candidates, *whole.candidates)))
    return Entry(name, Amount(own.rupiah, sure=False, candidates=candidates), piece)


def _name(text: str) -> str:
    """A name as written, without the marks and the words that link it to its amount."""
    name = _BETWEEN.sub("", _BETWEEN.sub("", text))
    while _LINKS.search(f" {name}"):
        name = _BETWEEN.sub("", _LINKS.sub("", f" {name}")).strip()
    return name.strip()
