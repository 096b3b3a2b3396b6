"""``pendamping whatsapp templates``: printed, submitted to Meta, and compared with what Meta has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from bot.app import LANGUAGE, TEMPLATES, whatsapp_channel
from bot.channels.whatsapp.calls import Calls
from bot.channels.whatsapp.templates import Template, load
from bot.config import Settings, WrongSetting
from bot.ports import Refused, TryAgain, Uncertain

#: What Meta calls a template that may be used.
APPROVED = "APPROVED"


def print_templates(out: TextIO) -> int:
    """Every template as Meta would be asked to approve it."""
    for one in load(TEMPLATES / LANGUAGE):
        print(json.dumps(one.submission(), ensure_ascii=False, indent=2), file=out)
    return 0


async def submit(settings: Settings, out: TextIO) -> int:
    """Ask Meta to approve what it does not know yet. Raises WrongSetting."""
    return await _with(settings, out, submitting=True)


async def check(settings: Settings, out: TextIO) -> int:
    """Say of each template what Meta made of it; 0 when all are approved. Raises WrongSetting."""
    return await _with(settings, out, submitting=False)


async def _with(settings: Settings, out: TextIO, *, submitting: bool) -> int:
    channel, account = whatsapp_channel(settings), settings.whatsapp_account_id
    if channel is None or not account:
        raise WrongSetting(
            "WHATSAPP_ACCOUNT_ID: set it, and the four WHATSAPP_ settings; it is the WhatsApp "
            "Business Account's number on Meta's page, needed for templates only"
        )
    await channel.start(patience=5)
    try:
        return await _look(channel.calls, account, out, submitting=submitting)
    except (TryAgain, Uncertain, Refused) as fault:
        raise WrongSetting(
            f"WHATSAPP_ACCOUNT_ID: Meta did not answer as expected ({fault})."
        ) from None
    finally:
        await channel.stop()


async def _look(calls: Calls, account: str, out: TextIO, *, submitting: bool) -> int:
    theirs = await known(calls, account)
    well = True
    for one in load(TEMPLATES / LANGUAGE):
        found = next((each for each in theirs if _names(each) == (one.name, one.language)), None)
        if found is None and submitting:
            found = await calls.post(f"{account}/message_templates", one.submission())
        state = str(found.get("status", "?")) if found else "missing"
        differs = found is not None and not _same(one, found)
        print(f"{one.name}: {state}{' (its text differs)' if differs else ''}", file=out)
        well = well and (state == APPROVED or submitting) and not differs
    return 0 if well else 1


async def known(calls: Calls, account: str) -> Sequence[dict[str, Any]]:
    """Every template Meta has of this account."""
    fields = "fields=name,language,status,category,components&limit=200"
    answer = await calls.get(f"{account}/message_templates?{fields}")
    return [one for one in answer.get("data", []) if isinstance(one, dict)]


def _names(raw: dict[str, Any]) -> tuple[object, object]:
    return raw.get("name"), raw.get("language")


def _same(one: Template, raw: dict[str, Any]) -> bool:
    bodies = [
        part.get("text")
        for part in raw.get("components") or []
        if str(part.get("type", "")).upper() == "BODY"
    ]
    return not bodies or bodies == [one.body]
