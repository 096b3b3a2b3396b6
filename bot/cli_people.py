"""The commands about people's data: whom a breach affects, and groups in numbers."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot.app import assemble, open_store, utc_now
from bot.config import settings
from bot.domain.calendar import Zone
from bot.domain.people import Person
from bot.domain.privacy_changes import BreachTold
from bot.notices import Breach, roll, to_her, to_the_authority
from storage.affected import (
    Affected,
    affected,
    group_numbers,
    group_people,
    looked_since,
    mentors_of,
    note_look,
)
from storage.journal import NoSuchGroup, find_group
from storage.store import SqlStore

people = typer.Typer()

#: What stands in a notice where the operator has not said it yet.
BLANK = "……"


def _print(text: str, *, aside: bool = False) -> None:
    print(text, file=sys.stderr if aside else sys.stdout)


def _instant(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"--since: a day or time like 2026-11-20, not {text!r}") from None
    return read if read.tzinfo else read.replace(tzinfo=Zone.WIB.tz)


@people.command("breach")
def breach_(
    since: Annotated[str, typer.Option(help="When it began, as 2026-11-20 or 2026-11-20T08:00.")],
    by: Annotated[str, typer.Option(help="Your name, for the record of who looked.")],
    group: Annotated[str, typer.Option(help="Only this group; everybody without it.")] = "",
    out: Annotated[Path, typer.Option("-o", help="A folder for list and notices.")] = Path(
        "breach"
    ),
    *,
    what: Annotated[str, typer.Option(help="Which data, in Indonesian.")] = BLANK,
    how: Annotated[str, typer.Option(help="What happened.")] = BLANK,
    done: Annotated[str, typer.Option(help="What is done about it.")] = BLANK,
    send: Annotated[bool, typer.Option(help="Tell everybody with a chat, now.")] = False,
) -> None:
    """List who is affected by a breach, and write the notices that are due within 72 hours."""
    if send and BLANK in (what, how, done):
        raise SystemExit(
            "--send: say --what, --how and --done first; read the notices before you send"
        )
    began = _instant(since)
    store = open_store(settings().database_url)
    try:
        it = Breach(began, utc_now(), what, how, done)
        found = _list(store, it, group, by)
        out.mkdir(parents=True, exist_ok=True)
        (out / "daftar.tsv").write_text(roll(found), "utf-8")
        (out / "untuk-ibu.txt").write_text(to_her(it) + "\n", "utf-8")
        (out / "untuk-lembaga-pdp.txt").write_text(to_the_authority(it, found), "utf-8")
        _print(roll(found).rstrip("\n"))
        reached = [one for one in found if one.chats]
        _print(f"affected: {len(found)}, by chat {len(reached)}; written to {out}/", aside=True)
        _print(
            f"to be told before {it.told_by.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M} WIB", aside=True
        )
        if send:
            _tell(store, it, reached)
    finally:
        store.close()


def _list(store: SqlStore, it: Breach, group: str, by: str) -> list[Affected]:
    """Who is affected; that it was looked up is recorded first, and who looked since is printed."""
    with store.transaction() as books:
        try:
            group_id = find_group(books.db, group).id if group else None
        except NoSuchGroup as no:
            raise SystemExit(str(no)) from None
        note_look(books.db, it.known_at, by, "breach", f"since {it.since:%Y-%m-%d %H:%M}", group_id)
    with store.snapshot() as db:
        for one in looked_since(db, it.since):
            _print(
                f"looked: {one.at:%Y-%m-%d %H:%M} UTC\t{one.by}\t{one.what}\t{one.why}", aside=True
            )
        return affected(db, it.since, group_id)


def _tell(store: SqlStore, it: Breach, reached: list[Affected]) -> None:
    runner, words = assemble(store, utc_now), to_her(it)
    for one in reached:
        she = Person(one.person, one.name, one.sapaan)
        runner.happen(BreachTold(she, words), she)
    _print(f"told: {len(reached)}; it goes out with `pendamping run`", aside=True)


@people.command("groups")
def groups_(
    by: Annotated[str, typer.Option(help="Your name, for the record of who looked.")],
    names: Annotated[
        str, typer.Option(help="Show the members' names of this group; say --why, too.")
    ] = "",
    why: Annotated[str, typer.Option(help="Why names are needed.")] = "",
) -> None:
    """Every group in numbers, without names; with --names one group's people. Each look is recorded."""
    if names and not why.strip():
        raise SystemExit("--why: say why the names are needed; it is recorded")
    store = open_store(settings().database_url)
    try:
        with store.transaction() as books:
            if names:
                _with_names(books.db, names, by, why)
                return
            note_look(books.db, utc_now(), by, "numbers", why or "numbers of all groups")
            _print("group\tplace\tmembers\tsavers\tsaved\tunanswered\tclosed")
            for one in group_numbers(books.db):
                closed = "yes" if one.closed else "no"
                cells = (one.name, one.place, one.members, one.savers, one.saved, one.unanswered)
                _print("\t".join(map(str, (*cells, closed))))
    finally:
        store.close()


def _with_names(db: Connection, name: str, by: str, why: str) -> None:
    try:
        group_id = find_group(db, name).id
    except NoSuchGroup as no:
        raise SystemExit(str(no)) from None
    shown = group_people(db, group_id)
    note_look(db, utc_now(), by, "names", why, group_id, [she.id for _, she in shown])
    _print(f"mentors\t{', '.join(mentors_of(db, group_id))}")
    for number, she in shown:
        _print(f"{number}\t{she.called}")
