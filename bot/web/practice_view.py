"""What a window of the practice room is told: phones, lines and events, as the page and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.practice import Line, Phone, Role, Room

ROLES = {
    Role.MEMBER: "anggota",
    Role.HOLDER: "pemegang celengan",
    Role.MENTOR: "pendamping",
    Role.GUEST: "tamu",
}

TIPS = {
    Role.MEMBER: ("setor 10rb", "saldo", "bantuan"),
    Role.HOLDER: ("siapa", "catat Sari 10rb", "bantuan"),
    Role.MENTOR: ("undang", "bantuan"),
    Role.GUEST: ("gabung {code}",),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A phone as the page shows it."""

    address: str
    name: str
    short: str
    role: str
    tint: str
    tips: tuple[str, ...]


def shown(room: Room, phone: Phone) -> Shown:
    """A phone as the page draws it."""
    return Shown(
        address=phone.address,
        name=phone.called,
        short=phone.called.split()[-1][:1] if phone.called else "",
        role=ROLES[phone.role],
        tint=phone.role.value,
        tips=tuple(tip.format(code=room.seeded.code) for tip in TIPS[phone.role]),
    )


def phone_json(room: Room, phone: Phone) -> dict[str, Any]:
    """A phone for the script."""
    one = shown(room, phone)
    return {"address": one.address, "name": one.name, "short": one.short}


def line_json(line: Line) -> dict[str, Any]:
    """A line for the script."""
    return {
        "id": line.id,
        "key": line.key,
        "address": line.address,
        "hers": line.from_her,
        "at": line.at.isoformat(),
        "text": line.text,
        "buttons": [[button.label, button.payload] for button in line.buttons],
        "qr": bool(line.qr),
        "photo": line.photo,
        "reply_to": line.reply_to,
        "chosen": line.chosen,
    }


def event(name: str, data: object, number: int | None = None) -> str:
    """A server-sent event; ``number`` is what a window asks to go on from."""
    mark = "" if number is None else f"id: {number}\n"
    return f"event: {name}\n{mark}data: {json.dumps(data, ensure_ascii=False)}\n\n"
