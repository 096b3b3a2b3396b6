"""The real program against a Bot API, killed again and again: nothing is lost, nothing is twice."""

from __future__ import annotations

import itertools
import os
import random
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, create_engine, func, make_url, select, text, update

from bot.cli import main
from bot.config import Settings
from storage.ledger_tables import balance, claim, entry, posting
from storage.outgoing import outbox
from storage.store import connect
from storage.tables import inbox, member, person
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person, Seen
from tests.servers.program import Program, free_port, running

#: Seconds anybody waits for an answer, restarts included.
PATIENCE = 60

#: Messages of the storm, and how often the program is killed while it lasts.
MESSAGES, KILLS = 200, 3

_RUPIAH = re.compile(r"Rp([\d.]+)")


@pytest.fixture
def server() -> Iterator[BotApi]:
    with BotApi() as made:
        yield made
    assert not made.violations


class Talk:
    """One person's side: says things and waits for what comes back, however long that takes."""

    def __init__(self, who: Person) -> None:
        self.who, self.said = who, 0
        self._seen = 0

    def says(self, words: str, expecting: str) -> Seen:
        """Writes, and waits for a new message that has these words in it."""
        self.writes(words)
        return self.hears(expecting)

    def writes(self, words: str) -> None:
        self._seen = max((one.id for one in self.who.sees), default=0)
        self.who.writes(words)
        self.said += 1

    def presses(self, label: str, on: Seen | None, expecting: str = "") -> Seen:
        """Presses a button of a message, or the newest; waits as ``says`` does."""
        self._seen = max((one.id for one in self.who.sees), default=0)
        self.who.presses(label, on)
        self.said += 1
        return self.hears(expecting) if expecting else self.who.sees[-1]

    def hears(self, words: str) -> Seen:
        return self.hears_one(lambda it: words in it.text, words)

    def hears_one(self, fits: Callable[[Seen], bool], named: str = "it") -> Seen:
        found: list[Seen] = []

        def there() -> bool:
            found[:] = [one for one in self.who.sees if one.id > self._seen and fits(one)][:1]
            return bool(found)

        with self.who.world.changed:
            came = self.who.world.changed.wait_for(there, PATIENCE)
        assert came, (
            f"{self.who.name} never heard {named!r}, but {[one.text[:60] for one in self.who.sees[-9:]]}"
        )
        return found[0]


def open_the_group(dewi: Talk, code: str) -> str:
    """From the mentor's code to a group; its join code."""
    dewi.says(f"/start m_{code}", "Dewi")
    dewi.says("kelompok baru Melati", "berkumpul di mana")
    dewi.says("Tanjung Jati", "ikut yang mana")
    dewi.presses("WIB", None, "Sampai kapan")
    dewi.presses("Lewati", None, "start=g_")
    link = next(one.text for one in reversed(dewi.who.sees) if "start=g_" in one.text)
    found = re.search(r"t\.me/pendamping_uji_bot\?start=g_(\w+)", link)
    assert found
    return found[1]


def join(her: Talk, code: str) -> None:
    her.says(f"/start g_{code}", "Dua pesan pendek")
    her.presses("Lanjut", None, "Kesepakatan kelompok")
    her.presses("Lanjut", None, "Data Ibu")
    her.presses("Setuju", None, "Mau dipanggil siapa")
    her.says(f"bu {her.who.name.lower()}", "usahanya apa")
    her.says("gorengan", "Biasanya mau menabung")
    her.presses("Rp10.000", None, "diingatkan jam")
    her.says("lewati", f"Bu {her.who.name} sudah menjadi anggota")


def begin(program: Program, server: BotApi, names: tuple[str, ...]) -> dict[str, Talk]:
    """Invite the mentor, let everybody join, and make Rina the holder; the people by name."""
    invited = program.asked("mentor", "invite", "Dewi")
    assert invited.returncode == 0, invited.stderr
    lines = dict(line.split(": ", 1) for line in invited.stdout.splitlines())
    assert lines["telegram"] == f"https://t.me/pendamping_uji_bot?start=m_{lines['code']}"

    people = {name: Talk(server.person(name)) for name in ("Dewi", "Rina", *names)}
    code = open_the_group(people["Dewi"], lines["code"])
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda name: join(people[name], code), ("Rina", *names)))
    people["Dewi"].says("pemegang Rina", "saya tanya dulu")
    asked = people["Rina"].hears("diminta memegang celengan")
    people["Rina"].presses("Bersedia", asked, "memegang celengan")
    people["Dewi"].hears("Bu Rina")
    return people


def killed(program: Program, engine: Engine) -> None:
    """Kill it and start it again; the minute for which the dead held their letters is over at once."""
    program.kill()
    now = datetime.now(UTC)
    with engine.begin() as db:
        db.execute(update(outbox).where(outbox.c.state == "sending").values(due_at=now))
    program.start()


