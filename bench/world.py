"""Many groups with their people, and what they say: a deposit, and the holder's *Sudah*."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import count

from sqlalchemy import select

from bot.app import open_store
from bot.domain import changes
from bot.domain.calendar import Zone
from bot.domain.money import Money
from bot.ports import Heard, Writing
from storage.store import SqlStore
from storage.tables import contact, session

CHANNEL = "telegram"
SAYS = "setor 10rb"

_updates = count(1)
_ASKED = (
    select(session.c.id, contact.c.address)
    .join(contact, contact.c.person == session.c.person)
    .where(session.c.dialogue == "confirm", ~session.c.closed)
    .order_by(session.c.asked_at)
)


@dataclass(frozen=True, slots=True)
class Circle:
    """One group by the chats of its people."""

    holder: int
    members: tuple[int, ...]


def circles(groups: int, members: int) -> list[Circle]:
    """``groups`` groups of ``members`` each beside the holder."""
    made = []
    for number in range(groups):
        first = 1_000_000 + number * 1000
        made.append(Circle(first, tuple(range(first + 1, first + 1 + members))))
    return made


def settle(url: str, groups: list[Circle]) -> None:
    """Make the tables at ``url`` and let everybody join her group."""
    store = open_store(url)
    for circle in groups:
        code = store.invite_mentor("Dewi")
        with store.transaction() as books:
            _found(books, circle, code)
    store.close()


def _found(books: Writing, circle: Circle, code: str) -> None:
    mentor = books.meet(CHANNEL, str(circle.holder + 900))
    books.record(changes.MentorJoined(mentor, code))
    opened = changes.GroupOpened(mentor, "Melati", "Tanjung Jati", Zone.WIB, None)
    group = books.group(int(books.record(opened)[0].facts["group"]))
    consent = changes.Consent("bench", "bench")
    for number, chat in enumerate((circle.holder, *circle.members)):
        she = books.meet(CHANNEL, str(chat))
        name = f"Sari {number}"
        usual, hour = Money(10_000), time(19)
        books.record(changes.MemberJoined(she, group, name, "Bu", "gorengan", usual, hour, consent))
    books.record(changes.HolderAccepted(group, books.members(group.id)[0]))


def deposit(chat: int) -> Heard:
    """What a member says."""
    return Heard(CHANNEL, str(next(_updates)), str(chat), datetime.now(UTC), words=SAYS)


def presses(store: SqlStore) -> list[Heard]:
    """What the holders press who are being asked."""
    with store.engine.connect() as connection:
        asked = connection.execute(_ASKED).all()
    return [_press(chat, f"{session}:received:arrived") for session, chat in asked]


def _press(chat: str, payload: str) -> Heard:
    return Heard(CHANNEL, str(next(_updates)), chat, datetime.now(UTC), pressed=payload)
