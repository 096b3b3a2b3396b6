"""The day a message speaks of: `kemarin`, `tgl 3`, `senin depan`, `2 hari lagi`.

Each rule finds a span and the days it may be; what can be read in two ways is unsure. Weeks start
on Monday. Sources of the readings: the project's notes on dates; `semalam` is yesterday.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from bot.talk.understand.notmoney import MONTHS
from bot.talk.understand.numerals import runs
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import tidy, tokens

Looking = Literal["back", "ahead"]
_LARGEST_IN_WORDS = 31
_WEEK = 7
_HALF_YEAR = 183
_MOST_CANDIDATES = 3
_CENTURY = 2000


@dataclass(frozen=True)
class Day:
    """A day: `date` is the best reading or None, `sure` says it may be acted on alone,
    `candidates` are what to offer, likeliest first.
    """

    date: dt.date | None
    sure: bool
    candidates: tuple[dt.date, ...]


NO_DAY = Day(None, sure=False, candidates=())
"""No day was spoken of."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one rule found: where, which days (likeliest first), and whether the first is certain."""

    start: int
    end: int
    dates: tuple[dt.date, ...]
    sure: bool
    weekday: bool = False


@dataclass(frozen=True, slots=True)
class _Now:
    """What a rule needs to know beside the words."""

    today: dt.date
    looking: Looking

    def plus(self, days: int) -> dt.date:
        return self.today + dt.timedelta(days=days)


_Rule = Callable[[re.Match[str], _Now], tuple[tuple[dt.date, ...], bool] | None]

_YESTERDAY: Final = r"(?:k(?:e|a)?m(?:a)?r[ei]?n|kemarinnya|wingi|kapatang|kemar[ei]n[gn])"
_NIGHT: Final = r"(?:malam|malem|mlm|mlem|bengi)"
_AGO: Final = r"(?:(?:yang|yg|yng)\s+)?(?:lalu|lewat|silam|kepungkur|tadi)"
_COMING: Final = r"(?:lagi|lg|ke\s?depan|kedepan|mendatang|maneh)"
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "senin senen snin snen", "selasa slasa seloso selase", "rabu rebo", "kamis kemis kms",
            "jumat jum'at jumaat jmat jemuah jumuah", "sabtu sbtu setu saptu", "minggu ahad mggu mnggu",
        )
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY: Final = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_SUNDAY: Final = 6


def numbers_as_digits(text: str) -> str:
    """A tidied message with small number words as digits: `dua hari lalu` → `2 hari lalu`."""
    cut = tokens(text)
    pieces: list[str] = []
    end = 0
    for run in runs(cut, [token.kind != "word" for token in cut]):
        got = reading(run.parts)
        guessed = any(part.guessed or part.about for part in run.parts)
        if got is None or not got.bare or guessed or got.values[0] > _LARGEST_IN_WORDS:
            continue
        pieces += [text[end : cut[run.first].start], str(got.values[0])]
        end = cut[run.last].end
    return "".join([*pieces, text[end:]])


def read_day(text: str, today: dt.date, *, looking: Looking = "back") -> Day:
    """The day anywhere in a message.

    A day without a year or a week is looked for `back` (deposits) or `ahead` (appointments). A
    deposit in the future is unsure. Nothing said: date None, not sure, no candidates.

    >>> read_day("setor kemarin", datetime.date(2026, 11, 23)).date
    datetime.date(2026, 11, 22)
    """
    tidied = numbers_as_digits(tidy(text))
    found = _consistent(list(_find(tidied, _Now(today, looking))))
    dates = tuple(dict.fromkeys(date for one in found for date in one.dates))
    if not dates:
        return NO_DAY
    alone = len({one.dates[0] for one in found}) == 1
    doubted = any(_doubted(tidied, one) for one in found) or _VAGUE.search(tidied) is not None
    future = looking == "back" and dates[0] > today
    sure = alone and all(one.sure for one in found) and not doubted and not future
    return Day(dates[0], sure=sure, candidates=dates[:_MOST_CANDIDATES])


