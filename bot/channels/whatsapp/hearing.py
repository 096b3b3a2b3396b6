"""From a webhook's body to what was heard: every entry, change, message and status of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.channels.whatsapp.errors import CLOSED, GONE, reason_of
from bot.files import Media, MediaKind
from bot.ports import (
    Heard,
)
from bot.told import Moved, Report, Told

NAME = "whatsapp"

#: How long after her last message we may write freely.
WINDOW = timedelta(hours=24)

#: Signs of an address, of an id and of a handle that are taken; Meta's own are shorter.
LONGEST_ADDRESS, LONGEST_ID, LONGEST_REF = 140, 250, 250

#: WhatsApp's names of what has a file, and the kind it is to us.
_FILES = {
    "image": MediaKind.PHOTO,
    "audio": MediaKind.VOICE,
    "voice": MediaKind.VOICE,
    "video": MediaKind.VIDEO,
    "document": MediaKind.DOCUMENT,
    "sticker": MediaKind.STICKER,
}

_log = structlog.get_logger(__name__)

What = Heard | Told | Moved


def read(body: Mapping[str, Any], phone_number_id: str, now: datetime) -> list[What]:
    """Everything in a body that is for us, in its order.

    What cannot be understood is left out and logged; it never takes the rest with it.
    """
    found: list[What] = []
    for value in _values(body, phone_number_id):
        for raw in _list(value, "messages"):
            found += _tried(lambda raw=raw, value=value: _message(raw, value, now), raw)
        for raw in _list(value, "statuses"):
            found += _tried(lambda raw=raw: _status(raw, now), raw)
    return found


def _values(body: Mapping[str, Any], phone_number_id: str) -> Iterator[Mapping[str, Any]]:
    for entry in _list(body, "entry"):
        for change in _list(entry, "changes"):
            value = change.get("value")
            if change.get("field") != "messages" or not isinstance(value, Mapping):
                continue
            metadata = value.get("metadata")
            ours = metadata.get("phone_number_id") if isinstance(metadata, Mapping) else None
            if ours == phone_number_id:
                yield value
            else:
                _log.info("whatsapp_not_our_number")


def _list(of: Any, name: str) -> list[Mapping[str, Any]]:
    things = of.get(name) if isinstance(of, Mapping) else None
    return [one for one in things if isinstance(one, Mapping)] if isinstance(things, list) else []


def _tried(look: Any, raw: Mapping[str, Any]) -> list[What]:
    try:
        found = look()
    except (TypeError, LookupError, ValueError, AttributeError, OverflowError, OSError) as fault:
        # No traceback: it would show her words.
        number = str(raw.get("id", ""))[:LONGEST_ID]
        _log.warning("whatsapp_not_understood", id=number, reason=type(fault).__name__)
        return []
    return [] if found is None else [found]


def _message(raw: Mapping[str, Any], value: Mapping[str, Any], now: datetime) -> What | None:
    if "group_id" in raw:
        return None
    number = _word(raw["id"], LONGEST_ID)
    if raw.get("type") == "system":
        return _moved(raw, number)
    address, phone = _who(raw, value)
    at = _time(raw["timestamp"], now)
    context = raw.get("context")
    heard = Heard(
        NAME,
        number,
        address,
        at,
        reply_to=str(context.get("id") or "")[:LONGEST_ID] if isinstance(context, Mapping) else "",
        phone=phone,
        open_until=at + WINDOW,
        **_said(raw),
    )
    if heard.nod:
        mark = raw["reaction"]
        return _nod(heard, str(mark.get("emoji") or ""), str(mark["message_id"]))
    return heard


def _nod(heard: Heard, emoji: str, on: str) -> Heard | None:
    """A sign on a message; one taken away says nothing. It may not open her window: we do not
    count on it.
    """
    if not emoji:
        return None
    return Heard(
        NAME,
        heard.id,
        heard.address,
        heard.at,
        words=emoji[:20],
        reply_to=on[:LONGEST_ID],
        phone=heard.phone,
        nod=True,
    )


def _said(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The words, the press or the thing of a message."""
    kind = str(raw.get("type", ""))
    inside = raw.get(kind)
    if kind == "text":
        return {"words": str(raw["text"]["body"])}
    if kind == "button":
        pressed = str(raw["button"].get("payload") or "")
        return {"pressed": pressed} if pressed else {"words": str(raw["button"].get("text", ""))}
    if kind == "interactive":
        return _chosen(raw["interactive"])
    if kind == "reaction":
        return {"nod": True}
    if kind in _FILES and isinstance(inside, Mapping) and inside.get("id"):
        media = Media(_FILES[kind], f"{kind}:{_word(inside['id'], LONGEST_REF)}", NAME)
        return {"words": str(inside.get("caption") or ""), "media": media}
    if kind == "location":
        return {"media": Media(MediaKind.LOCATION, _place(raw["location"]), NAME)}
    if kind == "contacts":
        return {"media": Media(MediaKind.CONTACT, _card(raw["contacts"]), NAME)}
    _log.info("whatsapp_unsupported", type=kind)
    return {"media": Media(MediaKind.OTHER, "", NAME)}


