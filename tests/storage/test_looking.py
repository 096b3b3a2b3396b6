"""Whom a breach affects, what is written to whom, and that every look is recorded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.changes import MemberAdded
from bot.domain.privacy_changes import ErasureAgreed
from bot.notices import Breach, roll, to_her, to_the_authority
from storage.affected import affected, group_numbers
from storage.outgoing import outbox
from storage.own_data import own_data
from storage.privacy_tables import look
from tests.storage.conftest import MONDAY, Kept


def test_everybody_of_whom_anything_was_kept_is_listed(kept: Kept) -> None:
    kept.save(kept.ani, 5_000)
    with kept.store.transaction() as books:
        books.record(MemberAdded(kept.group, "Sum", "Bu", kept.rina.person))
        books.record(ErasureAgreed(kept.sari.person))
    with kept.store.snapshot() as db:
        before = {one.person: one for one in affected(db, MONDAY - timedelta(days=1))}
        after = affected(db, MONDAY + timedelta(seconds=1))
    names = {one.name for one in before.values()}
    assert {"Dewi", "Rina", "Ani", "Sum"} <= names
    assert "Sari" not in names
    assert kept.sari.person.id in before, "she was here when it began"
    assert kept.sari.person.id not in {one.person for one in after}
    ani = before[kept.ani.person.id]
    assert (ani.groups, ani.chats) == (["Melati"], ["practice"])
    assert {"Nama", "Alamat chat", "Keanggotaan", "Buku celengan"} <= set(ani.kinds)
    assert "langsung, oleh pendamping" in next(
        line for line in roll(list(before.values())).splitlines() if "Bu Sum" in line
    )


def test_only_one_group_when_it_is_named(kept: Kept) -> None:
    with kept.store.transaction() as books:
        books.meet("practice", "tuti")
    with kept.store.snapshot() as db:
        everybody = affected(db, MONDAY)
        here = affected(db, MONDAY, kept.group.id)
    assert {one.name for one in here} == {"Dewi", "Rina", "Sari", "Ani"}
    assert len(everybody) == len(here) + 1


def test_the_notices_say_which_data_when_how_and_what_is_done(kept: Kept) -> None:
    it = Breach(MONDAY, MONDAY, "nama dan nomor", "laptop dicuri", "kata sandi diganti")
    with kept.store.snapshot() as db:
        people = affected(db, MONDAY)
    for notice in (to_her(it), to_the_authority(it, people)):
        for said in ("nama dan nomor", "laptop dicuri", "kata sandi diganti", "23 November 2026"):
            assert said in notice
    assert "26 November 2026, 09.00 WIB" in to_the_authority(it, people)
    assert "Jumlah orang yang terdampak: 4" in to_the_authority(it, people)


def test_the_command_lists_writes_and_tells(
    kept: Kept, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    begun = ["breach", "--since", "2026-11-20", "--by", "Ratna", "-o", str(tmp_path / "b")]
    refused = run(app, [*begun, "--send"])
    assert refused.exit_code == 1
    assert "read the notices" in refused.output
    words = ["--what", "nama", "--how", "laptop dicuri", "--done", "sandi diganti"]
    told = run(app, [*begun, *words, "--send"])
    assert told.exit_code == 0, told.output
    assert "Bu Sari" in told.stdout
    assert {one.name for one in (tmp_path / "b").iterdir()} == {
        "daftar.tsv",
        "untuk-ibu.txt",
        "untuk-lembaga-pdp.txt",
    }
    with kept.store.snapshot() as db:
        sent = [row.bubble["text"] for row in db.execute(select(outbox))]
        looks = [(row.by, row.what) for row in db.execute(select(look))]
    assert len([text for text in sent if "laptop dicuri" in text]) == 4
    assert looks == [("Ratna", "breach")]


def test_an_institution_sees_numbers_and_names_only_for_a_reason(
    kept: Kept, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    kept.save(kept.sari, 10_000)
    with kept.store.snapshot() as db:
        (numbers,) = group_numbers(db)
    assert (numbers.members, numbers.savers, numbers.saved) == (3, 1, 10_000)
    run = CliRunner().invoke
    shown = run(app, ["groups", "--by", "Ratna"])
    assert "Melati\tTanjung Jati\t3\t1\t10000" in shown.stdout
    assert "Sari" not in shown.stdout
    assert run(app, ["groups", "--by", "Ratna", "--names", "Melati"]).exit_code == 1
    named = run(app, ["groups", "--by", "Ratna", "--names", "Melati", "--why", "audit"])
    assert "2\tBu Sari" in named.stdout
    with kept.store.snapshot() as db:
        looks = [(row.by, row.what, row.why) for row in db.execute(select(look))]
        hers = own_data(db, kept.sari.person.id, MONDAY).sections
    assert looks == [
        ("Ratna", "numbers", "numbers of all groups"),
        *[("Ratna", "names", "audit")] * 3,
    ]
    (seen,) = [one.rows for one in hers if one.title == "Siapa yang melihat data"]
    assert [row[1:] for row in seen] == [["Ratna", "names", "audit"]]