def mentions_day(text: str, today: dt.date) -> bool:
    """Whether the words speak of any day."""
    found = read_day(text, today, looking="back")
    return found.date is not None or bool(found.candidates)


def _find(text: str, now: _Now) -> Iterator[_Found]:
    """Every rule in order; what one has taken the next ones no longer see."""
    left = text
    for pattern, rule in _RULES:
        for match in pattern.finditer(left):
            got = rule(match, now)
            if got is None:
                continue
            weekday = rule is _weekday
            yield _Found(match.start(), match.end(), got[0], got[1], weekday)
            left = left[: match.start()] + "#" * (match.end() - match.start()) + left[match.end() :]


def _consistent(found: list[_Found]) -> list[_Found]:
    """`Senin, 23 November`: the weekday is dropped when it agrees with the date beside it."""
    exact = {one.dates[0] for one in found if not one.weekday and one.dates}
    if len(exact) != 1:
        return found
    date = next(iter(exact))
    return [one for one in found if not (one.weekday and _same_weekday(one, date))]


def _same_weekday(one: _Found, date: dt.date) -> bool:
    return bool(one.dates) and one.dates[0].weekday() == date.weekday()


_BEFORE_DOUBT: Final = re.compile(
    r"(?:sampai|sampe|smp|hingga|sejak|dari|sebelum|sesudah|setelah|stlh|bukan|bkn|jangan|tiap|"
    r"setiap|saban|atau|ato|sblm|mulai dari|kecuali|selain)\s+(?:hari\s+|hr\s+|tgl\s+|tanggal\s+)?$"
)
_AFTER_DOUBT: Final = re.compile(
    r"^(?:2\b|\s*-\s*(?:besok|kemar)|\s*(?:atau|ato|apa|s/?d|sampai|sampe|sblm|sebelum)\b|nya\b)"
)
_VAGUE: Final = re.compile(
    r"\b(?:kapan2|kapan-kapan|beberapa hari|brp hari|entah|kalau gak salah|klo ga salah|kayaknya|"
    r"mungkin|sekitar|kira2|kira-kira|kl ga salah|kalo gak salah|seingat)\b"
)


def _doubted(text: str, one: _Found) -> bool:
    """Words around a day that make it a bound, a habit or a denial."""
    before, after = text[: one.start], text[one.end :]
    return bool(_BEFORE_DOUBT.search(before) or _AFTER_DOUBT.search(after))


# ── the rules ────────────────────────────────────────────────────────────────────────────────


def _offset(days: int) -> _Rule:
    return lambda _match, now: ((now.plus(days),), True)


def _ask(*days: int) -> _Rule:
    return lambda _match, now: (tuple(now.plus(n) for n in days), False)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], _now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
    return ((date,), True) if date else None


