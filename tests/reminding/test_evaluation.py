"""The export an evaluation needs: each member's days, without a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import update

from bot.domain import changes
from bot.domain.ledger_changes import CorrectionAgreed, DisputeRaised
from bot.domain.money import Money
from bot.ports import Bubble
from storage.evaluating import COLUMNS, member_days
from storage.outgoing import outbox
from tests.reminding.conftest import Village

MONDAY = date(2026, 11, 23)


def rows(village: Village, days: int = 0) -> dict[tuple[int, int], Mapping[str, object]]:
    with village.store.snapshot() as db:
        found = list(member_days(db, MONDAY, MONDAY + timedelta(days=days)))
    assert all(set(one) == set(COLUMNS) for one in found)
    return {(int(str(one["member"])), int(str(one["day"])[-2:])): one for one in found}


def sent(village: Village) -> None:
    """The platform takes all that waits."""
    for state in ("sending", "sent"):
        with village.store.engine.begin() as db:
            before = "waiting" if state == "sending" else "sending"
            moved = update(outbox).where(outbox.c.state == before, outbox.c.kind == "reminder")
            db.execute(moved.values(state=state, settled_at=village.now))


def test_reminded_answered_saved_and_when(village: Village) -> None:
    village.at(19)
    village.watcher().look()
    sent(village)
    village.at(19.5)
    with village.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        rina, sari, _ = books.members(home.id)
        books.post(sari.person, Bubble("ya"), "answer", None, village.now)
        books.record(changes.DepositClaimed(sari, Money(5_000), MONDAY, rina.person))
    village.at(19.6)
    with village.store.transaction() as books:
        books.record(changes.DepositsRecorded(home, rina, MONDAY, ((sari, Money(5_000)),)))
    hers = rows(village)[2, 23]
    assert (hers["reminded"], hers["saved"], hers["saved_rupiah"]) == (1, 1, 5_000)
    assert hers["reminded_at"] == "2026-11-23T12:00:00+00:00"
    assert hers["answered_at"] == hers["claimed_at"] == "2026-11-23T12:30:00+00:00"
    assert hers["saved_at"] == "2026-11-23T12:36:00+00:00"
    silent = rows(village)[3, 23]
    assert (silent["reminded"], silent["answered_at"], silent["saved"]) == (1, "", 0)


def test_why_it_was_not_sent(village: Village) -> None:
    watcher = village.watcher()
    village.at(18)
    watcher.look()
    village.at(21.5)
    watcher.look()
    late = rows(village)[2, 23]
    assert (late["reminded"], late["not_sent_because"]) == (0, "too late")


def test_days_before_she_joined_and_after_she_left_are_not_hers(village: Village) -> None:
    village.at(12, day=1)
    village.change(joined_at=village.now)
    village.at(12, day=2)
    village.change(left_at=village.now)
    days = [day for one, day in rows(village, days=4) if one == 2]
    assert days == [24, 25]
    assert len([day for one, day in rows(village, days=4) if one == 3]) == 5


def test_an_undone_deposit_is_no_saving(village: Village) -> None:
    village.at(12)
    with village.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        rina, sari, _ = books.members(home.id)
        line = ((sari, Money(5_000)),)
        (written,) = books.record(changes.DepositsRecorded(home, rina, MONDAY, line))
        entry = books.entry(home.id, int(written.facts["entry"]))
        raised = DisputeRaised(sari, entry, "", Money(0), sari.person, sari.person, rina.person)
        assert entry is not None
        opened, *_ = books.record(raised)
        dispute = books.dispute(home.id, int(opened.facts["dispute"]))
        books.record(CorrectionAgreed(dispute, rina.person, as_member=False))
    assert rows(village)[2, 23]["saved"] == 0


def test_no_name_leaves_the_house(village: Village) -> None:
    everything = str(rows(village))
    assert not [name for name in ("Sari", "Rina", "Ani", "Dewi", "Melati") if name in everything]
