"""Forgetting somebody: what is hers goes, and the books keep her number in place of her name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import (
    Connection,
    Delete,
    Text,
    Update,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.outgoing import STEPS, outbox
from storage.own_data import Traces
from storage.personal import EVERYTHING, Erased
from storage.recording.meeting_photos import drop_photos_with
from storage.retention import STRANGER
from storage.sharing import leave_shared
from storage.tables import contact, group_mentor, member, person

#: States of letters that nothing more happens to, but for what a platform still reports.
_SETTLED = [state for state in STEPS if state not in ("waiting", "sending")]

#: Names so short stand in too many words to look for them in letters to others.
_SHORTEST_NAME = 3


def erase(db: Connection, person_id: int, now: datetime) -> int:
    """Forget a person, and say who stands behind her chats from now on.

    That is somebody new without a name, to whom we can still say that it is done, and whom the next
    sweep forgets as it forgets every stranger. The books stay sealed as they are.
    """
    traces = Traces.of(db, person_id)
    name = db.scalar(select(person.c.name).where(person.c.id == person_id)) or ""
    for group_id, number in traces.places:
        drop_photos_with(db, group_id, number)
    for step in _steps(traces, name):
        db.execute(step)
    gone = {"active": False, "left_at": func.coalesce(member.c.left_at, now)}
    db.execute(update(member).where(member.c.person == person_id).values(gone))
    db.execute(update(person).where(person.c.id == person_id).values(erased_at=now))
    return part(db, person_id, now)


def part(db: Connection, person_id: int, now: datetime) -> int:
    """Put somebody new without a name behind all her chats, to be forgotten soon, and say who."""
    leave_shared(db, person_id)
    row = {"name": "", "sapaan": "Bu", "met_at": now - STRANGER}
    (stranger,) = db.execute(insert(person), row).inserted_primary_key or (0,)
    moved = {"person": stranger, "heard_at": now - STRANGER}
    db.execute(update(contact).where(contact.c.person == person_id).values(moved))
    return int(stranger)


def _steps(traces: Traces, name: str) -> Iterator[Delete | Update]:
    for kept in EVERYTHING:
        if kept.table is contact:
            continue  # it goes on for its last letter, see ``part``
        if kept.erased is Erased.DELETED:
            mine = [traces.hers(kept), *(traces.hers(kept, column) for column in kept.also)]
            yield delete(kept.table).where(or_(*mine))
        elif kept.erased is Erased.BLANKED:
            yield update(kept.table).where(traces.hers(kept)).values(**kept.blanks)
    if len(name) >= _SHORTEST_NAME:
        yield _letters_that_name_her(traces, name)


def _letters_that_name_her(traces: Traces, name: str) -> Delete:
    """What was sent to others of her groups, and names her."""
    groups = [group_id for group_id, _ in traces.places]
    others = (
        select(contact.c.id)
        .outerjoin(member, member.c.person == contact.c.person)
        .outerjoin(group_mentor, group_mentor.c.person == contact.c.person)
        .where(or_(member.c.group_id.in_(groups), group_mentor.c.group_id.in_(groups)))
    )
    written = cast(outbox.c.bubble, Text)
    named = or_(*(written.contains(one, autoescape=True) for one in {name, json.dumps(name)[1:-1]}))
    return delete(outbox).where(outbox.c.contact.in_(others), outbox.c.state.in_(_SETTLED), named)
