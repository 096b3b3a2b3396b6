"""Pictures and errands in both databases: taken once, tried again, kept a while, then forgotten."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from bot.app import assemble
from bot.cast import seed
from bot.clerk import MOST_TRIES, Clerk
from bot.domain.changes import MemberLeft
from bot.domain.people import Person
from bot.domain.pictures import (
    A_LOOK,
    HELD_BACK,
    KEPT,
    MOST_KEPT,
    CardDenied,
    CardSeen,
    Looked,
    PhotoLooked,
    PhotoSent,
    PhotoUnread,
    PictureCame,
    PicturePassed,
    Purpose,
    Unreadable,
)
from bot.errands import Errand, ErrandKind
from bot.files import File
from bot.glance import Glance
from bot.ports import Conflict
from bot.sight import Sight
from storage.picture_tables import photo
from storage.store import SqlStore
from storage.tables import errand

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


class World:
    """A store whose clock can be turned, and Sari in it."""

    def __init__(self, engine: Engine) -> None:
        self.now = MORNING
        self.store = SqlStore(engine, lambda: self.now)
        seed(self.store, self.store.invite_mentor("Dewi"), "practice", str.lower)
        with self.store.transaction() as books:
            self.sari: Person = books.meet("practice", "sari")

    def sends(self) -> None:
        with self.store.transaction() as books:
            books.record(PhotoSent(self.sari, "photo:practice:1", Purpose.CHECK, "hai"))

    def looks(self) -> int | None:
        taken = self.store.errands.next(ErrandKind.PHOTO, self.now, LEASE)
        return taken.number if taken else None

    def keeps(self, number: int) -> int | str:
        looked = Looked(b"jpeg", ())
        with self.store.transaction() as books:
            (ready,) = books.record(PhotoLooked(number, self.sari, Purpose.CHECK, "hai", looked))
        return ready.facts["photo"]

    def count(self, table: object) -> int:
        with self.store.engine.connect() as db:
            return int(db.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


@pytest.fixture
def world(engine: Engine) -> World:
    return World(engine)


def test_an_errand_is_taken_once_and_again_when_its_worker_died(world: World) -> None:
    world.sends()
    assert world.store.errands.next(ErrandKind.VOICE, world.now, LEASE) is None
    taken = world.store.errands.next(ErrandKind.PHOTO, world.now, LEASE)
    assert taken is not None
    assert taken.facts == {"purpose": "check", "words": "hai"}
    assert world.looks() is None
    world.now += LEASE
    assert world.looks() == taken.number
    again = []
    for _ in range(10):
        world.now += LEASE
        again.append(world.looks())
    assert again[-1] is None, "a picture that kills its worker is let be at last"


def test_what_is_done_is_done_once(world: World) -> None:
    world.sends()
    number = world.looks()
    assert number is not None
    world.keeps(number)
    with pytest.raises(Conflict), world.store.transaction() as books:
        books.record(PhotoUnread(number, world.sari, Unreadable.OUT_OF_REACH))
    world.now += 2 * LEASE
    assert world.looks() is None


def test_only_the_newest_pictures_are_kept_and_only_hers(world: World) -> None:
    kept = []
    for _ in range(MOST_KEPT + 2):
        world.sends()
        number = world.looks()
        assert number is not None
        kept.append(int(world.keeps(number)))
    assert world.count(photo) == MOST_KEPT
    with world.store.transaction() as books:
        rina = books.meet("practice", "rina")
        assert books.last_photo(world.sari) == kept[-1]
        assert not books.has_photo(world.sari, kept[0])
        assert not books.has_photo(rina, kept[-1])
        assert books.last_photo(rina) is None


def test_they_are_forgotten_in_time_and_when_she_leaves(world: World) -> None:
    world.sends()
    number = world.looks()
    assert number is not None
    world.keeps(number)
    world.store.sweep()
    assert world.count(photo) == 1
    world.now += KEPT
    with world.store.transaction() as books:
        assert books.last_photo(world.sari) is None
    world.store.sweep()
    assert world.count(photo) == 0
    assert world.count(errand) == 0
    world.sends()
    number = world.looks()
    assert number is not None
    world.keeps(number)
    with world.store.transaction() as books:
        (mine,) = books.memberships(world.sari)
        books.record(MemberLeft(mine, books.group(mine.group)))
    world.store.sweep()
    assert world.count(photo) == 0


def came(world: World) -> tuple[int, PictureCame]:
    """A picture came, and is about to be looked at."""
    one = PictureCame(world.sari, "photo:practice:1", "ini bu", "", world.now)
    with world.store.transaction() as books:
        books.record(one)
    taken = world.store.errands.next(ErrandKind.GLANCE, world.now, LEASE)
    assert taken is not None
    return taken.number, one


def test_what_passed_is_heard_once_and_nothing_of_it_stays(engine: Engine) -> None:
    world = World(engine)
    number, one = came(world)
    with world.store.transaction() as books:
        books.record(PicturePassed(number, one))
    assert world.count(errand) == 0
    with pytest.raises(Conflict), world.store.transaction() as books:
        books.record(PicturePassed(number, one))


def test_what_is_held_back_waits_an_hour_for_her_word(engine: Engine) -> None:
    world = World(engine)
    number, _ = came(world)
    with world.store.transaction() as books:
        books.record(CardSeen(number, world.sari))
        assert books.held_back(world.sari)
    world.store.sweep()
    with world.store.transaction() as books:
        books.record(CardDenied(world.sari))
        assert not books.held_back(world.sari)
    again = world.store.errands.next(ErrandKind.GLANCE, world.now, LEASE)
    assert again is not None
    assert again.facts["vouched"]
    with world.store.transaction() as books:
        books.record(CardSeen(number, world.sari))
    world.now += HELD_BACK + timedelta(seconds=1)
    with world.store.transaction() as books:
        assert not books.held_back(world.sari)
    world.store.sweep()
    assert world.count(errand) == 0


def test_hers_come_in_order_unless_one_takes_too_long(engine: Engine) -> None:
    world = World(engine)

    def taken() -> int | None:
        one = world.store.errands.next(ErrandKind.GLANCE, world.now, LEASE)
        return one.number if one else None

    with world.store.transaction() as books:
        rina = books.meet("practice", "rina")
        assert not books.at_the_gate(world.sari)
        for who in (world.sari, world.sari, rina):
            books.record(PictureCame(who, "photo:practice:1", "", "", world.now))
        assert books.at_the_gate(world.sari)
    first, other = taken(), taken()
    assert first is not None
    assert other == first + 2, "Rina does not wait for Sari"
    assert taken() is None
    with world.store.transaction() as books:
        books.record(CardSeen(first, world.sari))
    assert taken() == first + 1
    world.now += A_LOOK
    with world.store.transaction() as books:
        assert not books.at_the_gate(world.sari)
        books.record(PictureCame(world.sari, "photo:practice:2", "", "", world.now))
    assert taken() == first + 3


async def test_a_slow_channel_holds_up_no_other(engine: Engine) -> None:
    world = World(engine)
    with world.store.transaction() as books:
        rina = books.meet("practice", "rina")
        books.record(PictureCame(world.sari, "photo:slow:1", "", "", world.now))
        books.record(PictureCame(rina, "photo:practice:1", "", "", world.now))

    async def never(_: str) -> File:
        await asyncio.Event().wait()
        raise AssertionError

    async def fetch(_: str) -> File:
        return File(b"%PDF-1.7", "application/pdf")

    runner, glance = (
        assemble(world.store, lambda: world.now),
        Glance({"slow": never, "practice": fetch}),
    )
    done = asyncio.Event()
    clerks = [
        Clerk(glance, world.store.errands, runner, lambda: world.now, done.set) for _ in range(2)
    ]
    async with asyncio.timeout(10):
        working = [asyncio.create_task(one.run()) for one in clerks]
        await done.wait()
    for one in working:
        one.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    with world.store.transaction() as books:
        assert books.at_the_gate(world.sari)
        assert not books.at_the_gate(rina)


class Odd(Sight):
    """Meets a picture that nobody thought of."""

    async def do(self, errand: Errand) -> PhotoLooked | PhotoUnread:
        raise ZeroDivisionError(errand.number)


def test_an_odd_picture_stops_nobody_and_is_given_up(world: World) -> None:
    world.sends()
    runner = assemble(world.store, lambda: world.now)
    clerk = Clerk(Odd({}), world.store.errands, runner, lambda: world.now)
    for _ in range(MOST_TRIES):
        asyncio.run(clerk.finish())
        world.now += Odd.lease * 2
    assert world.looks() is None
    with world.store.transaction() as books:
        said = books.spoken(world.sari, MORNING, 1)
    assert [kind for kind, _ in said] == ["answer"]
