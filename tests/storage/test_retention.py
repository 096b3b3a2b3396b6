"""What is old enough goes by itself, and the page that promises it says the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.domain import changes
from bot.domain.ledger import withdrawal
from bot.domain.money import Money
from bot.domain.notebook import NoteKind
from storage.privacy_tables import link_code, look
from storage.retention import FAREWELL, INVITED, LEARNT, STRUCK, TERMS, WATCHED
from storage.store import SqlStore
from storage.tables import (
    contact,
    jotting,
    mentor_invite,
    metadata,
    opt_in,
    person,
    unplaced,
)
from tests.playing import codes
from tests.storage.conftest import DAY, MONDAY, Kept

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def later(kept: Kept, span: timedelta) -> SqlStore:
    return SqlStore(kept.store.engine, lambda: MONDAY + span, codes())


def count(kept: Kept, table: str) -> int:
    with kept.store.snapshot() as db:
        return db.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


@pytest.mark.parametrize("what", TERMS)
def test_the_page_promises_what_the_sweep_does(what: str) -> None:
    span = TERMS[what]
    said = f"{span.days} days" if span.days > 1 else "1 day" if span.days else "1 hour"
    assert f"| {what} | {said} |" in PAGE.read_text("utf-8")


def test_what_has_its_day_goes_on_it_and_not_before(kept: Kept) -> None:
    kept.store.invite_mentor("Wati")
    with kept.store.transaction() as books:
        for _ in range(2):
            books.record(changes.Jotted(kept.sari.person, NoteKind.SOLD, Money(5_000), DAY))
        books.record(changes.JottingStruck(kept.sari.person, 1))
        books.record(changes.WordsUnplaced(kept.group, "ntahlah"))
        books.db.execute(
            insert(look), {"at": MONDAY, "by": "Ratna", "what": "angka", "why": "laporan"}
        )
        books.db.execute(
            insert(link_code),
            {"person": kept.ani.person.id, "code_hash": "x", "made_at": MONDAY},
        )
    terms = [
        (timedelta(days=1), link_code, 0),
        (STRUCK, jotting, 1),
        (INVITED, mentor_invite, 1),
        (LEARNT, unplaced, 0),
        (WATCHED, look, 0),
    ]
    for span, table, left in terms:
        later(kept, span - timedelta(hours=1)).sweep()
        assert count(kept, table.name) == left + 1, table.name
        later(kept, span).sweep()
        assert count(kept, table.name) == left, table.name


def test_who_left_long_ago_with_nothing_in_the_box_is_forgotten(kept: Kept) -> None:
    kept.save(kept.ani, 5_000)
    with kept.store.transaction() as books:
        for she in (kept.sari, kept.ani):
            books.record(changes.MemberLeft(she, kept.group))
    later(kept, FAREWELL - timedelta(hours=1)).sweep()
    assert _named(kept) == {"Dewi", "Rina", "Sari", "Ani"}
    later(kept, FAREWELL).sweep()
    assert _named(kept) == {"Dewi", "Rina", "Ani"}, "Ani has savings, Rina is still here"


def test_who_left_hears_of_her_money_until_it_is_back(kept: Kept) -> None:
    deposit = kept.save(kept.ani, 5_000)
    with kept.store.transaction() as books:
        for she in (kept.sari, kept.ani):
            books.record(changes.MemberLeft(she, kept.group))
    kept.store.sweep()
    assert _welcome(kept) == {"Dewi", "Rina", "Ani"}
    kept.book(withdrawal(kept.ani.number, kept.rina.number, deposit.amount, DAY))
    kept.store.sweep()
    assert _welcome(kept) == {"Dewi", "Rina"}


def _welcome(kept: Kept) -> set[str]:
    agreed = (
        select(person.c.name)
        .join(contact, contact.c.person == person.c.id)
        .join(opt_in, opt_in.c.contact == contact.c.id)
        .where(opt_in.c.ended_at.is_(None))
    )
    with kept.store.snapshot() as db:
        return set(db.scalars(agreed))


def test_who_came_back_stays(kept: Kept) -> None:
    with kept.store.transaction() as books:
        books.record(changes.MemberLeft(kept.sari, kept.group))
        consent = changes.Consent("x", "x")
        books.record(
            changes.MemberJoined(
                kept.sari.person, kept.group, "Sari", "Bu", "", None, None, consent
            )
        )
    later(kept, FAREWELL).sweep()
    assert "Sari" in _named(kept)


def _named(kept: Kept) -> set[str]:
    with kept.store.snapshot() as db:
        return set(db.scalars(select(person.c.name).where(person.c.name != "")))
