"""Which members a broadcast is for: a predicate over ``member`` and ``group`` for each choice.

One more choice is a name in ``Who``, a line here and its button; what a predicate asks besides is
given by ``asked``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, String, bindparam, exists, func, true

from bot.domain.broadcasts import QUIET_DAYS, Who
from bot.domain.ledger import EntryKind
from storage.guide_tables import guide_walk
from storage.ledger_tables import entry
from storage.tables import group, member

FITS: Mapping[Who, ColumnElement[bool]] = {
    Who.EVERYBODY: true(),
    Who.QUIET: ~exists().where(
        entry.c.group_id == member.c.group_id,
        entry.c.member == member.c.number,
        entry.c.kind == str(EntryKind.DEPOSIT),
        entry.c.day > bindparam("quiet_since", type_=Date),
    ),
    Who.BUSINESS: func.lower(member.c.business).like(
        bindparam("business_like", type_=String), escape="\\"
    ),
    Who.HOLDERS: group.c.holder == member.c.number,
    Who.NO_NIB: ~exists().where(
        guide_walk.c.person == member.c.person, guide_walk.c.guide == "oss", guide_walk.c.ended
    ),
}


def asked(who: Who, business: str, today: date) -> dict[str, object]:
    """The values that the predicate of ``who`` asks for."""
    if who is Who.QUIET:
        return {"quiet_since": today - timedelta(days=QUIET_DAYS)}
    if who is Who.BUSINESS:
        plain = business.lower()
        for sign in "\\%_":
            plain = plain.replace(sign, f"\\{sign}")
        return {"business_like": f"%{plain}%"}
    return {}
