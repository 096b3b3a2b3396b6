"""Setting a poll's outcome as a picture: each choice with a bar as long as its votes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("poll.typ")


def outcome(question: str, votes: Sequence[tuple[str, int]]) -> bytes:
    """The votes of a poll, to be read on a small phone (PNG)."""
    people = sum(count for _, count in votes)
    poll = {"question": question, "votes": votes, "foot": f"{people} orang menjawab"}
    made: Any = typst.compile(
        _TEMPLATE, format="png", ppi=144.0, sys_inputs={"poll": json.dumps(poll)}
    )
    return bytes(made[0] if isinstance(made, list) else made)
