"""What the parts of one number come to, and whether that is the only way to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.talk.understand.digits import THOUSAND
from bot.talk.understand.numerals import Part

TEN = 10
HUNDRED = 100
LARGEST = THOUSAND**4
MOST_PARTS = 32
_SMALL_COIN = 100
_LONGEST_PLAIN = 10**9
_UNLIKELY_WITH_RIBU = 5_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number comes to: the likeliest value first, and whether that one is certain.

    `bare`: nothing shows it to be money yet (no ×1.000 word, no dots, under a thousand);
    `scaled`: a ×1.000 word, dots or money slang shows that it is.
    """

    values: tuple[int, ...]
    sure: bool
    bare: bool = False
    scaled: bool = False


class _IrregularError(Exception):
    """The parts do not make one number by the rules."""


class _Sum:
    """A number being put together: finished thousands, and hundreds-tens-units still open."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.scale = LARGEST
        self.halved = False
        self.digits_last = False
        self._clear()

    def _clear(self) -> None:
        self.hundreds: int | None = None
        self.tens: int | None = None
        self.unit: int | None = None
        self.big: int | None = None
        self.from_digits = False

    @property
    def is_open(self) -> bool:
        slots = (self.hundreds, self.tens, self.unit, self.big)
        return any(slot is not None for slot in slots)

    @property
    def section(self) -> int:
        if self.big is not None:
            return self.big
        return (self.hundreds or 0) * HUNDRED + (self.tens or 0) * TEN + (self.unit or 0)

    def add(self, part: Part, following: Part | None) -> None:
        """One more part, in order."""
        step = {
            "unit": self._unit, "tens": self._tens, "hundreds": self._hundreds,
            "belas": self._belas, "puluh": self._puluh, "ratus": self._ratus,
            "plain": self._plain, "scale": self._scale, "one_scale": self._one_scale,
        }.get(part.kind)  # fmt: skip
        if part.kind == "half":
            self._half(following)
        elif step is None:
            raise _IrregularError
        else:
            step(int(part.value))
        self.digits_last = part.kind == "plain"

    def _need(self, *, fits: bool) -> None:
        if not fits or self.halved:
            raise _IrregularError

    def _unit(self, value: int) -> None:
        self._need(fits=self.unit is None and self.big is None)
        self.unit = value

    def _tens(self, value: int) -> None:
        self._need(fits=self.tens is None and self.unit is None and self.big is None)
        self.tens = value // TEN
        self.unit = value % TEN or None

    def _hundreds(self, value: int) -> None:
        self._need(fits=not self.is_open)
        self.hundreds = value // HUNDRED

    def _belas(self, _value: int) -> None:
        self._need(fits=self.unit is not None and self.tens is None)
        self.tens = 1

    def _puluh(self, _value: int) -> None:
        self._need(fits=self.unit is not None and self.tens is None)
        self.tens, self.unit = self.unit, None
        self.from_digits = False

    def _ratus(self, _value: int) -> None:
        fits = self.unit is not None and self.tens is None and self.hundreds is None
        self._need(fits=fits)
        self.hundreds, self.unit = self.unit, None
        self.from_digits = False

    def _plain(self, value: int) -> None:
        if not self.is_open:
            self._need(fits=value > 0)
            self.from_digits = True
            if value >= THOUSAND:
                self.big = value
                return
            self.hundreds = value // HUNDRED or None
            self.tens = value // TEN % TEN or None
            self.unit = value % TEN or None
            return
        self._need(fits=not self.from_digits and self.unit is None and 0 < value < HUNDRED)
        self._need(fits=value < TEN or self.tens is None)
        self.tens = self.tens or value // TEN or None
        self.unit = value % TEN or None

    def _scale(self, value: int) -> None:
        known = self.is_open and self.big is None and (self.section > 0 or self.halved)
        if not (known and value < self.scale):
            raise _IrregularError
        self.total += (self.section + (Fraction(1, 2) if self.halved else 0)) * value
        self.scale = value
        self.halved = False
        self._clear()

    def _one_scale(self, value: int) -> None:
        self._need(fits=not self.is_open and value < self.scale)
        self.total += value
        self.scale = value

    def _half(self, following: Part | None) -> None:
        self._need(fits=following is not None and following.kind == "scale")
        if self.is_open:
            self._need(fits=self.section < TEN)
            self.halved = True
            return
        self._need(fits=self.total == 0)
        self.halved = True
        self.unit = 0


def reading(parts: Sequence[Part]) -> Reading | None:
    """The reading of one number; None when it says nothing of a size (`ribu` alone).

    Where the parts can be read in two ways (`dua juta tiga ratus`) or break the rules (`dua tiga
    ribu`), the readings are given with `sure` false.
    """
    if len(parts) > MOST_PARTS:
        return None
    doubt = any(part.guessed or part.about for part in parts)
    result = _regular(parts) or _piecemeal(parts)
    if result is None or not result.values:
        return None
    sure = result.sure and not doubt and result.values[0] < LARGEST
    return Reading(result.values, sure, result.bare, result.scaled)


def _regular(parts: Sequence[Part]) -> Reading | None:
    kinds = {part.kind for part in parts}
    if "comma" in kinds:
        return _with_comma(parts)
    if kinds & {"slang", "slang_ask"}:
        return _slang(parts)
    if kinds & {"grouped", "decimal", "doubtful"}:
        return _written(parts)
    return _spoken(parts)


def _spoken(parts: Sequence[Part]) -> Reading | None:
    """Words and plain digits by the grammar of Indonesian numbers."""
    sum_ = _Sum()
    trailing_half = len(parts) > 1 and parts[-1].kind == "half"
    try:
        for i, part in enumerate(parts[:-1] if trailing_half else parts):
            sum_.add(part, parts[i + 1] if i + 1 < len(parts) else None)
    except _IrregularError:
        return None
    if trailing_half:
        if not sum_.total or sum_.is_open:
            return None
        return Reading((int(sum_.total) + sum_.scale // 2,), sure=False, scaled=True)
    if sum_.total.denominator != 1:
        return None
    return _ended(sum_, int(sum_.total), sum_.section)


def _ended(sum_: _Sum, total: int, rest: int) -> Reading | None:
    """What a number ends on decides: `dua juta tiga ratus` may be 2.300.000 or 2.000.300."""
    if total == 0:
        if rest == 0:
            return None
        if rest < THOUSAND:
            return Reading((rest,), sure=False, bare=True)
        return Reading((rest,), sure=rest % _SMALL_COIN == 0 and rest < _LONGEST_PLAIN)
    if rest == 0:
        return Reading((total,), sure=True, scaled=True)
    literal = total + rest
    if sum_.big is not None:
        return Reading((literal,), sure=False, scaled=True)
    if sum_.scale > THOUSAND:
        likely = total + rest * (sum_.scale // THOUSAND)
        more = (total + rest * (sum_.scale // TEN),) if rest < TEN else ()
        return Reading((*more, likely, literal), sure=False, scaled=True)
    if rest < TEN:
        return Reading((total + rest * HUNDRED, literal), sure=False, scaled=True)
    if rest < HUNDRED:
        grown = (total + rest * THOUSAND,) if total % (HUNDRED * THOUSAND) == 0 else ()
        return Reading((*grown, literal), sure=False, scaled=True)
    return Reading((literal,), sure=not sum_.digits_last, scaled=True)


def _written(parts: Sequence[Part]) -> Reading | None:
    """Digits with dots or commas, alone or before a ×1.000 word."""
    first = parts[0]
    numbers = (first.value, *first.others)
    if len(parts) == 1:
        if first.kind == "grouped":
            return Reading((int(first.value),), sure=True, scaled=True)
        plain = [n if n >= THOUSAND else n * THOUSAND for n in numbers]
        return Reading(_whole(plain + list(numbers)), sure=False)
    if len(parts) != 2 or parts[1].kind != "scale":  # noqa: PLR2004 - number and its scale
        return None
    scale = parts[1].value
    values = _whole([n * scale for n in numbers])
    if first.kind == "decimal":
        return Reading(values, sure=len(values) > 0, scaled=True)
    if first.kind == "grouped":
        pair = [first.value * scale, first.value]
        if first.value >= _UNLIKELY_WITH_RIBU and scale == THOUSAND:
            pair.reverse()
        return Reading(_whole(pair), sure=False, scaled=True)
    sized = sorted(n * scale for n in numbers)
    return Reading(_whole([*sized, *numbers]), sure=False, scaled=True)


def _with_comma(parts: Sequence[Part]) -> Reading | None:
    """`satu koma lima juta`: a whole number under a hundred, one digit, and a ×1.000 word."""
    place = next(i for i, part in enumerate(parts) if part.kind == "comma")
    whole = _regular(parts[:place]) if place else None
    after = [part.kind for part in parts[place + 1 :]]
    if whole is None or not whole.bare or whole.values[0] >= HUNDRED or after != ["unit", "scale"]:
        return None
    tenths = whole.values[0] * TEN + int(parts[place + 1].value)
    return Reading((tenths * int(parts[-1].value) // TEN,), sure=True, scaled=True)


def _slang(parts: Sequence[Part]) -> Reading:
    """Money slang: certain alone, asked about with anything beside it."""
    if len(parts) == 1:
        value = int(parts[0].value)
        if parts[0].kind == "slang":
            return Reading((value,), sure=True, scaled=True)
        return Reading((value * THOUSAND, value), sure=False, scaled=True)
    values = [
        int(p.value) * (1 if p.kind == "slang" else THOUSAND) for p in parts if "slang" in p.kind
    ]
    counts = [p.value for p in parts if p.kind in {"unit", "plain"} and p.value < HUNDRED]
    products = [int(count * values[0]) for count in counts]
    sums = [sum(values)] if len(values) > 1 else []
    return Reading(_distinct([*products, *sums, *values]), sure=False, scaled=True)


def _piecemeal(parts: Sequence[Part]) -> Reading | None:
    """Parts that do not make one number: every number to be made of them, none certain.

    `dua lima ribu` is how many say 25.000, so that comes first.
    """
    values: list[int] = []
    scaled = False
    start = 0
    while start < len(parts):
        ends = [end for end in range(len(parts), start, -1) if end - start < len(parts)]
        pieces = [(end, got) for end in ends if (got := _regular(parts[start:end]))]
        best = [(end, got) for end, got in pieces if got.sure or got.bare] or pieces
        if not best:
            start += 1
            continue
        start, got = best[0]
        values.extend(n * THOUSAND if got.bare else n for n in got.values)
        scaled = scaled or got.scaled
    if len(parts) == 2 and parts[1].kind == "scale" and parts[0].kind == "plain":  # noqa: PLR2004
        number, scale = int(parts[0].value), int(parts[1].value)
        pair = [number, number * scale]
        values = pair if number >= _UNLIKELY_WITH_RIBU and scale == THOUSAND else pair[::-1]
    if [part.kind for part in parts[:2]] == ["unit", "unit"]:
        return _two_units(parts, values)
    if not values:
        return None
    return Reading(_distinct(values), sure=False, scaled=scaled)


def _two_units(parts: Sequence[Part], others: Sequence[int]) -> Reading | None:
    """`dua lima ribu`: 25.000 for many; `dua tiga ribu` rather two or three thousand."""
    tens, unit = int(parts[0].value), int(parts[1].value)
    pair = tens * TEN + unit
    rest = [part.kind for part in parts[2:]]
    if not rest:
        return Reading((pair,), sure=False, bare=True) if tens != unit else None
    if rest != ["scale"]:
        return Reading(_distinct(others), sure=False, scaled=True) if others else None
    said = pair * int(parts[2].value)
    values = [*others, said] if unit == tens + 1 else [said, *others]
    return Reading(_distinct(values), sure=False, scaled=True)


def _whole(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    return _distinct([int(n) for n in numbers if n.denominator == 1])


def _distinct(numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for n in numbers if n > 0))
