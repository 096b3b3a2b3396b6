"""What we keep about somebody, as it is handed to her: plain sections of labels and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

#: What a cell of it may be; a ``Mapping`` is words she gave, by the question they answered.
Value = str | int | bool | date | datetime | time | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of data: why it is kept, for how long, and every row of it.

    ``left_out`` says what else stands in the same place and is not shown, since it is another's.
    """

    title: str
    why: str
    until: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class OwnData:
    """All of it at one moment; sections without rows are left out."""

    called: str
    at: datetime
    sections: Sequence[Section]