def _chosen(inside: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("button_reply", "list_reply"):
        if isinstance(reply := inside.get(name), Mapping):
            return {"pressed": str(reply["id"])}
    return {"media": Media(MediaKind.OTHER, "", NAME)}


def _place(raw: Mapping[str, Any]) -> str:
    latitude, longitude = float(raw["latitude"]), float(raw["longitude"])
    name = " ".join(str(raw.get("name") or "").split())
    return f"location:{latitude:.5f},{longitude:.5f},{name}"[:LONGEST_REF]


def _card(raw: list[Mapping[str, Any]]) -> str:
    card = raw[0]
    name = str(card.get("name", {}).get("formatted_name") or "")[:60]
    phones = [str(one.get("phone") or "") for one in card.get("phones") or []]
    return f"contacts:{json.dumps([name, (phones or [''])[0][:30]], ensure_ascii=False)}"


def _who(raw: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[str, str]:
    """Her id on the platform, and her number where it is told; at least one of them is there."""
    number = str(raw.get("from") or "")
    user = str(raw.get("from_user_id") or "")
    contacts = _list(value, "contacts")
    for one in contacts:
        same = number and one.get("wa_id") == number
        if same or (user and one.get("user_id") == user) or len(contacts) == 1:
            user = user or str(one.get("user_id") or "")
            number = number or str(one.get("wa_id") or "")
            break
    if number and not number.isdecimal():  # an id of hers in the number's place
        user, number = user or number, ""
    address = _word(user or number, LONGEST_ADDRESS)
    return address, "" if number == address else number[:LONGEST_ADDRESS]


def _moved(raw: Mapping[str, Any], number: str) -> Moved | None:
    system = raw["system"]
    new = str(system.get("user_id") or system.get("wa_id") or system.get("new_wa_id") or "")
    old = str(raw.get("from_user_id") or raw.get("from") or "")
    if not str(system.get("type", "")).startswith("user_changed") or not old or not new:
        return None
    return Moved(NAME, number, _word(old, LONGEST_ADDRESS), _word(new, LONGEST_ADDRESS))


def _status(raw: Mapping[str, Any], now: datetime) -> Told | None:
    if raw.get("status") not in set(Report):
        return None
    errors = _list(raw, "errors")
    code = errors[0].get("code") if errors else None
    pricing = raw.get("pricing")
    price = pricing if isinstance(pricing, Mapping) else {}
    billed = price.get("billable")
    return Told(
        NAME,
        _word(raw["id"], LONGEST_ID),
        Report(raw["status"]),
        _time(raw["timestamp"], now),
        reason=reason_of(errors[0]) if errors else "",
        closed=code in CLOSED,
        gone=code in GONE,
        billed=billed if isinstance(billed, bool) else None,
        category=str(price.get("category") or "")[:20],
    )


def _time(raw: Any, now: datetime) -> datetime:
    """Seconds since 1970, as a text or a number; never later than ``now``."""
    return min(datetime.fromtimestamp(int(raw), UTC), now)


def _word(raw: Any, longest: int) -> str:
    """An id that is there and not absurdly long. Raises ValueError."""
    if not isinstance(raw, str) or not 0 < len(raw) <= longest:
        raise ValueError("an id is missing or too long")
    return raw
