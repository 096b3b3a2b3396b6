"""The chain: each entry of a group is sealed with a hash over itself and the seal before it.

Whoever changes, removes, inserts or reorders an entry breaks every seal after it, and the newest
seal stands on the receipts in the members' own phones.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from bot.domain.ledger import Draft

#: Before the first entry there is no seal.
NO_SEAL = ""

#: Raised should the fields below ever change; old entries keep the form they were sealed in.
_FORM = "pendamping-1"


def seal(previous: str, group: int, number: int, draft: Draft, by: int, at: datetime) -> str:
    """The seal of an entry: SHA-256 over its canonical bytes, in 64 hexadecimal signs.

    ``previous`` is the seal before it, ``by`` the id of the person whose word it was, ``at``
    (aware) the instant it was recorded.
    """
    return hashlib.sha256(canonical(previous, group, number, draft, by, at)).hexdigest()


def canonical(previous: str, group: int, number: int, draft: Draft, by: int, at: datetime) -> bytes:
    """The bytes that are sealed: each field in UTF-8 behind its length in four bytes, big end first.

    The length makes it unambiguous: no two entries have the same bytes.
    """
    fields = (
        _FORM,
        previous,
        str(group),
        str(number),
        draft.kind,
        draft.day.isoformat(),
        str(draft.member),
        str(draft.amount.rupiah),
        draft.into.kind,
        str(draft.into.member),
        draft.out_of.kind,
        str(draft.out_of.member),
        "" if draft.reverses is None else str(draft.reverses),
        str(by),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    return b"".join([len(one).to_bytes(4, "big") + one for one in map(str.encode, fields)])
