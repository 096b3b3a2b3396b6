"""A step of a guide as a small picture: a simple phone, what is on its screen, and where to tap."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("step.typ")

#: Dots an inch: about 640 wide, and some 20 kB.
_PPI = 144.0


def step_picture(facts: Mapping[str, Any]) -> bytes:
    """The picture of one step (PNG); everything on it is among the ``facts``.

    These are ``number``, ``of``, ``title``, ``head`` (what stands at the top of the screen), ``lines``
    (one a line), ``tap`` (the button to press, or nothing) and ``checked`` (a day, as it is written).
    """
    step = {**facts, "lines": str(facts["lines"]).splitlines()}
    inputs = {"step": json.dumps(step)}
    made: Any = typst.compile(_TEMPLATE, format="png", ppi=_PPI, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)
