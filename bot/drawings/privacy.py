"""Everything we keep about somebody, for her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.own_data import OwnData
from bot.files import PDF, TEXT, File
from bot.printing.own_data import own_data_printed, own_data_raw
from bot.studio import Draw
from storage.own_data import own_data
from storage.store import SqlStore


def of_privacy(store: SqlStore) -> Mapping[str, Draw]:
    """Drawn from what is kept when it is sent."""

    def about(facts: Mapping[str, Any]) -> OwnData:
        with store.snapshot() as connection:
            return own_data(connection, facts["person"], store.now())

    def printed(facts: Mapping[str, Any]) -> File:
        return File(own_data_printed(about(facts)), PDF, "Data saya.pdf")

    def raw(facts: Mapping[str, Any]) -> File:
        return File(own_data_raw(about(facts)), TEXT, "Data saya.json")

    return {"own data printed": printed, "own data raw": raw}
