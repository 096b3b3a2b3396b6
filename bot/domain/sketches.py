"""A genogram and an ecomap in one: a member's family in three generations, and what is around it.

Kept for the mentor alone, and only when the member said yes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Member, Person

#: People and circles in one sketch, and signs of a name, at most.
MOST_LINES, LONGEST_NAME = 24, 16

#: Words for a tie, and the tie they mean.
_TIES = {
    "kuat": "strong",
    "dekat": "strong",
    "lemah": "weak",
    "renggang": "weak",
    "konflik": "conflict",
    "tegang": "conflict",
}
_DIED = {"wafat", "almarhum", "almarhumah", "alm"}
#: Each role with its generation, counted from hers, and whether it is a woman's (None: it is said).
ROLES: dict[str, tuple[int, bool | None]] = {
    "ayah": (-1, False),
    "ibu": (-1, True),
    "suami": (0, False),
    "kakak": (0, None),
    "adik": (0, None),
    "anak": (1, None),
    "lingkar": (2, None),
}
_LINE = re.compile(r"(?P<role>[a-z]+)\s+(?P<rest>.+)", re.IGNORECASE)
_WOMAN, _MAN = {"p", "perempuan"}, {"l", "laki", "laki-laki"}


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody of the family, or something around it (``lingkar``), and the tie to her."""

    role: str
    name: str
    woman: bool
    died: bool
    tie: str


def figure(line: str) -> Figure | None:
    """``ayah Budi wafat``, ``anak L Dedi``, ``lingkar Bank kuat``; None when it is not of this kind."""
    found = _LINE.fullmatch(line.strip())
    known = ROLES.get(found["role"].lower()) if found else None
    if found is None or known is None:
        return None
    words = found["rest"].split()
    plain = {word.lower().strip(".") for word in words}
    woman = known[1] if known[1] is not None else bool(plain & _WOMAN)
    name = [word for word in words if word.lower().strip(".") not in _MARKS]
    tie = next((_TIES[word] for word in plain if word in _TIES), "plain")
    if not name or (found["role"].lower() in ("anak", "kakak", "adik") and not plain & _SAID):
        return None
    kept = " ".join(name)[:LONGEST_NAME]
    return Figure(found["role"].lower(), kept, woman, bool(plain & _DIED), tie)


_SAID = _WOMAN | _MAN
_MARKS = _SAID | _DIED | set(_TIES)


@dataclass(frozen=True, slots=True)
class Sketch:
    """``allowed`` is her word: None while she has not said; ``lines`` as the mentor wrote them."""

    member: Member
    allowed: bool | None
    lines: Sequence[str]

    def figures(self) -> Sequence[Figure]:
        """What the lines say."""
        return [one for line in self.lines if (one := figure(line)) is not None]


@dataclass(frozen=True, slots=True)
class SketchAsked:
    """A mentor would like to draw; the member is asked."""

    member: Member
    by: Person


@dataclass(frozen=True, slots=True)
class SketchAnswered:
    """Her word on it; a no erases what was drawn."""

    member: Member
    allows: bool


@dataclass(frozen=True, slots=True)
class SketchDrawn:
    """The whole sketch as it is from now on."""

    member: Member
    lines: Sequence[str]
    by: Person
