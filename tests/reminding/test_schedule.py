"""Who is due: once for a member's day, whoever looks, however often, whatever the clock does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest

from bot.domain import changes
from bot.domain.money import Money
from bot.domain.reminding import Why
from tests.reminding.conftest import Village


def test_due_at_her_hour_and_not_before(village: Village) -> None:
    watcher = village.watcher()
    village.at(18.98)
    assert watcher.look() == 0
    village.at(19)
    assert watcher.look() == 3
    village.at(19.01)
    assert watcher.look() == 0
    assert village.days() == [23]


def test_five_who_look_at_once_remind_once(village: Village) -> None:
    village.at(19)
    with ThreadPoolExecutor(5) as pool:
        counts = list(pool.map(lambda _: village.watcher().look(), range(5)))
    assert sum(counts) == 3
    assert len(village.planned()) == 3


def test_asleep_from_six_to_eight(village: Village) -> None:
    watcher = village.watcher()
    village.at(18)
    watcher.look()
    village.at(20)
    assert watcher.look() == 3
    assert village.days() == [23]


@pytest.mark.parametrize("hour", [21, 23.9])
def test_asleep_until_it_is_quiet(village: Village, hour: float) -> None:
    watcher = village.watcher()
    village.at(18)
    watcher.look()
    village.at(hour)
    assert watcher.look() == 0
    assert [state for *_, state in village.planned()] == ["cancelled"] * 3


def test_asleep_over_night_is_told_and_not_made_up_for(village: Village) -> None:
    watcher = village.watcher()
    village.at(18)
    watcher.look()
    village.at(7, day=1)
    watcher.look()
    assert village.days() == []
    assert {(day, state) for _, day, state in village.planned()} == {
        (date(2026, 11, 23), "cancelled")
    }
    village.at(19, day=1)
    watcher.look()
    assert village.days() == [24]


def test_a_clock_set_back_reminds_nobody_twice(village: Village) -> None:
    watcher = village.watcher()
    for hour in (19, 18, 19, 18.5, 19.2):
        village.at(hour)
        watcher.look()
    assert village.days() == [23]


def test_another_zone_in_the_middle_of_the_day(village: Village) -> None:
    watcher = village.watcher()
    for zone, hour, day in (("WIB", 19, 0), ("WIT", 19.1, 0), ("WIB", 20, 0), ("WIT", 17, 1)):
        village.change_group(zone=zone)
        village.at(hour, day)
        watcher.look()
    assert village.days() == [23, 24]


def test_every_zone_has_its_own_seven_o_clock(village: Village) -> None:
    village.change_group(zone="WIT")
    watcher = village.watcher()
    village.at(16.9)
    assert watcher.look() == 0
    village.at(17)
    assert watcher.look() == 3


@pytest.mark.parametrize("hour", [time(18), time(19, 30)])
def test_she_moves_her_hour_before_it_came(village: Village, hour: time) -> None:
    watcher = village.watcher()
    village.at(18.9)
    watcher.look()
    village.change(remind_at=hour)
    for later in (19, 19.2, 19.5, 20):
        village.at(later)
        watcher.look()
    assert village.days() == [23]


def test_she_moves_her_hour_after_it_came(village: Village) -> None:
    watcher = village.watcher()
    village.at(19)
    watcher.look()
    village.change(remind_at=time(20))
    village.at(20)
    watcher.look()
    assert village.days() == [23]


def test_rest_and_rhythm(village: Village) -> None:
    village.at(19)
    village.change(rest_until=date(2026, 11, 23))
    assert village.why() is Why.RESTS
    village.change(rest_until=date(2026, 11, 22), rest_days=1)
    assert village.why() is Why.RESTS
    village.change(rest_days=2)
    assert village.why() is Why.DUE
    village.change(rhythm="weekly", weekly_on=3)
    assert village.why() is Why.NOT_HER_DAY
    village.change(rhythm="weekly", weekly_on=0)
    assert village.why() is Why.DUE
    village.change(remind_at=None)
    assert village.why() is Why.NO_HOUR


def test_a_claim_a_deposit_and_a_group_at_rest(village: Village) -> None:
    village.at(18)
    with village.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        rina, sari, ani = books.members(home.id)
        day = date(2026, 11, 23)
        books.record(changes.DepositClaimed(sari, Money(5_000), day, rina.person))
        books.record(changes.DepositsRecorded(home, rina, day, ((ani, Money(5_000)),)))
    village.at(19)
    assert (village.why(sari.number), village.why(ani.number)) == (Why.WAITS, Why.SAVED)
    with village.store.transaction() as books:
        books.record(changes.GroupRestSet(home, day, day, "Libur bersama"))
    assert village.why(rina.number) is Why.GROUP_RESTS


def test_on_the_day_of_the_week_she_hears_that_and_no_reminder(village: Village) -> None:
    village.at(19, day=-1)
    with village.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        rina, _, ani = books.members(home.id)
        line = ((ani, Money(5_000)),)
        books.record(changes.DepositsRecorded(home, rina, date(2026, 11, 22), line))
    village.at(19, day=4)
    assert village.why() is Why.WEEK_TOLD
    village.change_group(summary_on=2)
    assert village.why() is Why.DUE


def test_who_joined_a_while_after_her_hour_is_greeted_tomorrow(village: Village) -> None:
    village.at(20)
    village.change(joined_at=village.now)
    assert village.why() is Why.JUST_JOINED
    village.change(remind_at=time(19, 55))
    assert village.why() is Why.DUE


def test_who_has_left_the_chat_is_not_reminded(village: Village) -> None:
    village.at(19)
    with village.store.engine.begin() as db:
        db.exec_driver_sql("UPDATE contact SET gone = true WHERE address = 'sari'")
    assert village.why() is Why.NO_CHAT
    village.watcher().look()
    assert village.days() == []


def test_a_second_hour_in_ramadan(village: Village) -> None:
    village.change(remind_in_ramadan=time(20, 30))
    ramadan = (date(2027, 2, 10) - date(2026, 11, 23)).days
    village.at(19, ramadan)
    assert village.why() is Why.NOT_YET
    village.at(20.5, ramadan)
    assert village.why() is Why.DUE
    village.at(19, ramadan + 40)
    assert village.why() is Why.DUE


def test_a_week_unanswered_offers_weekly_once(village: Village) -> None:
    watcher = village.watcher()
    for day in range(8):
        village.at(19, day)
        watcher.look()
        with village.store.engine.begin() as db:
            db.exec_driver_sql("UPDATE outbox SET state = 'sending' WHERE state = 'waiting'")
            db.exec_driver_sql(
                "UPDATE outbox SET state = 'sent', settled_at = due_at WHERE state = 'sending'"
            )
    with village.store.engine.begin() as db:
        says = db.exec_driver_sql(
            "SELECT says FROM outbox WHERE member = 2 AND kind = 'reminder' ORDER BY day"
        ).scalars()
        assert list(says) == ["remind"] * 7 + ["offer_weekly"]
