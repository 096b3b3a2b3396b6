"""What appeared in the practice room; nothing here is money, and nothing is ever taken away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.ports import Button
from bot.practice import (
    MOST_LINES,
    MOST_PHONES,
    MOST_PHOTOS,
    Line,
    NoRoom,
    Phone,
    Photo,
    Role,
    Room,
    Seeded,
    run_of,
)
from storage.tables import practice_line, practice_photo, practice_run

Connect = Callable[[], AbstractContextManager[Connection]]


class SqlPractice:
    """Fulfils ``bot.practice.PracticeLog``; reading waits for no writer."""

    def __init__(self, writing: Connect, reading: Connect) -> None:
        self._writing, self._reading = writing, reading

    def current(self) -> Room | None:
        """The run begun last; None before the first."""
        newest = select(practice_run).order_by(practice_run.c.id.desc()).limit(1)
        with self._reading() as connection:
            row = connection.execute(newest).first()
        return _room(row) if row else None

    def begin(self, run: str, seeded: Seeded, instead_of: str, at: datetime) -> Room:
        """Begin a run; who comes second is given the run of who came first."""
        values = {
            "run": run,
            "instead_of": instead_of,
            "group_name": seeded.group,
            "code": seeded.code,
            "people": [list(phone) for phone in seeded.cast],
            "begun_at": at,
        }
        try:
            with self._writing() as connection:
                connection.execute(insert(practice_run).values(values))
        except IntegrityError:
            pass  # somebody else began it
        room = self.current()
        if room is None:
            raise NoRoom("the run was not begun")
        return room

    def add_phone(self, run: str, phone: Phone) -> Room:
        """Put one more phone on the table. Raises NoRoom."""
        with self._writing() as connection:
            room = _next(connection, run)
            if len(room.seeded.cast) >= MOST_PHONES:
                raise NoRoom("the table is full")
            seeded = room.with_phone(phone)
            connection.execute(
                update(practice_run)
                .where(practice_run.c.run == run)
                .values(people=[list(one) for one in seeded.cast])
            )
        return Room(run, seeded, room.rev)

    def add(self, line: Line) -> Line:
        """Keep a line, once for its key. Raises NoRoom."""
        run = run_of(line.address)
        with self._writing() as connection:
            room = _next(connection, run)
            same = select(practice_line).where(
                practice_line.c.run == run, practice_line.c.key == line.key
            )
            row = connection.execute(same).first()
            if row is None:
                if room.rev > MOST_LINES:  # no run has more lines than changes
                    raise NoRoom("this practice run is full")
                values = {
                    "run": run,
                    "rev": room.rev,
                    "key": line.key,
                    "address": line.address,
                    "from_her": line.from_her,
                    "text": line.text,
                    "buttons": [[button.label, button.payload] for button in line.buttons],
                    "qr": line.qr,
                    "photo": line.photo,
                    "reply_to": line.reply_to,
                    "chosen": line.chosen,
                    "at": line.at,
                }
                row = connection.execute(
                    insert(practice_line).values(values).returning(practice_line)
                ).one()
        return _line(row)

    def line(self, line_id: int) -> Line | None:
        """One line."""
        with self._reading() as connection:
            row = connection.execute(
                select(practice_line).where(practice_line.c.id == line_id)
            ).first()
        return _line(row) if row else None

    def after(self, run: str, rev: int, limit: int) -> list[Line]:
        """The lines that came or changed after ``rev``, in that order."""
        wanted = (
            select(practice_line)
            .where(practice_line.c.run == run, practice_line.c.rev > rev)
            .order_by(practice_line.c.rev)
            .limit(limit)
        )
        with self._reading() as connection:
            return [_line(row) for row in connection.execute(wanted)]

    def choose(self, line_id: int, label: str) -> None:
        """Show what was chosen, once."""
        line = self.line(line_id)
        if line is None:
            return
        with self._writing() as connection:
            room = _next(connection, run_of(line.address))
            connection.execute(
                update(practice_line)
                .where(practice_line.c.id == line_id, practice_line.c.chosen == "")
                .values(chosen=label, rev=room.rev)
            )

    def keep_photo(self, run: str, photo_id: str, photo: Photo, at: datetime) -> None:
        """Keep a photo, once for its id. Raises NoRoom."""
        values = {
            "id": photo_id,
            "run": run,
            "mime": photo.mime,
            "bytes": photo.data,
            "at": at,
        }
        with self._writing() as connection:
            _next(connection, run)
            same = select(practice_photo.c.id).where(practice_photo.c.id == photo_id)
            if connection.execute(same).first():
                return
            held = select(func.count()).where(practice_photo.c.run == run)
            if connection.scalars(held).one() >= MOST_PHOTOS:
                raise NoRoom("this practice run is full")
            connection.execute(insert(practice_photo).values(values))

    def photo(self, photo_id: str) -> Photo | None:
        """One photo."""
        with self._reading() as connection:
            row = connection.execute(
                select(practice_photo).where(practice_photo.c.id == photo_id)
            ).first()
        return Photo(mime=row.mime, data=row.bytes) if row else None


def _next(connection: Connection, run: str) -> Room:
    """The run with its next number, locked until the end. Raises NoRoom."""
    row = connection.execute(
        update(practice_run)
        .where(practice_run.c.run == run)
        .values(rev=practice_run.c.rev + 1)
        .returning(practice_run)
    ).first()
    if row is None:
        raise NoRoom(f"no practice run {run!r}")
    return _room(row)


def _room(row: Row[Any]) -> Room:
    people = tuple(Phone(address, called, Role(role)) for address, called, role in row.people)
    return Room(row.run, Seeded(row.group_name, row.code, people), row.rev)


def _line(row: Row[Any]) -> Line:
    return Line(
        address=row.address,
        key=row.key,
        from_her=row.from_her,
        at=row.at,
        text=row.text,
        buttons=tuple(Button(label, payload) for label, payload in row.buttons),
        qr=row.qr,
        photo=row.photo,
        reply_to=row.reply_to,
        chosen=row.chosen,
        id=row.id,
        rev=row.rev,
    )
