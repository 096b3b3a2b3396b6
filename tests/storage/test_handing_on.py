"""Books handed on: exports that other programs check, and a copy of everything that comes back whole."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.domain import ledger_changes as changes
from bot.domain import payout_changes
from bot.domain.cash import CashKind
from bot.domain.changes import DepositClaimed
from bot.domain.journal import told_apart
from bot.domain.ledger import difference, reversal, to_bank, withdrawal
from bot.domain.money import Money
from bot.exports import beancount, comma_separated, hledger, workbook
from bot.printing.book import group_book, member_book
from storage.copying import CannotCopy, backup, restore
from storage.journal import NoSuchGroup, read_journal
from storage.migrations.rules import waive
from storage.store import SqlStore, connect
from storage.verifying import verify
from tests.servers.program import Program
from tests.storage.conftest import DAY, MONDAY, Kept
from tests.storage.journals import HLEDGER, WITHOUT, by_beancount, by_hledger, check_exports


@pytest.fixture
def booked(kept: Kept) -> Kept:
    rina, first = kept.rina.number, kept.save(kept.sari, 1_000)
    kept.save(kept.ani, 2_000)
    off = difference(rina, Money(3_000), Money(2_500), DAY)
    assert off is not None
    kept.book(
        reversal(first, DAY),
        withdrawal(kept.ani.number, rina, Money(500), DAY),
        off,
        to_bank(rina, Money(1_000), DAY),
    )
    kept.save(kept.sari, 3_000)
    return kept


def test_what_is_exported(booked: Kept) -> None:
    check_exports(booked.store, booked.group)
    with booked.store.snapshot() as db:
        journal = read_journal(db, "Melati")
    first = hledger(journal).decode()
    assert "account Kewajiban:Tabungan\n    ; type: L\n" in first
    assert "    Aktiva:Kas:Rina  IDR 1000 = IDR 1000\n" in first
    assert "    Kewajiban:Tabungan:Sari  IDR -1000 = IDR -1000\n" in first
    rows = list(csv.reader(io.StringIO(comma_separated(journal).decode("utf-8-sig"))))
    assert [row[:5] for row in rows[1:3]] == [
        ["1", "2026-11-23", "Setoran", "Sari", "1000"],
        ["2", "2026-11-23", "Setoran", "Ani", "2000"],
    ]
    with zipfile.ZipFile(io.BytesIO(workbook(journal))) as sheets:
        assert "xl/worksheets/sheet2.xml" in sheets.namelist()


def test_bean_check_itself_agrees(booked: Kept, tmp_path: Path) -> None:
    with booked.store.snapshot() as db:
        written = beancount(read_journal(db, booked.group.code.lower()))
    (tmp_path / "melati.beancount").write_bytes(written)
    tool = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([tool, tmp_path / "melati.beancount"], capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "names",
    [
        ("de Wati", "Émilie", "Émilie"),
        ("Sari 2", "Sari", "Sari"),
        ("=1+1; a", "a  b\n(c)", ";;"),
        ("Kas", "Kas:Bank", "@Kas | 5 IDR"),
        ("\t=1+1", "\r=1", "\n=1"),
        ("a;=1+1", "a; =1", "a;\t1"),
    ],
)
def test_names_are_whatever_people_are_called(booked: Kept, names: tuple[str, str, str]) -> None:
    people = [one.person.id for one in (booked.rina, booked.sari, booked.ani)]
    with booked.store.engine.begin() as connection:
        for person, name in zip(people, names, strict=True):
            called = {"person": person, "name": name}
            connection.execute(text("UPDATE person SET name = :name WHERE id = :person"), called)
    with booked.store.snapshot() as db:
        journal = read_journal(db, "Melati")
    with booked.store.books() as books:
        kept = sorted(money.rupiah for money in books.balances(booked.group.id).values())
    assert sorted(by_beancount(journal).values()) == kept
    if HLEDGER:
        assert sorted(by_hledger(journal).values()) == kept
    written = comma_separated(journal).decode("utf-8-sig")
    for divided_by in ",;":  # a spreadsheet divides as people do where it runs
        cells = csv.reader(io.StringIO(written, newline=""), delimiter=divided_by)
        begins = {cell[:1] for row in cells for cell in row}
        assert not begins & set("=+@\t\r\n")


@given(
    st.dictionaries(st.integers(1, 60), st.sampled_from(["", "Ani", "Ani 2", "Ani 2 3", "Budi"]))
)
def test_each_has_a_name_of_her_own(names: dict[int, str]) -> None:
    told = told_apart(names)
    assert told.keys() == names.keys()
    assert all(told.values())
    assert len(set(told.values())) == len(told)


def test_beancount_sees_who_was_not_paid_out(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        waive(connection)
        connection.execute(text("UPDATE savings_group SET closed_at = '2026-11-23'"))
    with pytest.raises(AssertionError, match="Balance failed"):
        check_exports(booked.store, booked.group)


def test_a_claim_that_waits_is_not_exported(kept: Kept) -> None:
    with kept.store.transaction() as books:
        books.record(DepositClaimed(kept.sari, Money(1_000), DAY, kept.rina.person))
    with kept.store.snapshot() as db:
        assert read_journal(db, "Melati").lines == []


def test_nobody_is_called_that(kept: Kept) -> None:
    with kept.store.snapshot() as db, pytest.raises(NoSuchGroup):
        read_journal(db, "Mawar")


def test_everything_comes_back(booked: Kept, empty_url: str, tmp_path: Path) -> None:
    with booked.store.transaction() as books:
        asked = payout_changes.PayoutAsked(booked.ani, Money(100), "")
        books.record(asked)
        report = (CashKind.COUNT, booked.group, booked.rina, Money(1), booked.ani.person)
        books.record(changes.CashReported(*report))
    file = tmp_path / "all.db"
    assert backup(booked.store, file).wrong == ()
    assert sorted(tmp_path.glob("all.db*")) == [file]
    there = SqlStore(connect(empty_url), lambda: MONDAY)
    found = restore(there, file)
    assert (found.groups, found.entries) == (1, 7)
    with booked.store.transaction() as old, there.transaction() as new:
        assert old.group(booked.group.id) == new.group(booked.group.id)
        assert old.balances(booked.group.id) == new.balances(booked.group.id)
        assert old.payouts_waiting(booked.group.id) == new.payouts_waiting(booked.group.id)
        she = new.meet("practice", "somebody new")
        assert she.id not in {one.person.id for one in old.members(booked.group.id)}
    with there.transaction() as books:
        books.record(
            payout_changes.PayoutAsked(
                books.member(booked.group.id, booked.sari.number), Money(1_000), ""
            )
        )
    with pytest.raises(CannotCopy, match="not empty"):
        restore(there, file)
    with pytest.raises(CannotCopy, match="already"):
        backup(booked.store, file)
    there.close()


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE posting SET rupiah = 900 WHERE entry = 2 AND rupiah > 0", (2, "postings")),
        ("UPDATE balance SET rupiah = -1 WHERE account = 'savings' AND member = 3", (7, "balance")),
        ("UPDATE entry SET day = '2026-11-01' WHERE number = 2", (2, "day")),
    ],
)
def test_bent_books_are_kept_as_they_are(
    booked: Kept, tmp_path: Path, statement: str, wrong: tuple[int, str]
) -> None:
    booked.bend(statement)
    (found,) = backup(booked.store, tmp_path / "all.db").wrong
    assert (found.entry, found.field.split()[0]) == wrong
    assert [one.name for one in tmp_path.glob("all.db*")] == ["all.db"]
    there = SqlStore(connect(f"sqlite:///{tmp_path / 'there.db'}"), lambda: MONDAY)
    with pytest.raises(CannotCopy, match=f"Melati, entry {wrong[0]}, {wrong[1]}"):
        restore(there, tmp_path / "all.db")
    there.close()


_CLAIM = (
    "INSERT INTO claim (group_id, number, member, rupiah, day, confirmer, state, made_at, entry)"
    " SELECT id, 50, 2, {rupiah}, '2026-11-23', 2, '{state}', opened_at, {entry} FROM savings_group"
)

#: What SQLite lets stand, and of which table a backup that takes it along tells.
NOT_TO_BE_RESTORED = {
    "a claim of an entry that is not there": (
        _CLAIM.format(rupiah=5, state="received", entry=99),
        "claim",
    ),
    "a claim of nothing": (_CLAIM.format(rupiah=0, state="waiting", entry="NULL"), "claim"),
    "a name too long": ("UPDATE person SET name = printf('%.81c', 'x')", "person"),
    "a name with a zero byte": ("UPDATE person SET name = 'a' || char(0)", "person"),
}


@pytest.mark.parametrize("name", NOT_TO_BE_RESTORED)
def test_a_copy_that_cannot_be_restored_says_so(
    booked: Kept, tmp_path: Path, name: str, new_postgres: str
) -> None:
    if booked.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets none of it stand")
    statement, table = NOT_TO_BE_RESTORED[name]
    booked.bend(statement)
    (found,) = backup(booked.store, tmp_path / "all.db").wrong
    assert table in f"{found.field} {found.found}"
    there = SqlStore(connect(new_postgres), lambda: MONDAY)
    with pytest.raises(CannotCopy, match=f"a row of {table} cannot be copied"):
        restore(there, tmp_path / "all.db")
    there.close()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("mentor_invite", "(code_hash, name, made_at) VALUES ('h', 'Zed', '2026-11-23 00:00:00')"),
        (
            "savings_group",
            "(name, place, zone, code, opened_at) VALUES ('A', 'B', 'WIB', 'C', '2026-11-23 00:00:00')",
        ),
    ],
)
def test_nothing_may_be_there_before(
    engine: Engine, sqlite_template: Path, table: str, row: str
) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} {row}"))
    with pytest.raises(CannotCopy, match=f"not empty: {table}"):
        restore(SqlStore(engine, lambda: MONDAY), sqlite_template)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET day = 'infinity' WHERE number = 2",
        "UPDATE entry SET kind = CAST(x'ff' AS TEXT) WHERE number = 2",
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    booked: Kept, tmp_path: Path, statement: str
) -> None:
    if "CAST" in statement and booked.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps no such text")
    booked.bend(statement)
    with pytest.raises(CannotCopy, match=r"a row of entry .*ask verify"):
        backup(booked.store, tmp_path / "all.db")
    assert list(tmp_path.glob("all.db*")) == []


def test_a_bent_copy_does_not_come_back(booked: Kept, tmp_path: Path) -> None:
    file = tmp_path / "all.db"
    backup(booked.store, file)
    bent = connect(f"sqlite:///{file}")
    with bent.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql("UPDATE entry SET day = '2026-11-01' WHERE number = 2")
    bent.dispose()
    there = SqlStore(connect(f"sqlite:///{tmp_path / 'there.db'}"), lambda: MONDAY)
    with pytest.raises(CannotCopy, match="Melati, entry 2, day"):
        restore(there, file)
    with there.snapshot() as db:
        assert verify(db).groups == 0
    there.close()


def test_the_books_are_printed(booked: Kept) -> None:
    with booked.store.snapshot() as db:
        journal = read_journal(db, "Melati")
    assert member_book(journal, booked.sari.number).startswith(b"%PDF")
    assert member_book(journal, booked.sari.number, "png").startswith(b"\x89PNG")
    assert group_book(journal).startswith(b"%PDF")


def test_the_installed_command(new_sqlite: str, tmp_path: Path) -> None:
    tool = shutil.which("pendamping", path=str(Path(sys.executable).parent))
    assert tool is not None
    done = subprocess.run(  # noqa: S603
        [tool, "verify"],
        env={"DATABASE_URL": new_sqlite},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"all is well: 0 entries in 0 groups\n")


def test_the_commands(booked: Kept, tmp_path: Path) -> None:
    url = booked.store.engine.url.render_as_string(hide_password=False)

    def run(*words: str, database: str = url) -> tuple[int, str]:
        return Program(tmp_path, database).asked(*words)[:2]

    assert run("verify", "--group", "Melati") == (0, "all is well: 7 entries in 1 groups\n")
    with booked.store.books() as books:
        (newest,) = books.entries(booked.sari, None, 1)
    head = f"head: group Melati ({booked.group.id}), 7 entries, {newest.seal}\n"
    assert run("verify", "--heads") == (0, f"{head}all is well: 7 entries in 1 groups\n")
    assert run("export", "--group", "Melati", "--format", "csv")[1].count("\n") == 8
    assert run("export", "--group", "Mawar", "--format", "csv") == (1, "")
    assert run("backup", "all.db")[0] == 0
    assert run("restore", "all.db", database=f"sqlite:///{tmp_path / 'new.db'}")[0] == 0
    with booked.store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE entry DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE entry SET day = '2026-11-20' WHERE number = 2")
    wrong = "wrong: group Melati, entry 2, day: 2026-11-20, sealed as 2026-11-23\n"
    assert run("verify") == (1, wrong)


def test_hledger_is_here() -> None:
    if HLEDGER is None:
        pytest.skip(WITHOUT)