# Three people, once through


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_three_people_from_the_invitation_to_the_balance(
    server: BotApi, database_url: str, engine: Engine, tmp_path: Path, *, webhook: bool
) -> None:
    server.twice = webhook
    with running(Program(tmp_path, database_url, server, webhook=webhook)) as program:
        people = begin(program, server, ("Sari",))
        sari, rina = people["Sari"], people["Rina"]
        sari.says("setor 10rb", "Rp10.000 menunggu Bu Rina")
        asked = rina.hears("Bu Sari menyerahkan Rp10.000")
        rina.presses("Sudah", asked, "sudah masuk catatan")
        sari.hears("sepuluh ribu rupiah")
        sari.says("saldo", "Rp10.000")

        rina.presses("Sudah", asked, "Cukup satu kali")
        server.wait(lambda: not server.unanswered)
        killed(program, engine)
        rina.presses("Belum", asked, "Cukup satu kali")
        sari.says("saldo", "Rp10.000")
        server.wait(lambda: not server.unanswered)


# The storm


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
            if answered and chance.random() < 0.1:
                rina.presses(chance.choice(["Sudah", "Belum"]), chance.choice(self._old(answered)))
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


# Trouble


@contextmanager
def away(database_url: str) -> Iterator[None]:
    """Nobody gets into the database: PostgreSQL throws everybody out, SQLite's file is held."""
    url = make_url(database_url)
    engine = connect(database_url)
    if url.get_backend_name() == "sqlite":
        with engine.connect() as holding:
            holding.execute(select(1))
            yield
            holding.rollback()
        engine.dispose()
        return
    engine.dispose()
    guard = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with guard.connect() as db:
        name = url.database
        db.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        db.execute(text(out), {"name": name})
        try:
            yield
        finally:
            db.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    guard.dispose()


def test_the_database_is_away_for_a_while(
    server: BotApi, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":  # which else waits ten seconds for whoever holds it
        url = url.set(query={"timeout": "1"})
    address = url.render_as_string(hide_password=False)
    with running(Program(tmp_path, address, server, webhook=True)) as program:
        people = begin(program, server, ("Sari",))
        sari, rina = people["Sari"], people["Rina"]
        with away(database_url):
            begun = len(server.brought)
            sari.writes("setor 10rb")
            server.wait(lambda: 503 in statuses(server, begun), PATIENCE)
            assert set(statuses(server, begun)) == {503}
            assert engine.dialect.name == "sqlite" or health(program) == 503
        sari.hears("Rp10.000 menunggu Bu Rina")
        rina.presses("Sudah", rina.hears("Bu Sari menyerahkan Rp10.000"), "sudah masuk catatan")
        sari.says("saldo", "Rp10.000")
        assert health(program) == 200
        with engine.connect() as db:
            assert db.execute(select(func.count()).select_from(entry)).scalar_one() == 1


def statuses(server: BotApi, begun: int) -> list[int]:
    return [status for _, status in server.brought[begun:]]


def health(program: Program) -> int:
    return httpx.get(f"{program.url}/health", timeout=10, trust_env=False).status_code


def refused(program: Program, *arguments: str) -> str:
    """What a command that cannot go on says: one sentence, no traceback, exit code 1."""
    done = program.asked(*arguments)
    assert done.returncode == 1
    assert not done.stdout
    assert "Traceback" not in done.stderr
    *_, last = done.stderr.strip().splitlines()
    return last


def test_an_unreachable_database_stops_it_with_a_sentence(tmp_path: Path) -> None:
    program = Program(tmp_path, f"postgresql+psycopg://me:geheim@127.0.0.1:{free_port()}/books")
    for command in (("run",), ("mentor", "invite", "Dewi")):
        said = refused(program, *command)
        assert said.startswith("DATABASE_URL: ")
        assert "cannot be reached" in said
        assert "geheim" not in said


def test_a_wrong_token_stops_it_with_a_sentence(server: BotApi, tmp_path: Path) -> None:
    program = Program(tmp_path, f"sqlite:///{tmp_path}/books.db", server)
    program.settings["TELEGRAM_BOT_TOKEN"] = "1:wrong"
    said = refused(program, "run")
    assert said.startswith("TELEGRAM_BOT_TOKEN: ")
    assert "1:wrong" not in said


def test_a_port_in_use_stops_it_with_a_sentence(tmp_path: Path) -> None:
    program = Program(tmp_path, f"sqlite:///{tmp_path}/books.db")
    with socket.create_server(("127.0.0.1", program.port)):
        assert refused(program, "run").startswith("PORT: ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DATABASE_URL": "mysql://me@host/db"}, "DATABASE_URL: an address like sqlite:///"),
        ({"DATABASE_URL": "books.db"}, "DATABASE_URL: an address like sqlite:///"),
        ({"PORT": "99999"}, "PORT: a number from 1 to 65535"),
        ({"PORT": "eight"}, "PORT: "),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: "),
        ({"PRACTICE": "maybe"}, "PRACTICE: "),
        ({"PUBLIC_URL": "http://example.org"}, "PUBLIC_URL: an https address"),
        ({"PUBLIC_URL": "example.org"}, "PUBLIC_URL: an address like https://"),
        ({"TELEGRAM_BOT_TOKEN": "1:a", "PUBLIC_URL": "https://e.org"}, "TELEGRAM_WEBHOOK_SECRET: "),
        (
            {
                "WHATSAPP_PHONE_NUMBER_ID": "1",
                "WHATSAPP_ACCESS_TOKEN": "geheim",
                "WHATSAPP_APP_SECRET": "geheim",
            },
            "WHATSAPP_VERIFY_TOKEN: set it too",
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_it_with_its_name(
    wrong: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["pendamping", "run"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    shown = capsys.readouterr()
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1
    assert "geheim" not in shown.err
