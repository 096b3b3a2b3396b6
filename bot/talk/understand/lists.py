"""Lists of names and amounts, as a holder writes them after a day of collecting."""

import re
from typing import Final

from bot.talk.understand.amounts import NOTHING, Amount, read_amount
from bot.talk.understand.money_words import ABOUT_AFTER, ABOUT_BEFORE, CURRENCY, DENIALS, SMALL_TALK
from bot.talk.understand.notmoney import counts_something, masked
from bot.talk.understand.numerals import runs
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import LONGEST, tidy, tokens, words

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
_NO_NAME: Final = SMALL_TALK | ABOUT_BEFORE | ABOUT_AFTER | DENIALS | CURRENCY
_LONGEST_NAME = 4


def split_list(text: str) -> tuple[tuple[str, Amount], ...]:
    """The (name as written, amount) of each entry of a list; amounts not given are `NOTHING`.

    Entries stand on lines of their own, or are parted by commas, `dan`, or only by the amounts.

    >>> [(name, amount.rupiah) for name, amount in split_list("Sari 10rb, Ani 5rb")]
    [('Sari', 10000), ('Ani', 5000)]
    """
    found: list[tuple[str, Amount]] = []
    for piece in _PARTING.split(_ORDER.sub("", text[:LONGEST])):
        found.extend(_entries(_ORDER.sub("", _NUMBERING.sub("", piece))))
    found = [entry for entry in found if _LETTER.search(entry[0])]
    return tuple(found[:LONGEST_LIST])


def _entries(piece: str) -> list[tuple[str, Amount]]:
    """The entries in one piece: it is cut after each amount that another name follows."""
    plain = tidy(piece)
    if len(plain) != len(piece):
        piece = plain
    spans = _money_spans(plain)
    if not spans:
        return _without_amount(piece)
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


def _without_amount(piece: str) -> list[tuple[str, Amount]]:
    """A name alone; nothing for a heading or an empty piece."""
    name = _name(piece)
    if not _LETTER.search(name) or len(name.split()) > _LONGEST_NAME or _HEADING.search(piece):
        return []
    return [(name, NOTHING)]


def _entry(piece: str, span: tuple[int, int]) -> tuple[str, Amount]:
    """One name and its amount, which is only sure when the whole entry says so too."""
    begin, end = span
    name = _name(piece[:begin]) or _name(piece[end:])
    own = read_amount(f"setor {piece[begin:end]}")
    whole = read_amount(f"setor {piece}")
    if own.rupiah == whole.rupiah:
        return name, whole
    candidates = tuple(dict.fromkeys((*own.candidates, *whole.candidates)))
    return name, Amount(own.rupiah, sure=False, candidates=candidates)


def _name(text: str) -> str:
    """A name as written, without the marks and the words that link it to its amount."""
    name = _BETWEEN.sub("", _BETWEEN.sub("", text))
    while _LINKS.search(f" {name}"):
        name = _BETWEEN.sub("", _LINKS.sub("", f" {name}")).strip()
    return name.strip()
