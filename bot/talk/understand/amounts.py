"""The amount of money in a message, and whether it may be acted on without asking.

Never move money on a guess: anything that can be read in two ways, any second number that is not
accounted for, any word such as "kira-kira" makes the amount unsure, with what it may be in
`candidates`.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.talk.understand import notmoney
from bot.talk.understand.digits import THOUSAND
from bot.talk.understand.mangled import mangled
from bot.talk.understand.money_words import (
    ABOUT_AFTER,
    ABOUT_BEFORE,
    BARE_MAY_FOLLOW,
    COINS,
    CURRENCY,
    DENIALS,
    EACH,
    MONEY_VERBS,
    SMALL_TALK,
)  # fmt: skip
from bot.talk.understand.numerals import Run, number_parts, runs
from bot.talk.understand.sums import Reading, reading
from bot.talk.understand.tokens import Token, bag, tidy, tokens

MOST_CANDIDATES = 4
_NEAR = 3
_SPACED_ZEROS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})(?: ?[.,] | [.,]?)(000)(?![\d])")
_LETTER_O = re.compile(r"(?<=[\d.,])o(?=[\d.,o])|(?<=[\d.,]o)o|(?<=\d[.,]oo)o|(?<=\do)o")
_HALF = re.compile(r"(?<![\d/.,])1/2\s*(?=(?:juta|jt|ribu|rb)\b)")
_CLOCK = re.compile(r"[0-2]?\d[.:][0-5]\d")
_SMALLEST_COIN = 100
_SMALLEST_SUM = 50
_COUNTED_IN_PASSING = 2


@dataclass(frozen=True)
class Amount:
    """An amount of whole rupiah.

    `rupiah` is the best reading or None; `sure` says it may be acted on alone; `candidates` are
    what to offer as buttons, likeliest first.
    """

    rupiah: int | None
    sure: bool
    candidates: tuple[int, ...]


NOTHING = Amount(None, sure=False, candidates=())
"""No money was spoken of."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number taken for money: where it stands and what it comes to."""

    run: Run
    values: tuple[int, ...]
    sure: bool
    denied: bool


def read_amount(text: str) -> Amount:
    """The amount of money anywhere in a message.

    >>> read_amount("setor 10rb ya bu")
    Amount(rupiah=10000, sure=True, candidates=(10000,))
    >>> read_amount("nabung 20").candidates
    (20000, 20)
    """
    plain = tidy(text)
    tidied = _HALF.sub("setengah ", _SPACED_ZEROS.sub(r"\1,\2", _LETTER_O.sub("0", plain)))
    amount = _read(tidied)
    if _LETTER_O.search(plain):
        return Amount(amount.rupiah, sure=False, candidates=amount.candidates)
    return amount


def put_right(text: str) -> Amount:
    """The amount that words put in the place of one said before; nothing where they put nothing right.

    >>> put_right("salah bu, harusnya 20rb").rupiah, put_right("bukan 10 tapi 20").rupiah
    (20000, 20000)
    >>> put_right("gak jadi 20rb").rupiah, put_right("20rb").rupiah
    (None, None)
    """
    said = {token.text for token in tokens(tidy(text))}
    if not said & _MENDING or said & _OFF:
        return NOTHING
    found = read_amount(text)
    return found if found.candidates else read_amount(f"setor {text}")


_MENDING = bag("""
    salah keliru kliru slh silap kesilap kesilapan luput ralat bukan bkn dudu sanes harusnya mestinya mestine
    kudune kuduné seharusnya maksudnya maksud maksudku mksdnya eh typo kesalahan
    """)
_OFF = bag(
    "batal batalkan batalin jadi gajadi gakjadi sido urung wurung hapus kurang lebih setor nabung tarik ambil"
)


