"""Consultations in the database: what was asked before moves over, and who answers next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from bot import asked
from bot.cast import seed
from bot.domain import changes
from bot.domain.calendar import Zone
from bot.domain.consultations import (
    MOST_OPEN,
    ConsultationClosed,
    HandedOn,
    InboxSize,
    Judged,
    PutOff,
    QuestionTried,
    State,
    Tried,
    Verdict,
)
from bot.domain.people import Person
from bot.ports import Conflict
from storage.books import SqlBooks
from storage.migrating import migrate
from storage.store import SqlStore, connect

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

_BEFORE = """
INSERT INTO person (id, name, sapaan, met_at) VALUES (1, 'Sari', 'Bu', '2026-11-23'),
 (2, 'Dewi', 'Bu', '2026-11-23');
INSERT INTO savings_group (id, name, place, zone, code, opened_at)
 VALUES (1, 'Melati', 'x', 'WIB', 'ABC', '2026-11-23');
INSERT INTO question (id, group_id, asker, words, media, asked_at, answered_by, answer, answered_at)
 VALUES (7, 1, 1, 'kapan kumpul', '', '2026-11-23 02:00:00.000000', 2, 'besok',
 '2026-11-23 03:00:00.000000'),
 (9, 1, 1, '', 'photo:telegram\\:x', '2026-11-23 04:00:00.000000', NULL, NULL, NULL)
