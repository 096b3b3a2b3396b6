"""The real program, killed again and again in a storm: nothing is lost, nothing is twice."""

from __future__ import annotations

import itertools
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from storage.ledger_tables import balance, claim, entry, posting
from storage.outgoing import outbox
from storage.tables import inbox, member, person
from tests.processes.talking import PATIENCE, Talk, begin, killed
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Seen
from tests.servers.program import Program, running

#: Messages of the storm, and how often the program is killed while it lasts.
MESSAGES, KILLS = 200, 3

_RUPIAH = re.compile(r"Rp([\d.]+)")


class Storm:
    """Several people at once, each in her own thread, while the program dies and comes back.

    ``fates`` says what is to become of each amount; no two deposits are of the same amount, so
    what stands in the books can be told from it alone.
    """

    def __init__(self, people: dict[str, Talk], seed: int) -> None:
        self.people, self.seed = people, seed
        self.fates: dict[int, str] = {}
        self.givers: dict[int, str] = {}
        self._amounts = itertools.count(5_000, 100)
        self._left = MESSAGES
        self._lock = threading.Lock()
        self._before = self.said

    @property
    def said(self) -> int:
        return sum(one.said for one in self.people.values())

    @property
    def messages(self) -> int:
        """How many of the storm's messages were said."""
        return self.said - self._before

    def run(self) -> None:
        members = [name for name in self.people if name not in {"Dewi", "Rina"}]
        parts: list[Callable[[], None]] = [self._holder, self._mentor]
        parts += [lambda name=name: self._member(name) for name in members]  # type: ignore[misc]
        with ThreadPoolExecutor(len(parts)) as pool:
            for done in [pool.submit(part) for part in parts]:
                done.result()

    def _chance(self, name: str) -> random.Random:
        return random.Random(f"{self.seed}{name}")  # noqa: S311 - a test's own luck

    def _new(self, giver: str, fate: str) -> int:
        with self._lock:
            amount = next(self._amounts)
            self.fates[amount], self.givers[amount] = fate, giver
            return amount

    def _over(self) -> bool:
        return self.messages >= MESSAGES

    def _member(self, name: str) -> None:
        her, chance = self.people[name], self._chance(name)
        while not self._over():
            what = chance.choice(["received"] * 5 + ["refused", "withdrawn", "saldo", "riwayat"])
            if what == "saldo":
                her.says("saldo", "Celengan Ibu sekarang")
            elif what == "riwayat":
                her.writes("riwayat")
            elif what == "withdrawn":
                self._withdraws(her, self._new(name, what))
            else:
                self._gives(her, self._new(name, what), chance)

    def _gives(self, her: Talk, amount: int, chance: random.Random) -> None:
        if chance.random() < 0.2:
            her.writes("setor")
            words = f"{amount}"
        else:
            dotted = f"{amount:,}".replace(",", ".")
            words = chance.choice([f"setor {amount}", f"nabung Rp{dotted}", f"saya setor {dotted}"])
        her.writes(words)
        if chance.random() < 0.6:  # at other times she writes on without looking
            shown = rupiah(amount)
            ends = (f"Bu Rina: {shown}", f"Bu Rina bilang {shown}")
            her.hears_one(lambda it: any(end in it.text for end in ends), shown)

    def _withdraws(self, her: Talk, amount: int) -> None:
        shown = rupiah(amount)
        her.says(f"setor {amount}", f"{shown} menunggu")
        her.writes("batal")
        # An older question may come a second time after a death: only one with our amount is ours.
        asked = her.hears_one(
            lambda it: shown in f"{it.text} {it.buttons}" and "atalkan" in it.text
        )
        if "Ya, batalkan" not in asked.buttons:
            label = next(one for one in asked.buttons if one.startswith(shown))
            asked = her.presses(label, asked, f"Batalkan setoran {shown}")
        her.presses("Ya, batalkan", asked, f"{shown} tidak jadi dicatat")

    def _holder(self) -> None:
        """Answers every question about a deposit as it is fated; writes lists; presses old buttons."""
        rina, chance = self.people["Rina"], self._chance("Rina")
        answered: dict[int, Seen] = {}
        while True:
            over = self._over()
            new = [
                (amount_in(one.text), one)
                for one in rina.who.sees
                if "menyerahkan Rp" in one.text and amount_in(one.text) not in answered
            ]
            for amount, one in new:
                answered[amount] = one
                if self.fates[amount] == "received":
                    rina.presses("Sudah", one)
                elif self.fates[amount] == "refused":
                    rina.presses("Belum", one)
            old = self._old(answered)
            if old and chance.random() < 0.1:
                rina.presses(chance.choice(["Sudah", "Belum"]), chance.choice(old))
            if not over and chance.random() < 0.1:
                self._writes_down(rina)
            if over and set(self._claimed()) <= set(answered):
                return
            with rina.who.world.changed:
                rina.who.world.changed.wait(0.2)

    def _old(self, answered: dict[int, Seen]) -> list[Seen]:
        return [one for amount, one in answered.items() if self.fates[amount] != "withdrawn"]

    def _claimed(self) -> list[int]:
        with self._lock:
            return [amount for amount, fate in self.fates.items() if fate != "written"]

    def _writes_down(self, rina: Talk) -> None:
        names = [name for name in self.people if name not in {"Dewi", "Rina"}]
        amounts = [self._new(name, "written") for name in names]
        lines = "\n".join(f"{name} {amount}" for name, amount in zip(names, amounts, strict=True))
        asked = rina.says(f"catat\n{lines}", f"Jumlahnya {rupiah(sum(amounts))}")
        rina.presses("Ya, catat", asked, "Tercatat")

    def _mentor(self) -> None:
        dewi, chance = self.people["Dewi"], self._chance("Dewi")
        while not self._over():
            dewi.writes(chance.choice(["siapa", "saldo", "bantuan", "undang"]))
            time.sleep(chance.random() / 2)