def _numeric(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`3/11`, `3-11-2026`: day first; `11/23` can only be the other way round, and is asked."""
    day, month = int(match["d"]), int(match["m"])
    year = match["y"]
    turned = month > 12 >= day  # noqa: PLR2004 - months of a year
    if turned:
        day, month = month, day
    if match["s"] == "-" and not year:
        turned = True
    if year:
        full = int(year) + (_CENTURY if len(year) == 2 else 0)  # noqa: PLR2004 - two-digit year
        date = _date(full, month, day)
        return ((date,), not turned) if date else None
    got = _of_the_year(day, month, now)
    return (got[0], got[1] and not turned) if got else None


def _named_month(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    day, month = int(match["d"]), MONTHS[match["m"]]
    if match["y"]:
        year = int(match["y"])
        date = _date(year + (_CENTURY if year < _CENTURY else 0), month, day)
        return ((date,), True) if date else None
    return _of_the_year(day, month, now)


def _of_the_year(day: int, month: int, now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """A day and month without a year: the nearest in the direction looked, sure within half a year."""
    years = (now.today.year - 1, now.today.year, now.today.year + 1)
    dates = [date for year in years if (date := _date(year, month, day))]
    past = [date for date in dates if date <= now.today]
    ahead = [date for date in dates if date >= now.today]
    order = past[-1:] + ahead[:1] if now.looking == "back" else ahead[:1] + past[-1:]
    if not order:
        return None
    if abs((order[0] - now.today).days) <= _HALF_YEAR:
        return (order[0],), True
    return tuple(dict.fromkeys(sorted(order, key=lambda date: abs(date - now.today)))), False


def _of_the_month(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`tgl 3`, `tgl 3 kemarin`, `tgl 3 bulan depan`."""
    day = int(match["d"])
    word = match["w"] or ""
    if not 1 <= day <= _LARGEST_IN_WORDS:
        return None
    if "bulan" in word or "bln" in word:
        step = -1 if re.search("lalu|kem|kmr|lewat", word) else 1 if "depan" in word else 0
        date = _date(*_month(now.today, step), day)
        return ((date,), True) if date else None
    dates = [d for step in (-2, -1, 0, 1, 2) if (d := _date(*_month(now.today, step), day))]
    past = [d for d in dates if d <= now.today][-1]
    ahead = next(d for d in dates if d >= now.today)
    if word:
        return (past,), True
    gone, left = (now.today - past).days, (ahead - now.today).days
    if now.looking == "back":
        sure = past.month == now.today.month or 2 * gone <= left
        return ((past,), True) if sure else ((past, ahead), False)
    sure = ahead.month == now.today.month or left <= 2 * gone
    return ((ahead,), True) if sure else ((ahead, past), False)


def _month(today: dt.date, step: int) -> tuple[int, int]:
    """Year and month, `step` months from today's."""
    count = today.year * 12 + today.month - 1 + step
    return count // 12, count % 12 + 1


def _counted(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`3 hari lalu`, `2 minggu lagi`, `sebulan lalu`."""
    number = 1 if match["n"].startswith(("se", "sa")) else int(match["n"])
    sign = -1 if match["ago"] else 1
    unit = match["u"]
    if unit.startswith(("bul", "bln")):
        year, month = _month(now.today, sign * number)
        day = min(now.today.day, calendar.monthrange(year, month)[1])
        return (dt.date(year, month, day),), False
    days = number * (_WEEK if unit.startswith("m") else 1)
    return (now.plus(sign * days),), True


def _weekday(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`hari senin`, `senin lalu`, `jumat depan`, `senin minggu lalu`, `malam jumat`."""
    word, tail = match["day"], match["tail"] or ""
    number = _WEEKDAYS[word]
    sunday = number == _SUNDAY and word != "ahad"
    if sunday and not (match["hari"] or match["part"] or match["eve"]):
        return None
    monday = now.plus(-now.today.weekday())
    week = re.search(r"minggu|mgg|pekan", tail)
    if week and not re.search("ini|nih", tail):
        step = -1 if re.search("lalu|kem|kmr|lewat", tail) else 1
        return (monday + dt.timedelta(days=number + step * _WEEK),), True
    if re.search(r"\b(?:ini|nih)\b", tail):
        date = monday + dt.timedelta(days=number)
        return (date,), bool(week) or date == now.today
    back = (now.today.weekday() - number) % _WEEK or _WEEK
    ahead = (number - now.today.weekday()) % _WEEK or _WEEK
    got = _which(tail, number, back, ahead, now)
    if match["eve"] and got:
        return (got[0][0] - dt.timedelta(days=1), got[0][0]), False
    return got


def _which(
    tail: str, number: int, back: int, ahead: int, now: _Now
) -> tuple[tuple[dt.date, ...], bool]:
    """Which of the weekdays, `back` days ago or `ahead` days from now, a word after it picks."""
    weekday = now.today.weekday()
    if re.search("lalu|lewat|silam|kepungkur", tail):
        clear = number >= weekday
        return (
            ((now.plus(-back),), True) if clear else ((now.plus(-back), now.plus(-back - 7)), False)
        )
    if re.search("kem|kmr|wingi|tadi", tail):
        return (now.plus(-back),), True
    if "depan" in tail:
        clear = number <= weekday
        return (
            ((now.plus(ahead),), True) if clear else ((now.plus(ahead), now.plus(ahead + 7)), False)
        )
    if re.search("besok|bsk|nanti|ntar", tail):
        return (now.plus(ahead),), True
    first = -back if now.looking == "back" else ahead
    if number == weekday:
        return (now.today, now.plus(first)), False
    return (now.plus(first),), True


def _week(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`minggu lalu` may be last week or last Sunday, `minggu depan` likewise: always asked."""
    back = (now.today.weekday() - _SUNDAY) % _WEEK or _WEEK
    ahead = (_SUNDAY - now.today.weekday()) % _WEEK or _WEEK
    if "depan" in match[0]:
        return tuple(dict.fromkeys((now.plus(_WEEK), now.plus(ahead)))), False
    return tuple(dict.fromkeys((now.plus(-back), now.plus(-_WEEK)))), False


def _edge_of_month(match: re.Match[str], now: _Now) -> tuple[tuple[dt.date, ...], bool] | None:
    """`awal bulan`, `akhir bulan`: never one day."""
    step = 1 if "depan" in match[0] else -1 if re.search("lalu|kem|kmr", match[0]) else 0
    year, month = _month(now.today, step)
    last = calendar.monthrange(year, month)[1]
    day = 1 if match["e"].startswith(("awal", "tanggal m", "tgl m")) else last
    return (dt.date(year, month, day if match["e"][0] != "p" else 15),), False


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_NOT_A_DATE: Final = (
    r"(?!\s*(?:rb|ribu|rebu|jt|juta|k\b|kg|kilo|ons|jam|liter|m\b|hari|sdm|sdt|[./-]?\d))"
)
_RULES: Final[tuple[tuple[re.Pattern[str], _Rule], ...]] = (
    (_p(r"(?<![\d/-])(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"), _iso),
    (_p(r"(?<![\d/.,:-])(?P<d>\d{1,2})\s?(?P<s>[/.-])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<y>20\d\d|\d\d)(?![\d])"), _numeric),
    (_p(r"(?<![\d/.,:-])(?P<d>\d{1,2})\s?(?P<s>/)\s?(?P<m>\d{1,2})(?P<y>)(?!\d)" + _NOT_A_DATE), _numeric),
    (_p(r"\b(?:tgl|tanggal)\s*(?P<d>\d{1,2})\s+(?:bulan|bln)\s+(?P<m>\d{1,2})(?P<s>)(?P<y>)(?!\d)"), _numeric),
    (_p(r"\b(?:bulan|bln)\s+(?P<m>\d{1,2})\s+(?:tgl|tanggal)\s*(?P<d>\d{1,2})(?P<s>)(?P<y>)(?!\d)"), _numeric),
    (_p(r"\b(?:tgl|tanggal|tg)\.?\s*(?P<d>\d{1,2})\s?(?P<s>-)\s?(?P<m>\d{1,2})(?P<y>)(?!\d)" + _NOT_A_DATE), _numeric),
    (_p(rf"(?:\b(?:tgl|tanggal|tg)\.?\s*)?(?<![\d.,])(?P<d>\d{{1,2}})\s?(?:bulan\s|bln\s)?(?P<m>{_MONTH})\b(?:\s*(?P<y>20\d\d|\d\d(?!\d|\s*(?:rb|ribu|k\b|jt))))?"), _named_month),
    (_p(rf"\b(?:tgl|tanggal|tg|tgal|tanggl)\.?\s*(?P<d>\d{{1,2}})(?!\d|[.,]\d|rb|k\b|jt|\s*(?:ribu|rb|jt|juta|rebu)\b)(?P<w>\s+(?:bulan|bln)\s+(?:ini|lalu|kemar[ie]n|kmrn|lewat|depan)|\s+(?:{_YESTERDAY}|{_AGO}))?"), _of_the_month),
    (_p(r"\b(?P<e>awal|akhir|akir|pertengahan|tengah)\s+(?:bulan|bln|tahun|thn)(?:\s+(?:ini|depan|lalu|kemarin))?"), _edge_of_month),
    (_p(r"\b(?P<e>(?:tanggal|tgl)\s+(?:muda|tua))\b"), _edge_of_month),
    (_p(rf"\b(?P<n>se|sa|\d{{1,3}}\s?)(?P<u>hari|hr|ari|dina|dino|minggu|mgg|mnggu|pekan|bulan|bln)\s+(?P<ago>{_AGO}|sebelumnya|{_YESTERDAY})\b"), _counted),
    (_p(rf"\b(?P<n>se|sa|\d{{1,3}}\s?)(?P<u>hari|hr|ari|dina|dino|minggu|mgg|mnggu|pekan|bulan|bln)\s+(?P<ago>)(?:{_COMING})\b"), _counted),
    (_p(rf"(?P<hari>\b(?:hari|hr|ari|dina|dino|pas)\s+)?(?P<eve>\b{_NIGHT}\s+)?\b(?P<day>{_WEEKDAY})\b(?P<part>\s+(?:pagi|siang|sore|malam|malem|subuh|esuk|bengi))?(?P<tail>(?:\s+(?:pagi|siang|sore|malam|malem))?\s+(?:(?:minggu|mgg|mnggu|pekan)\s+(?:lalu|kemar[ei]n|kmrn|lewat|depan|ini)|{_AGO}|{_YESTERDAY}|depan|besok|bsk|nanti|ntar|ini|nih))?(?!\s*-)"), _weekday),
    (_p(rf"\b(?:minggu|mgg|mnggu|pekan)\s+(?:{_AGO}|{_YESTERDAY}|depan)\b"), _week),
    (_p(rf"\b(?:{_YESTERDAY})\s+(?:lusa|dulu|dl|dlu|duluan|uni|sebelumnya)\b|\blusa\s+{_YESTERDAY}\b|\bwing?inan[ei]\b|\bwingenane\b|\bkmrn2an\b"), _offset(-2)),
    (_p(rf"\b(?:{_YESTERDAY})(?:\s*-\s*{_YESTERDAY}|2|\s+{_YESTERDAY})\b"), _ask(-1, -2)),
    (_p(rf"\b(?:tadi|td|tdi|mau)\s+{_NIGHT}\b|\b{_NIGHT}\s+(?:tadi|td|mau)\b|\bs(?:e)?mal[ae]m(?:an)?\b|\bsmlm\b|\bsmalm\b|\b{_NIGHT}\s+{_YESTERDAY}\b"), _offset(-1)),
    (_p(rf"\b{_YESTERDAY}\b"), _offset(-1)),
    (_p(r"\b(?:besok|bsk)\s+lusa\b"), _ask(2, 1)),
    (_p(r"\b(?:besok|bsk|besuk)(?:2|\s*-\s*besok|\s+besok)\b"), _ask(1)),
    (_p(r"\blusa\b"), _offset(2)),
    (_p(r"\b(?:besok|bsk|bsok|besuk|esok|sesuk|bisuak|besoknya|ngesuk|mbesuk)\b"), _offset(1)),
    (_p(r"\b(?:h?ar[iy]|hr|hri|dina|dino)\s*(?:ini|ni|nih|iki)\b|\bini\s+h?ari\b|\bhrini\b|\bhariini\b"), _offset(0)),
    (_p(r"\b(?:pagi|pgi|siang|sore|malam|malem|mlm|petang|subuh)\s+(?:ini|ni|nanti|tadi|td)\b|\b(?:nanti|nti|ntar|entar|mengko)\s+(?:siang|sore|malam|malem|mlm|bengi)\b"), _offset(0)),
    (_p(r"\b(?:tadi|td|tdi|barusan|brusan|baru\s+(?:aja|saja|aje|wae)|mau\s+(?:esuk|isuk|awan|sore))\b"), _offset(0)),
)  # fmt: skip