"""


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def test_questions_move_over_under_their_numbers(empty: Engine) -> None:
    migrate(empty, "0031")
    with empty.connect() as connection:
        for statement in _BEFORE.split(";"):
            connection.execute(text(statement))
        connection.commit()
    migrate(empty)
    with SqlStore(empty, lambda: MONDAY).transaction() as books:
        answered, waiting = books.consultation(7), books.consultation(9)
        assert answered is not None
        assert waiting is not None
        assert (answered.state, waiting.state) == (State.ANSWERED, State.NEW)
        assert [one.words for one in books.parts(7, 9)] == ["kapan kumpul", "besok"]
        assert [one.media for one in books.parts(9, 9)] == ["photo:telegram:x"]
        sari = books.person(1)
        passed = changes.WordsPassed(sari, books.group(1), "lagi", anew=True)
        assert books.record(passed)[0].facts["question"] == 10


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    store = SqlStore(engine, lambda: MONDAY)
    seed(store, store.invite_mentor("Dewi"), "practice", str.lower)
    return store


def asks(books: SqlBooks, words: str, *, anew: bool = False) -> int:
    """Sari asks; the number of her consultation."""
    sari = books.meet("practice", "sari")
    group = books.group(books.memberships(sari)[0].group)
    return int(
        books.record(changes.WordsPassed(sari, group, words, anew=anew))[0].facts["question"]
    )


def mentors(store: SqlStore, *names: str) -> list[Person]:
    """More mentors of the same institution, each with a chat."""
    made = []
    for name in names:
        code = store.invite_mentor(name)
        with store.transaction() as books:
            who = books.meet("practice", name.lower())
            books.record(changes.MentorJoined(who, code))
            made.append(books.person(who.id))
    return made


def test_the_next_mentor_has_the_fewest_and_was_not_asked(store: SqlStore) -> None:
    wati, lina = mentors(store, "Wati", "Lina")
    with store.transaction() as books:
        first = books.consultation(asks(books, "satu", anew=True))
        assert first is not None
        assert books.next_mentor(first) == wati  # nobody has any: who came first
        books.record(HandedOn(first.number, first.asker, wati, by=None))
        second = books.consultation(asks(books, "dua", anew=True))
        assert second is not None
        assert books.next_mentor(second) == lina
        first = books.consultation(first.number)
        assert first is not None
        # Handed to one alone, her own mentor comes first again.
        assert [one.name for one in [books.next_mentor(first)] if one] == ["Dewi"]


def test_with_one_mentor_there_is_no_next(store: SqlStore) -> None:
    with store.transaction() as books:
        it = books.consultation(asks(books, "satu"))
        assert it is not None
        assert books.next_mentor(it) is None


def test_only_one_mentor_answers(store: SqlStore) -> None:
    (wati,) = mentors(store, "Wati")
    with store.transaction() as books:
        number = asks(books, "satu")
        dewi, sari = books.mentors(1)[0], books.meet("practice", "sari")
        books.record(changes.WordsAnswered(number, sari, dewi, "ini"))
        with pytest.raises(Conflict):
            books.record(changes.WordsAnswered(number, sari, wati, "bukan"))


def test_words_join_within_the_hour_and_open_ones_have_a_limit(engine: Engine) -> None:
    now = [MONDAY]
    clock: Callable[[], datetime] = lambda: now[0]  # noqa: E731 - moved by the test
    store = SqlStore(engine, clock)
    seed(store, store.invite_mentor("Dewi"), "practice", str.lower)

    def said(*, anew: bool = False) -> int:
        with store.transaction() as books:
            return asks(books, "x", anew=anew)

    first = said()
    now[0] += timedelta(minutes=59)
    assert said() == first
    now[0] += timedelta(minutes=61)
    assert said() == first + 1
    numbers = {said(anew=True) for _ in range(MOST_OPEN + 5)}
    assert len(numbers) == MOST_OPEN - 2


def test_the_report_counts_and_keeps_words_only_where_they_may_be(store: SqlStore) -> None:
    with store.transaction() as books:
        dewi = books.meet("practice", "dewi")
        group = books.groups_led(dewi)[0]
        books.record(QuestionTried(group, Tried("rahasia", (Judged(Verdict.NONE),))))
        books.record(changes.TeachingChanged(group, teaches=True))
        group = books.group(group.id)
        none = (Judged(Verdict.NONE),)
        for words in ("Cara ekspor ke Penang", "cara  ekspor ke penang", "beda"):
            books.record(QuestionTried(group, Tried(words, none)))
        read = (Judged(Verdict.NOT_YET, "hpp-apa"), Judged(Verdict.YES, "hpp-hitung"))
        books.record(QuestionTried(group, Tried("hpp", read)))
    lines = list(asked.report(store.tried_questions(100)))
    assert lines == [
        "Tanpa jawaban: 4",
        "  2x  cara ekspor ke penang",
        "  1x  beda",
        "  1x  (kata-katanya tidak disimpan; lihat belajar)",
        "Artikel, yang paling jarang membantu lebih dulu: membantu, belum, tanya pendamping",
        "     0    1    0  hpp-apa",
        "     1    0    0  hpp-hitung",
    ]


def test_the_inbox_is_in_the_order_in_which_they_wait(engine: Engine) -> None:
    now = [MONDAY]
    store = SqlStore(engine, lambda: now[0])
    seed(store, store.invite_mentor("Dewi"), "practice", str.lower)
    numbers = []
    for _ in range(5):
        with store.transaction() as books:
            numbers.append(asks(books, "x", anew=True))
        now[0] += timedelta(hours=1)
    first, second, third, fourth, fifth = numbers
    with store.transaction() as books:
        dewi, sari = books.mentors(1)[0], books.meet("practice", "sari")
        books.record(changes.WordsAnswered(first, sari, dewi, "begini"))
        books.record(PutOff(second, MONDAY.date() + timedelta(days=1)))
        books.record(ConsultationClosed(third, sari, dewi))
        books.record(changes.WordsAnswered(fourth, sari, dewi, "yang mana bu?"))
        books.record(changes.WordsPassed(sari, books.group(1), "yang itu", consultation=first))
        found = books.inbox(dewi, 0, 9)
        assert [one.number for one in found] == [fifth, first, second, fourth]
        assert [one.state for one in found][::3] == [State.NEW, State.WAITING]
        assert [one.number for one in books.inbox(dewi, 1, 2)] == [first, second]
        assert books.inbox_size(dewi) == InboxSize(waiting=2, later=1, answered=1)
        assert books.to_nudge(Zone.WIB, 9) == []
    now[0] += timedelta(hours=30)
    with store.transaction() as books:
        assert {one.number for one in books.to_nudge(Zone.WIB, 9)} == {first, second, fifth}
        assert books.to_nudge(Zone.WIT, 9) == []
    now[0] += timedelta(days=7)
    with store.transaction() as books:
        assert [one.number for one in books.to_close(Zone.WIB, 9)] == [fourth]
        assert books.going_on(books.meet("practice", "sari")) is None