def _read(tidied: str) -> Amount:
    """The amount in a tidied message."""
    cut = tokens(tidied)
    skip = notmoney.masked(tidied, cut)
    _skip_doubled_and_numbering(cut, skip)
    found: list[_Found] = []
    dropped: list[Run] = []
    for run in runs(cut, skip):
        one = _money(cut, skip, run)
        if one:
            found.append(one)
        else:
            dropped.append(run)
    found = [one for one in found if not _multiplies(cut, one.run)] or found
    if not found:
        return NOTHING
    kept = [one for one in found if not one.denied] + [one for one in found if one.denied]
    kept = _corrected(cut, kept)
    values = _distinct(
        [one.values[0] for one in kept] + [v for one in kept for v in one.values[1:]]
    )
    sure = (
        all(one.sure for one in found)
        and len({one.values[0] for one in found}) == 1
        and not kept[0].denied
        and not any(_hedged(cut, one.run) or mangled(cut, one.run, dropped) for one in found)
    )
    if (total := _said_total(cut, found)) is not None:
        return Amount(total.values[0], sure=total.sure, candidates=total.values[:MOST_CANDIDATES])
    if len(found) > 1:
        values = _distinct([*values[:2], *_together(cut, found), *values[2:]])
    notes = [_notes(cut, one.run) for one in found]
    if max(notes) > 1 and kept == found:
        worth = [many * one.values[0] for many, one in zip(notes, found, strict=True)]
        values = _distinct([sum(worth), *worth, *values])
    elif not sure and len(found) == 1 and _times_over(cut, found[0].run):
        values = _distinct([*values, *(n * values[0] for n in _small_numbers(cut, found[0].run))])
    return Amount(values[0], sure=sure, candidates=values[:MOST_CANDIDATES])


def _skip_doubled_and_numbering(cut: Sequence[Token], skip: list[bool]) -> None:
    """The 2 of `sama2` doubles a word, and `1.` before a name numbers a line: neither is a number."""
    for i, token in enumerate(cut):
        if token.kind != "digits":
            continue
        before = cut[i - 1] if i else None
        after = cut[i + 1] if i + 1 < len(cut) else None
        scaled = after is not None and after.glued and after.kind == "word"
        doubled = before and before.kind == "word" and token.glued and token.text == "2"
        if doubled and before and before.text not in CURRENCY and not scaled:
            skip[i] = True
        starts = before is None or before.kind == "line"
        dotted = token.text.rstrip(".").isdecimal() and len(token.text) <= _NEAR
        marked = after is not None and after.text in {".", ")"} and after.glued
        if starts and dotted and marked and i + 2 < len(cut) and cut[i + 2].kind == "word":
            skip[i] = True


def _money(cut: Sequence[Token], skip: Sequence[bool], run: Run) -> _Found | None:
    """A number as money, or None when it is something else."""
    got = reading(run.parts)
    if got is None:
        return None
    before = cut[run.first - 1].text if run.first else ""
    if before == "." and run.first > 1:
        before = cut[run.first - 2].text
    after = cut[run.last + 1].text if run.last + 1 < len(cut) else ""
    currency = before in CURRENCY | COINS or after in CURRENCY
    strange = _part_of_a_code(cut, run)
    if not currency and _CLOCK.fullmatch(cut[run.first].text) and not _speaks_of_money(cut):
        return None
    if not currency and notmoney.names_something(cut, run.first, scaled=got.scaled):
        return None
    multiplied = got.scaled and after in _TIMES
    if (
        not currency
        and not multiplied
        and notmoney.counts_something(cut, run.last, scaled=got.scaled)
    ):
        return None
    if got.bare:
        return _bare(cut, skip, run, got, currency=currency) if not strange else None
    if not got.scaled and not currency and (strange or not _plausible(cut, got)):
        return None
    plain = not got.scaled and not currency
    step = _SMALLEST_SUM if cut[run.first].kind == "word" else _SMALLEST_COIN if plain else 1
    odd = got.values[0] % step != 0
    sure = got.sure or (currency and len(got.values) == 1 and not got.scaled)
    return _Found(run, got.values, sure and not strange and not odd, _denied(cut, run))


