"""What goes out where it costs is counted, told and limited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bot.app import assemble
from bot.cast import seed
from bot.delivery import deliver_now
from bot.domain.metering import Form
from bot.domain.pace import Limit
from bot.domain.people import Group
from bot.ports import Bubble, Heard
from bot.reminders import Words
from bot.ticker import Ticker
from storage.metering import Metered
from storage.outgoing import meter, outbox
from storage.store import SqlStore, connect
from storage.tables import contact, member
from tests.playing import codes

#: A Monday in November, 09.00 in Langkat.
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)
LIMIT = 10
_LIMIT = Limit(80, 0)


@dataclass
class Shop:
    """The seeded group on WhatsApp, where messages cost, on a clock moved by hand."""

    store: SqlStore
    group: Group
    now: datetime = MONDAY

    def says(self, who: str, words: str) -> list[str]:
        """What goes out because of it."""
        self.now += timedelta(seconds=20)
        heard = Heard("whatsapp", f"{self.now}{who}", who, self.now, words)
        assemble(self.store, lambda: self.now).receive(heard)
        return self.delivered()

    def looks(self) -> list[str]:
        """What goes out by the clock."""
        runner = assemble(self.store, lambda: self.now)
        Ticker(runner, self.store, lambda: self.now, lambda: None, self.store.meter).look()
        return self.delivered()

    def delivered(self) -> list[str]:
        runner = assemble(self.store, lambda: self.now)
        words = Words(runner, self.store.outbox, lambda: self.now, self.store.meter)
        sent = deliver_now(self.store.outbox, "whatsapp", self.now, words.prepare)
        return [one.bubble.text for one in sent]

    def counted(self) -> dict[tuple[str, str], int]:
        with self.store.snapshot() as db:
            return {(row.kind, row.form): row.messages for row in db.execute(select(meter))}

    def used(self, messages: int) -> None:
        """As many were sent this month."""
        row = {"channel": "whatsapp", "month": NOVEMBER, "group_id": self.group.id}
        with self.store.engine.begin() as db:
            db.execute(delete(meter))
            db.execute(
                insert(meter), {**row, "kind": "answer", "form": "free", "messages": messages}
            )


@pytest.fixture
def shop(database_url: str) -> Iterator[Shop]:
    made: list[Shop] = []
    metered = Metered(("whatsapp",), LIMIT)
    store = SqlStore(connect(database_url), lambda: made[0].now, codes(), metered)
    begun = SqlStore(store.engine, lambda: MONDAY, codes())
    made.append(Shop(store, seed(begun, begun.invite_mentor("Dewi"), "whatsapp", str.lower)))
    made[0].delivered()
    with store.engine.begin() as db:
        db.execute(delete(meter))
    yield made[0]
    store.close()


def test_every_message_is_counted_by_its_kind(shop: Shop) -> None:
    shop.says("sari", "setor 10rb")
    shop.says("rina", "sudah")
    assert shop.counted() == {
        ("answer", "free"): 1,  # to Sari: it waits
        ("question", "free"): 2,  # to Rina: has it arrived, and thanks
        ("receipt", "free"): 1,
    }
    with shop.store.transaction() as books:
        spent = books.spent(shop.group, NOVEMBER)
    assert (spent.count, spent.of_all) == (4, 4)


def test_a_template_is_counted_as_one(shop: Shop) -> None:
    with shop.store.transaction() as books:
        books.post(books.meet("whatsapp", "sari"), Bubble("x"), "answer", None)
    letters = shop.store.outbox.claim({"whatsapp": _LIMIT}, lambda _: 9, shop.now, shop.now)
    (letter,) = letters.letters
    shop.store.doors.knocked(letter, "kabar", "wamid.1", shop.now)
    assert shop.counted() == {("answer", "template"): 1}


def test_the_report_says_what_was_sent_and_what_it_may_cost(shop: Shop) -> None:
    shop.says("sari", "saldo")
    (report,) = shop.says("dewi", "laporan")
    assert "Pesan WhatsApp bulan ini: 1, kira-kira 0 berbayar." in report


def test_where_nothing_costs_nothing_is_counted_or_said(database_url: str) -> None:
    store = SqlStore(connect(database_url), lambda: MONDAY, codes())
    there = Shop(store, seed(store, store.invite_mentor("Dewi"), "whatsapp", str.lower))
    (report,) = there.says("dewi", "laporan")[-1:]
    assert "Pesan WhatsApp" not in report
    assert there.counted() == {}
    store.close()


def test_the_mentor_hears_at_four_fifths_and_once(shop: Shop) -> None:
    shop.used(LIMIT * 8 // 10 - 1)
    assert shop.looks() == []
    shop.used(LIMIT * 8 // 10)
    (said,) = shop.looks()
    assert said.startswith("Pesan WhatsApp *Melati* bulan ini sudah 8 dari 10.")
    assert shop.looks() == []


def test_beyond_the_limit_only_what_somebody_waits_for_goes_out(shop: Shop) -> None:
    shop.used(LIMIT)
    shop.looks()
    shop.now = MONDAY + timedelta(hours=10)  # 19.00, Sari's hour
    shop.looks()
    with shop.store.snapshot() as db:
        rows = db.execute(select(outbox).where(outbox.c.kind == "reminder")).all()
    assert {(row.state, row.reason) for row in rows} == {("cancelled", "monthly limit")}
    assert "Celengan Ibu sekarang" in shop.says("sari", "saldo")[0]
    with shop.store.transaction() as books:
        assert books.spent(shop.group, NOVEMBER).reminders_in_window == 0


@pytest.mark.parametrize(
    ("hour", "closes", "reminded"),
    [
        (18.5, 18.6, True),  # the window closes before 19.00, her hour: now or with a template
        (18.5, 20.0, False),  # it is open at her hour
        (18.5, 18.51, False),  # too late to be sure of it
        (17.0, 17.1, False),  # two hours early is no reminder at her hour
    ],
)
def test_who_can_be_reminded_freely_only_just_now_is(
    shop: Shop, hour: float, closes: float, *, reminded: bool
) -> None:
    seven = MONDAY + timedelta(days=1, hours=10)
    shop.now = seven + timedelta(hours=hour - 19)
    her = select(member.c.person).where(member.c.number == 2).scalar_subquery()
    with shop.store.engine.begin() as db:
        until = seven + timedelta(hours=closes - 19)
        heard = MONDAY - timedelta(hours=1)
        db.execute(
            update(contact).where(contact.c.person == her).values(open_until=until, heard_at=heard)
        )
    said = [one for one in shop.looks() if "Sari" in one]
    assert bool(said) == reminded
    assert shop.counted().get(("reminder", Form.FREE), 0) == int(reminded)
    shop.now = seven
    again = [one for one in shop.looks() if "Sari" in one]
    assert bool(again) != reminded, "once, either early or at her hour"
