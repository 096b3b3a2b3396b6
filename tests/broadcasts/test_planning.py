"""Broadcasts over both databases: once for everybody, in their own hours, stopped when it is said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.domain.broadcasts import TAKEN, Fate, State
from bot.domain.calendar import Zone
from bot.mailer import Mailer
from bot.told import Report, Told
from tests.broadcasts.conftest import CHANNEL, Town

NOW = ("semua", "sekarang")


def test_who_is_in_two_groups_is_told_once(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.group("Mawar", Zone.WIB, "sari", "tuti")
    town.says("siaran Halo", "semua kelompok", *NOW)
    assert "3 orang di 2 kelompok" in "".join(_said(town))
    town.look()
    town.look()
    assert sorted(town.deliver()) == [("ani", "Halo"), ("sari", "Halo"), ("tuti", "Halo")]


def _said(town: Town) -> list[str]:
    with town.store.transaction() as books:
        return [text for _, text in books.spoken(town.mentor, town.now - timedelta(1), 10)]


def test_planners_that_race_tell_nobody_twice(town: Town) -> None:
    for number in range(6):
        town.group(f"Melati {number}", Zone.WIB, "sari", f"ani{number}", f"tuti{number}")
    town.says("siaran Halo", "semua kelompok", *NOW)
    with ThreadPoolExecutor(4) as racing:
        looks = [racing.submit(Mailer(town.runner, town.store).look) for _ in range(4)]
    assert sum(look.result() for look in looks) == 13
    assert town.results().people == 13
    assert len(town.deliver()) == 13


def test_each_group_hears_it_at_that_hour_of_its_own(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.group("Mawar", Zone.WIT, "ani", "tuti")
    town.says("siaran Halo", "semua kelompok", "semua", "atur waktu", "besok jam 10")
    town.passes(hours=22)  # 07.00 in Langkat, 09.00 in Jayapura
    assert town.deliver() == []
    town.passes(hours=1)
    assert sorted(town.deliver()) == [("ani", "Halo"), ("tuti", "Halo")]
    town.passes(hours=2)
    assert town.deliver() == [("sari", "Halo")]


def test_quiet_hours_are_those_of_the_group(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.group("Mawar", Zone.WIT, "tuti")
    town.passes(hours=10.5)  # 19.30 in Langkat, 21.30 in Jayapura
    town.says("siaran Halo", "semua kelompok", *NOW)
    town.look()
    assert town.deliver() == [("sari", "Halo")]
    assert town.broadcast().state is State.RUNNING
    town.passes(hours=9)  # 06.30 in Jayapura
    assert town.deliver() == [("tuti", "Halo")]
    town.look()
    assert town.broadcast().state is State.DONE


def test_what_a_worker_holds_stops_when_it_is_paused(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.says("siaran Halo", *NOW)
    town.look()
    held = town.claim()
    town.says("siaran 1", "jeda")
    for letter in held:
        town.store.outbox.later(letter, "Too Many Requests", town.now)
    assert town.deliver() == []
    town.passes(days=2)
    assert town.deliver() == []
    town.says("siaran 1", "lanjutkan")
    assert len(town.deliver()) == 2


def test_a_paused_one_holds_up_no_other(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.says("siaran Satu", *NOW)
    town.look()
    town.says("siaran 1", "jeda", "siaran Dua", *NOW)
    town.look()
    assert town.deliver() == [("sari", "Dua")]


def test_what_a_worker_holds_is_let_be_when_it_is_called_off(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.says("siaran Halo", *NOW)
    town.look()
    first, _ = town.claim()
    town.says("siaran 1", "batalkan")
    town.store.outbox.later(first, "Too Many Requests", town.now)
    assert town.deliver() == []
    assert town.states() == ["cancelled", "sending"]


def test_only_what_did_not_arrive_is_sent_again_and_once(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani", "tuti", "wati")
    town.says("siaran Halo", *NOW)
    town.look()
    sari, ani, tuti, wati = sorted(town.claim(), key=lambda one: one.id)
    town.store.outbox.sent([(sari, "id1")], town.now)
    town.fails(ani, "Bad Request")
    town.fails(tuti, "uncertain: no answer")
    town.fails(wati, "Forbidden", gone=True)
    fates = town.results().fates
    assert fates == {Fate.SENT: 1, Fate.REFUSED: 1, Fate.UNSURE: 1, Fate.GONE: 1}
    town.says("kirim ulang yang gagal")
    again = town.claim()
    assert [one.address for one in again] == [ani.address]
    town.fails(again[0], "Bad Request")
    town.says("kirim ulang yang gagal", "kirim ulang 1")
    assert town.claim() == []
    assert town.results().people == sum(town.results().fates.values()) == 4


def test_who_came_back_is_sent_it_again(town: Town) -> None:
    town.group("Melati", Zone.WIB, "wati")
    town.says("siaran Halo", *NOW)
    town.look()
    town.fails(town.claim()[0], "Forbidden", gone=True)
    assert town.results().stopped == 1
    town.says("halo", who="wati")
    town.deliver()
    assert (town.results().stopped, town.results().of(Fate.REFUSED)) == (0, 1)
    town.says("kirim ulang yang gagal")
    assert town.deliver() == [("wati", "Halo")]


def test_words_that_waited_for_her_all_follow_but_of_a_weekly_one_only_the_newest(
    town: Town,
) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.says("siaran Hitung kas", "semua", "tiap pekan", "Senin jam 10")
    town.says("siaran Satu", *NOW, "siaran Dua", *NOW)
    for _ in range(3):
        town.passes(days=7, hours=1)
        for letter in town.claim():
            town.held(letter)
    town.opens("sari")
    told = []
    for _ in range(4):
        town.passes(seconds=5)
        told += [words for _, words in town.deliver()]
    assert told == ["Satu", "Dua", "Hitung kas"]


def test_what_the_platform_reports_is_counted_and_never_goes_back(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.says("siaran Halo", *NOW)
    town.look()
    sari, ani = town.claim()
    town.store.outbox.sent([(sari, "a"), (ani, "b")], town.now)
    for message, what in (("a", Report.READ), ("a", Report.DELIVERED), ("b", Report.DELIVERED)):
        town.store.outbox.told(Told(CHANNEL, message, what, town.now))
    assert town.results().fates == {Fate.READ: 1, Fate.DELIVERED: 1}
    assert town.results().of(*TAKEN) == 2


def test_who_leaves_the_group_is_counted_as_stopped(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.says("siaran Halo", *NOW)
    town.look()
    town.deliver()
    town.passes(minutes=1)
    town.says("berhenti", "ya", who="sari")
    assert town.results().stopped == 1


def test_who_has_said_goodbye_is_not_written_to_any_more(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari", "ani")
    town.says("siaran Halo", *NOW)
    town.look()
    town.says("berhenti", "ya", who="sari")
    told = []
    for _ in range(4):
        told += town.deliver()
        town.passes(seconds=5)
    assert told == [("ani", "Halo")]
    assert town.results().fates == {Fate.SENT: 1, Fate.DROPPED: 1}


def test_each_group_gets_its_own_next_tip(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.group("Mawar", Zone.WIB, "tuti")
    town.says("siaran tip", "Melati", "Dua dompet", *NOW)
    town.look()
    (first,) = town.deliver()
    town.says("satu tip tiap Selasa jam 9", "semua kelompok", "mulai")
    town.passes(days=1)
    told = dict(town.deliver())
    assert told["tuti"] == first[1] != told["sari"]
    town.passes(days=7)
    again = dict(town.deliver())
    assert again["tuti"] == told["sari"]
    assert again["sari"] not in told.values()


def test_after_ninety_days_only_the_tips_a_group_has_heard_are_kept(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.says("siaran tip", "Dua dompet", *NOW)
    town.look()
    town.deliver()
    town.passes(days=89)
    town.store.sweep()
    assert (town.results().people, town.states()) == (1, ["sent"])
    town.passes(days=2)
    town.store.sweep()
    assert (town.results().people, town.states()) == (0, [])
    with town.store.transaction() as books:
        assert books.tips_heard([1]) == ["dua-dompet"]


def test_without_a_group_or_with_too_many_planned_none_is_added(town: Town) -> None:
    town.says("siaran Halo")
    assert "kelompok baru" in town.last_to("dewi")
    town.group("Melati", Zone.WIB, "sari")
    for _ in range(21):
        town.says("siaran Halo", "semua", "atur waktu", "besok jam 9")
    town.says("siaran Halo")
    with town.store.transaction() as books:
        assert len(books.broadcasts_open(town.mentor)) == 20
    assert "20 siaran" in town.last_to("dewi")


def test_nobody_else_sees_or_stops_a_mentors_broadcast(town: Town) -> None:
    town.group("Melati", Zone.WIB, "sari")
    town.says("siaran Halo", *NOW)
    town.says("siaran 1", who="sari")
    assert "tidak menemukan" in town.last_to("sari")
    town.says("balas siaran 1", "pilihan 1 1", who="orang lain")
    assert "anggota" in town.last_to("orang lain")
    assert town.broadcast().open
