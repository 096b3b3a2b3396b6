"""Checks of calls and updates against the machine-readable Bot API, where that file is here."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers.bot_api_world import Upload

FILE = Path("shared/reference/telegram-bot-api.json")

_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Float": (int, float),
    "InputFile": (Upload, str),
}


class Reference:
    """The methods and types of the Bot API."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._methods = description["methods"]
        self._types = description["types"]

    def call(self, method: str, params: dict[str, Any]) -> Iterator[str]:
        """What is wrong with a call."""
        if method not in self._methods:
            yield f"{method}: no such method"
            return
        yield from self._fields(method, self._methods[method].get("fields", []), params)

    def thing(self, kind: str, value: Any, path: str = "") -> Iterator[str]:
        """What is wrong with a value that should be of a type of the Bot API."""
        path = path or kind
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                yield f"{path}: {value!r} is no list"
                return
            for index, one in enumerate(value):
                yield from self.thing(kind.removeprefix("Array of "), one, f"{path}[{index}]")
        elif kind in {"Boolean", "True", "False"}:
            if not isinstance(value, bool):
                yield f"{path}: {value!r} is no {kind}"
        elif kind in _PLAIN:
            if not isinstance(value, _PLAIN[kind]) or isinstance(value, bool):
                yield f"{path}: {value!r} is no {kind}"
        elif subtypes := self._types[kind].get("subtypes"):
            yield from self._one_of(subtypes, value, path)
        elif not isinstance(value, dict):
            yield f"{path}: {value!r} is no {kind}"
        else:
            yield from self._fields(path, self._types[kind].get("fields", []), value)

    def _one_of(self, kinds: list[str], value: Any, path: str) -> Iterator[str]:
        complaints = [list(self.thing(kind, value, path)) for kind in kinds]
        if all(complaints):
            yield from min(complaints, key=len)

    def _fields(
        self, path: str, fields: list[dict[str, Any]], given: dict[str, Any]
    ) -> Iterator[str]:
        known = {field["name"]: field for field in fields}
        yield from (f"{path}: no field {name!r}" for name in given.keys() - known.keys())
        for name, field in known.items():
            if name in given:
                yield from self._one_of(field["types"], given[name], f"{path}.{name}")
            elif field["required"]:
                yield f"{path}: {name!r} is missing"


@functools.cache
def reference() -> Reference | None:
    """The description beside the working copy, if it is there."""
    for parent in Path(__file__).resolve().parents:
        if (parent / FILE).is_file():
            return Reference(json.loads((parent / FILE).read_text(encoding="utf-8")))
    return None
