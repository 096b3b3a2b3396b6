"""Rows as they stand in the database, to find what we cannot have written there.

A driver reads more than we write. SQLite keeps any value in any column, and takes several texts for
the same day; PostgreSQL knows days Python has none for, and its driver fails on all rows fetched
with one. So values are taken as the driver has them, and have to be what we write for what they are
read as.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, Select, case, select, type_coerce
from sqlalchemy.types import NullType

#: Reads a row, so that its values have the names of their columns. Raises Odd.
Reader = Callable[[Sequence[Any]], Any]

#: The first and the last that Python can hold wherever its clock stands.
_READABLE: dict[type, tuple[date, date]] = {
    date: (date(2, 1, 1), date(9998, 12, 31)),
    datetime: (datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)),
}


class Odd(ValueError):
    """A value of ``column`` that we do not write; ``found`` is what stands there."""

    def __init__(self, column: Column[Any], raw: object) -> None:
        super().__init__(column.name)
        self.column = column
        self.found = "cannot be read" if raw is None else repr(raw)


class Form:
    """Some columns of a table, and how we write each; ``rows`` selects them as they stand."""

    def __init__(self, *columns: Column[Any]) -> None:
        self._columns = columns
        names = [one.name for one in columns]
        self._make: Any = namedtuple("_row", names)._make  # type: ignore[attr-defined]  # noqa: PYI024
        self.rows: Select[Any] = select(*map(_as_it_stands, columns))

    def reader(self, dialect: Dialect) -> Reader:
        """What reads a row of ours on such a database."""
        ways = [_way(one, dialect) for one in self._columns]

        def read(row: Sequence[Any]) -> Any:
            return self._make([way(raw) for way, raw in zip(ways, row, strict=True)])

        return read


def _as_it_stands(column: Column[Any]) -> ColumnElement[Any]:
    stands: ColumnElement[Any] = column
    if limits := _READABLE.get(column.type.python_type):
        stands = case((column.between(*limits), column))
    return type_coerce(stands, NullType()).label(column.name)


def _way(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    kind = column.type.dialect_impl(dialect)
    read, write = kind.result_processor(dialect, None), kind.bind_processor(dialect)
    wanted, nothing = column.type.python_type, column.nullable

    def way(raw: Any) -> Any:
        try:
            value = raw if read is None else read(raw)
        except (ValueError, TypeError):
            raise Odd(column, raw) from None
        if type(value) is wanted and (write is None or write(value) == raw):
            return value
        if value is None and nothing:
            return None
        raise Odd(column, raw)

    return way
