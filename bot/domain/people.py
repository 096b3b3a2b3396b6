"""The people: who someone is, how she is called, and what she is in a group."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from bot.domain.calendar import Zone
from bot.domain.habits import Habit, Quiet
from bot.domain.money import Money

#: How she may be addressed before her name, and what "you" is then.
SAPAAN = {
    "Bu": "Ibu",
    "Kak": "Kakak",
    "Mbak": "Mbak",
    "Uni": "Uni",
    "Inang": "Inang",
    "Pak": "Bapak",
}

#: Members of one group at most.
LARGEST_GROUP = 50

#: What a box may hold before it is taken to the bank, until the group says otherwise.
USUAL_CAP = Money(2_000_000)

#: Letters of a name at most.
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Person:
    """Someone we know; ``reachable`` when a chat with her exists and she has not left it."""

    id: int
    name: str = ""
    sapaan: str = "Bu"
    reachable: bool = True

    @property
    def called(self) -> str:
        """Her name as it is said: ``Bu Sari``; just ``Ibu`` while we do not know it."""
        return f"{self.sapaan} {self.name}" if self.name else self.you

    @property
    def you(self) -> str:
        """What stands for "you" when we speak to her: ``Ibu``."""
        return SAPAAN.get(self.sapaan, "Ibu")


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in one group; ``number`` counts from 1 within the group."""

    group: int
    number: int
    person: Person
    business: str = ""
    usual: Money | None = None
    remind_at: time | None = None
    active: bool = True
    habit: Habit = field(default_factory=Habit)

    @property
    def called(self) -> str:
        """Her name as it is said: ``Bu Sari``; ``Anggota 7`` once she is forgotten."""
        return self.person.called if self.person.name else f"Anggota {self.number}"


@dataclass(frozen=True, slots=True)
class Group:
    """A group around one celengan; ``holder`` is the number of the member who keeps the cash.

    More than ``cap`` in the box belongs in the bank. ``head`` is the newest seal of its chain and
    ``entries`` how many it has. While ``sharing`` everybody is paid out; then the books are ``closed``.
    ``teaches``: words of hers we could not place may be kept, masked, to learn from.
    """

    id: int
    name: str
    place: str
    zone: Zone
    ends_on: date | None
    code: str
    holder: int | None = None
    open: bool = True
    cap: Money = USUAL_CAP
    head: str = ""
    entries: int = 0
    sharing: bool = False
    closed: bool = False
    teaches: bool = False
    quiet: Quiet = field(default_factory=Quiet)


def how_called(words: str) -> tuple[str, str]:
    """Split "kak sari dewi" into how she is addressed and her name: ("Kak", "Sari Dewi").

    Without a form of address it is "Bu". Signs that could be taken for markup are dropped, and so are
    the words around a name: "nama saya bu tini". The name is empty where there is none.
    """
    kept = "".join(sign for sign in words if sign.isalnum() or sign in " '.-").split()
    while len(kept) > 1 and kept[0].lower() in _BEFORE_A_NAME:
        kept = kept[1:]
    while len(kept) > 1 and kept[-1].lower().rstrip(".") in _AFTER_A_NAME:
        kept = kept[:-1]
    if not any(sign.isalpha() for word in kept for sign in word):
        kept = []
    first = kept[0].lower().rstrip(".") if kept else ""
    sapaan = _SPOKEN.get(first, "")
    name = " ".join(kept[1:] if sapaan else kept)[:LONGEST_NAME].strip()
    return sapaan or "Bu", name.title() if name.islower() or name.isupper() else name


_BEFORE_A_NAME = {
    "nama",
    "nm",
    "namaku",
    "namanya",
    "saya",
    "sy",
    "aku",
    "aq",
    "awak",
    "panggil",
    "panggilan",
    "dipanggil",
    "aja",
}
_AFTER_A_NAME = {"aja", "aje", "saja", "ya", "yaa", "deh", "bu", "buk", "ibu", "kak"}
_SPOKEN = {said.lower(): said for said in SAPAAN} | {
    "ibu": "Bu",
    "ibuk": "Bu",
    "buk": "Bu",
    "kakak": "Kak",
    "bapak": "Pak",
    "mba": "Mbak",
}