def amount_in(text: str) -> int:
    found = _RUPIAH.search(text)
    assert found, text
    return int(found[1].replace(".", ""))


def rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def kill_at_random(
    program: Program, server: BotApi, engine: Engine, storm: Storm, chance: random.Random
) -> None:
    """Kill it while a random message is on its way, and start it again at once."""
    moments = sorted(chance.sample(range(10, MESSAGES - 10), KILLS))
    for moment in moments:
        server.wait(lambda moment=moment: storm.messages >= moment, PATIENCE)  # type: ignore[misc]
        time.sleep(chance.random() / 10)
        killed(program, engine)


@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [("sqlite", False), ("postgresql", True)],
    ids=["sqlite, polling", "postgresql, webhook"],
    indirect=["database_url"],
)
def test_killed_in_the_middle_of_two_hundred_messages(
    server: BotApi, database_url: str, engine: Engine, tmp_path: Path, *, webhook: bool
) -> None:
    seed = int(os.environ.get("TEST_SEED") or random.SystemRandom().randrange(10**6))
    chance = random.Random(seed)  # noqa: S311 - a test's own luck
    print(f"seed {seed}")  # noqa: T201 - pytest shows it with the failure
    server.twice = webhook
    with running(Program(tmp_path, database_url, server, webhook=webhook)) as program:
        people = begin(program, server, ("Sari", "Ani", "Tuti"))
        storm = Storm(people, seed)
        with ThreadPoolExecutor(1) as pool:
            killing = pool.submit(kill_at_random, program, server, engine, storm, chance)
            storm.run()
            killing.result()
        assert storm.messages >= MESSAGES
        assert program.starts == KILLS + 1
        everything_arrives(server, engine)
    assert_every_message_was_heard(engine, storm)
    assert_every_letter_was_seen(server, engine)
    assert_books(engine, storm)


def everything_arrives(server: BotApi, engine: Engine) -> None:
    """Wait until nothing is on its way in or out."""
    server.wait(lambda: server.pending == 0, PATIENCE)
    until = time.monotonic() + PATIENCE
    waiting = select(func.count()).where(outbox.c.state.in_(("waiting", "sending")))
    with engine.connect() as db:
        while db.execute(waiting).scalar_one():
            assert time.monotonic() < until, "letters never went out"
            db.rollback()
            time.sleep(0.2)


def assert_every_message_was_heard(engine: Engine, storm: Storm) -> None:
    with engine.connect() as db:
        heard = db.execute(select(func.count()).select_from(inbox)).scalar_one()
    assert heard == storm.said


def assert_every_letter_was_seen(server: BotApi, engine: Engine) -> None:
    """What the outbox holds stands on the phones, each at least once."""
    with engine.connect() as db:
        rows = db.execute(select(outbox.c.state, outbox.c.platform_id)).all()
    assert {row.state for row in rows} == {"sent"}
    with server.world.changed:
        shown = {str(number) for chat in server.world.chats.values() for number in chat.messages}
    assert {row.platform_id for row in rows} <= shown
    assert len({row.platform_id for row in rows}) == len(rows)


def assert_books(engine: Engine, storm: Storm) -> None:
    booked = {"received", "written"}
    due = Counter[str]()
    for amount, fate in storm.fates.items():
        due[storm.givers[amount]] += amount if fate in booked else 0
    with engine.connect() as db:
        names = select(member.c.number, person.c.name).join(person, person.c.id == member.c.person)
        name_of = {row.number: row.name for row in db.execute(names)}
        entries = [(name_of[row.member], row.rupiah) for row in db.execute(select(entry))]
        states = Counter((row.rupiah, row.state) for row in db.execute(select(claim)))
        sums = select(func.sum(posting.c.rupiah)).group_by(posting.c.entry)
        cached = select(balance.c.member, -balance.c.rupiah).where(balance.c.account == "savings")
        saved = {name_of[number]: int(rupiah) for number, rupiah in db.execute(cached)}
        assert {int(total) for total in db.execute(sums).scalars()} == {0}
    assert sorted(entries) == sorted(
        (storm.givers[amount], amount) for amount, fate in storm.fates.items() if fate in booked
    )
    fated = {(amount, fate): 1 for amount, fate in storm.fates.items() if fate != "written"}
    assert states == fated
    assert saved == {name: amount for name, amount in due.items() if amount}