def _part_of_a_code(cut: Sequence[Token], run: Run) -> bool:
    """Letters or signs grown onto the number (`1o`, `a3`, `10rbx`, `-5`) that are not understood."""
    first, last = cut[run.first], cut[run.last]
    before = cut[run.first - 1] if run.first else None
    after = cut[run.last + 1] if run.last + 1 < len(cut) else None
    if first.kind == "digits" and first.glued and before and before.kind in {"word", "digits"}:
        known = before.text in CURRENCY or before.text in MONEY_VERBS or before.text in SMALL_TALK
        if not known:
            return True
    if first.kind == "digits" and before and before.text in {"-", "/", "#", "*"} and first.glued:
        return before.text != "-" or (run.first > 1 and cut[run.first - 2].kind != "line")
    return bool(after and after.glued and after.kind in {"word", "digits"} and last.kind == "digits"
                and after.text not in CURRENCY)  # fmt: skip


def _plausible(cut: Sequence[Token], got: Reading) -> bool:
    """Whether plain digits from 1.000 up look like money: a round number, or said with a money word."""
    return got.values[0] % _SMALLEST_COIN == 0 or _speaks_of_money(cut) or _only_small_talk(cut)


def _bare(
    cut: Sequence[Token], skip: Sequence[bool], run: Run, got: Reading, *, currency: bool
) -> _Found | None:
    """A number under a thousand: perhaps so many thousand, always asked, unless `500 perak`."""
    number = got.values[0]
    denied = _denied(cut, run)
    before = cut[run.first - 1].text if run.first else ""
    after = cut[run.last + 1].text if run.last + 1 < len(cut) else ""
    if currency:
        said = (after in CURRENCY or before in COINS) and number >= _SMALLEST_COIN and after != "rp"
        values = (number,) if said else (number * THOUSAND, number)
        return _Found(run, values, sure=said, denied=denied)
    ends = run.last + 1 >= len(cut) or cut[run.last + 1].kind in {"mark", "line"}
    if not ends and after not in BARE_MAY_FOLLOW:
        return None
    told = _speaks_of_money(cut)
    if not told and not (
        _only_small_talk(cut) and (number > _COUNTED_IN_PASSING or _is_digits(cut, run))
    ):
        return None
    if not ends and skip[run.last + 1] and number < len(cut):
        return None
    return _Found(run, (number * THOUSAND, number), sure=False, denied=denied)


def _is_digits(cut: Sequence[Token], run: Run) -> bool:
    return cut[run.first].kind == "digits"


def _speaks_of_money(cut: Sequence[Token]) -> bool:
    return any(token.text in MONEY_VERBS for token in cut)


def _only_small_talk(cut: Sequence[Token]) -> bool:
    """Whether the message is a number and nothing that could be counted: `20 aja bu`."""
    return all(
        token.kind != "word" or token.text in SMALL_TALK or number_parts(token.text)
        for token in cut
    )


def _denied(cut: Sequence[Token], run: Run) -> bool:
    """`bukan 10rb`: not this one."""
    return any(token.text in DENIALS for token in cut[max(0, run.first - 2) : run.first])


def _corrected(cut: Sequence[Token], found: list[_Found]) -> list[_Found]:
    """After "eh", "salah" or "maksudnya" the later amount comes first."""
    if len(found) < 2:  # noqa: PLR2004 - nothing to choose between
        return found
    between = {t.text for t in cut[found[0].run.last + 1 : found[-1].run.first]}
    if between & {"eh", "salah", "maksudnya", "maksud", "ralat", "jadi", "tapi", "koreksi", "jd"}:
        return [found[-1], *found[:-1]]
    return found


