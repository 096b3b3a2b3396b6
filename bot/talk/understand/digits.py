"""Numbers written in digits: `10.000`, `1,5`, `Rp10.000,-`, and those that must be asked about."""

import re
from dataclasses import dataclass
from fractions import Fraction

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,00)?")
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")
_TAIL = re.compile(r"[.,]-+$")
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it was written.

    `kind`: `plain` (20), `grouped` (10.000), `decimal` (1,5), `doubtful` (5,000 or 25.5).
    `value` is its likeliest reading; `others` what else it may be.
    """

    kind: str
    value: Fraction
    others: tuple[Fraction, ...] = ()


def written(raw: str) -> Written | None:
    """How a run of digits, dots and commas is read; None for what cannot be a number of rupiah.

    Indonesian writes a dot for thousands and a comma for decimals. The English way round, or
    groups that are not three long, is read as the likeliest and marked doubtful.

    >>> written("10.000,-").value, written("5,000").kind
    (Fraction(10000, 1), 'doubtful')
    """
    tailed = bool(_TAIL.search(raw))
    text = _TAIL.sub("", raw)
    if text.isdecimal():
        if len(text) > 1 and text[0] == "0":
            return None
        kind = "grouped" if tailed and int(text) >= THOUSAND else "plain"
        return Written(kind, Fraction(int(text)))
    if _GROUPED.fullmatch(text):
        return Written("grouped", Fraction(int(text.removesuffix(",00").replace(".", ""))))
    if _DECIMAL.fullmatch(text):
        return Written("decimal", Fraction(text.replace(",", ".")))
    return _doubtful(text)


def _doubtful(text: str) -> Written | None:
    """`5,000`, `25.5`, `10.0000`, `1.000.00`: the likeliest number first, then the next."""
    parts = re.split(r"[.,]", text)
    if parts[0] != "0" and parts[0].startswith("0"):
        return None
    joined = Fraction(int("".join(parts)))
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):  # noqa: PLR2004 - thousands
        small = Fraction(f"{parts[0]}.{parts[1]}") if len(parts) == 2 else joined  # noqa: PLR2004
        return Written("doubtful", joined, (small,) if small != joined else ())
    if len(parts) == 2:  # noqa: PLR2004 - one point: it may be a decimal
        return Written("doubtful", Fraction(f"{parts[0]}.{parts[1]}"), (joined,))
    padded = "".join([parts[0], *(part.ljust(3, "0")[:3] for part in parts[1:])])
    return Written("doubtful", Fraction(int(padded)), (joined,))
