"""Reading a group's whole books at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.domain.journal import Journal, Line, told_apart
from bot.domain.ledger import Account, AccountKind, EntryKind
from storage.ledger_tables import entry, posting
from storage.reading.base import as_group
from storage.tables import group, member, person

_in, _out = posting.alias("side_in"), posting.alias("side_out")
_lines = (
    select(
        entry.c.number,
        entry.c.kind,
        entry.c.day,
        entry.c.member,
        entry.c.rupiah,
        _in.c.account.label("into_kind"),
        _in.c.member.label("into_member"),
        _out.c.account.label("out_kind"),
        _out.c.member.label("out_member"),
        entry.c.reverses,
        person.c.name,
        entry.c.recorded_at,
        entry.c.seal,
    )
    .join(
        _in,
        (_in.c.group_id == entry.c.group_id) & (_in.c.entry == entry.c.number) & (_in.c.rupiah > 0),
    )
    .join(
        _out,
        (_out.c.group_id == entry.c.group_id)
        & (_out.c.entry == entry.c.number)
        & (_out.c.rupiah < 0),
    )
    .join(person, person.c.id == entry.c.recorded_by)
    .where(entry.c.group_id == bindparam("group"))
    .order_by(entry.c.day, entry.c.number)
)
_named = select(group).where(group.c.name == bindparam("name")).order_by(group.c.id)
_by_code = select(group).where(group.c.code == bindparam("name"))
_names = (
    select(member.c.number, person.c.name)
    .join(person, person.c.id == member.c.person)
    .where(member.c.group_id == bindparam("group"))
    .order_by(member.c.number)
)


class NoSuchGroup(LookupError):
    """No group has that name or code, or several have the name."""


def find_group(db: Connection, name: str | int) -> Row[Any]:
    """The row of the group with that name, join code or number. Raises NoSuchGroup."""
    if isinstance(name, int):
        numbered = db.execute(select(group).where(group.c.id == name)).first()
        if numbered is None:
            raise NoSuchGroup(f"no group has the number {name}")
        return numbered
    asked = {"name": name}
    found = db.execute(_named, asked).all() or db.execute(_by_code, {"name": name.upper()}).all()
    if len(found) == 1:
        return found[0]
    codes = ", ".join(row.code for row in found)
    raise NoSuchGroup(
        f"several groups are called {name}; say which by its code: {codes}"
        if found
        else f"no group is called {name}"
    )


def read_journal(db: Connection, name: str | int) -> Journal:
    """The books of the group with that name, join code or number. Raises NoSuchGroup."""
    row = find_group(db, name)
    asked = {"group": row.id}
    accounts: dict[tuple[str, int], Account] = {}
    after: dict[Account, int] = {}
    kinds = {str(kind): kind for kind in EntryKind}

    def account(kind: str, number: int) -> Account:
        known = accounts.get((kind, number))
        if known is None:
            known = accounts[kind, number] = Account(AccountKind(kind), number)
            after[known] = 0
        return known

    lines = []
    for (
        number,
        kind,
        day,
        whose,
        rupiah,
        in_kind,
        in_member,
        out_kind,
        out_member,
        *rest,
    ) in db.execute(_lines, asked):
        into, out_of = account(in_kind, in_member), account(out_kind, out_member)
        after[into] += rupiah
        after[out_of] -= rupiah
        balances = (after[into], after[out_of])
        lines.append(Line(number, kinds[kind], day, whose, rupiah, into, out_of, *balances, *rest))
    names = {one.number: one.name for one in db.execute(_names, asked)}
    return Journal(as_group(row), told_apart(names), lines)