def _hedged(cut: Sequence[Token], run: Run) -> bool:
    """Words around the amount that make it a guess, a limit, a rate or one of several."""
    before = [t.text for t in cut[max(0, run.first - _NEAR) : run.first]]
    after = [t.text for t in cut[run.last + 1 : run.last + 1 + _NEAR]]
    if any(word in ABOUT_BEFORE for word in before) or any(
        word in ABOUT_AFTER for word in after[:2]
    ):
        return True
    every = [t.text for t in cut]
    if any(word in EACH for word in every):
        return True
    return any(
        pair in {("per", "hari"), ("tiap", "hari"), ("saban", "hari"), ("per", "orang"), ("/", "hari"),
                 ("setiap", "hari"), ("per", "minggu"), ("/", "hr"), ("per", "bulan"), ("kurang", "lebih"),
                 ("masing", "masing"), ("satu", "orang"), ("se", "hari"), ("tiap", "hr"), ("kali", "lipat")}
        for pair in itertools.pairwise(every)
    ) or _times_over(cut, run)  # fmt: skip


def _times_over(cut: Sequence[Token], run: Run) -> bool:
    """`3 kali 10rb`, `10rb x 3`, `10rb untuk 2 hari`: perhaps a product."""
    texts = [t.text for t in cut]
    after = texts[run.last + 1 : run.last + 5]
    if any(word in _TIMES for word in texts[max(0, run.first - 3) : run.first] + after[:2]):
        return True
    return any(
        word in _SPANS and i and _small(after[i - 1]) and not _ago(texts, run.last + 2 + i)
        for i, word in enumerate(after)
    )


def _multiplies(cut: Sequence[Token], run: Run) -> bool:
    """The 2 of `10rb x 2` is how often, and no money."""
    before = cut[run.first - 1].text if run.first > 1 else ""
    return before in _TIMES and run.first == run.last and _small(cut[run.first].text) > 0


def _ago(texts: Sequence[str], after: int) -> bool:
    """`10rb 2 hari lalu` tells when, not how often."""
    return any(word in _AGO for word in texts[after : after + 2])


_NOTES = bag("lembar lbr lmbr helai")
_TIMES = _NOTES | bag("x kali * × @")
_SPANS = bag("hari hr dina dino minggu orang org bulan bln kali")
_AGO = bag("lalu lagi lg silam kepungkur kemarin kmrn lewat tadi")
_SMALL_LIMIT = 100


def _small(word: str) -> int:
    """A word or digits for a whole number under a hundred, else 0."""
    if word.isdecimal():
        return int(word) if int(word) < _SMALL_LIMIT else 0
    parts = number_parts(word)
    return int(parts[0].value) if len(parts) == 1 and parts[0].kind in {"unit", "tens"} else 0


def _small_numbers(cut: Sequence[Token], run: Run) -> list[int]:
    """Small numbers near an amount that may multiply it."""
    around = [*cut[max(0, run.first - 3) : run.first], *cut[run.last + 1 : run.last + 5]]
    return [n for token in around if (n := _small(token.text)) > 1]


def _notes(cut: Sequence[Token], run: Run) -> int:
    """How many notes of that amount are told of: `3 lembar 5rb`, `5rb 3 lembar`."""
    texts = ["", "", *(token.text for token in cut), "", ""]
    before, after = texts[run.first : run.first + 2], texts[run.last + 3 : run.last + 5]
    if before[1] in _NOTES:
        return _small(before[0]) or 1
    return (_small(after[0]) or 1) if after[1] in _NOTES else 1


def _together(cut: Sequence[Token], found: Sequence[_Found]) -> tuple[int, ...]:
    """What several amounts come to, where they are said to be added up."""
    adding = {"+", "plus", "tambah", "sama", "dan", "ditambah", "n", "&", "tmbh"}
    between = {t.text for t in cut[found[0].run.last + 1 : found[-1].run.first]}
    return (sum(one.values[0] for one in found),) if between & adding else ()


def _said_total(cut: Sequence[Token], found: Sequence[_Found]) -> _Found | None:
    """`sepuluh sama lima jadi 15`: the last one, which is what the others come to."""
    *parts, total = found
    if len(parts) < 2 or cut[total.run.first - 1].text not in _COMES_TO:  # noqa: PLR2004
        return None
    adds_up = sum(one.values[0] for one in parts) == total.values[0]
    return total if adds_up else None


_COMES_TO = bag("jadi jd total totalnya jumlah jumlahnya semua semuanya =")


def _distinct(values: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(values))
