"""What there is on Meta's side: people, windows, messages, media, templates, and news for us."""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WINDOW = 24 * 3600
TITLES = {131047: "Re-engagement message", 131026: "Message undeliverable", 190: "Access token"}


class ApiError(Exception):
    """An error answer."""

    def __init__(self, code: int, status: int = 0) -> None:
        super().__init__(code)
        self.code, self.status = code, status or (401 if code == 190 else 400)

    def body(self) -> dict[str, Any]:
        title = TITLES.get(self.code, "Error")
        return {
            "error": {
                "message": f"(#{self.code}) {title}",
                "type": "OAuthException",
                "code": self.code,
                "error_data": {"messaging_product": "whatsapp", "details": "…"},
                "fbtrace_id": "A0bCdE",
            }
        }


@dataclass(frozen=True, slots=True)
class Media:
    """A file by its id."""

    content: bytes
    mime: str


@dataclass(slots=True)
class Template:
    """A message text that was agreed beforehand."""

    name: str
    language: str
    body: str
    category: str = "UTILITY"
    status: str = "APPROVED"
    id: str = "1"
    buttons: tuple[str, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def submitted(cls, raw: dict[str, Any], status: str = "PENDING") -> Template:
        """From the body of a submission."""
        parts = {one["type"].upper(): one for one in raw["components"]}
        buttons = tuple(one["text"] for one in parts.get("BUTTONS", {}).get("buttons", ()))
        body = parts["BODY"]["text"]
        return cls(raw["name"], raw["language"], body, raw["category"], status, "7", buttons, raw)

    @property
    def parameters(self) -> set[str]:
        return set(re.findall(r"{{(\w+)}}", self.body))

    def shown(self) -> dict[str, Any]:
        kept = {"name": self.name, "language": self.language, "status": self.status, "id": self.id}
        return {**kept, "category": self.category, "components": self.raw.get("components", [])}


@dataclass(slots=True)
class Phone:
    """Somebody's phone: what stands on it, by the id of the message."""

    name: str
    wa_id: str
    user_id: str
    tells_number: bool
    open_until: float = 0
    blocked: bool = False
    sees: dict[str, dict[str, Any]] = field(default_factory=dict)


class World:
    """Everything behind the Cloud API; every use of it is under ``changed`` (a lock)."""

    def __init__(self, number_id: str) -> None:
        self.number_id = number_id
        self.changed = threading.Condition(threading.RLock())
        self.phones: list[Phone] = []
        self.media: dict[str, Media] = {}
        self.templates: dict[tuple[str, str], Template] = {}
        self.accepted: list[dict[str, Any]] = []
        self.violations: list[str] = []
        self.outside: list[dict[str, Any]] = []
        self.news: list[dict[str, Any]] = []
        self.pending = 0
        self.wake: Callable[[], None] = lambda: None
        self.ahead = 0.0
        self._numbers = itertools.count(1)

    def now(self) -> float:
        """The time on Meta's side, in seconds since 1970."""
        return time.time() + self.ahead

    def number(self) -> int:
        return next(self._numbers)

    def new_phone(self, name: str, *, user_id: bool, number: bool) -> Phone:
        with self.changed:
            at = len(self.phones) + 1
            user = f"ID.{1349120865530274000 + at}" if user_id else ""
            phone = Phone(name, f"62812000{at:04d}", user, number)
            self.phones.append(phone)
            return phone

    def phone(self, body: dict[str, Any]) -> Phone:
        """Whom a message is for."""
        to, recipient = body.get("to"), body.get("recipient")
        for one in self.phones:
            if (to and to == one.wa_id) or (recipient and recipient == one.user_id):
                return one
        raise ApiError(131026)

    def keep(self, content: bytes, mime: str) -> str:
        with self.changed:
            media_id = str(4490709327380000 + self.number())
            self.media[media_id] = Media(content, mime)
            return media_id

    def accept(self, body: dict[str, Any], *, late_window: bool, late_code: int) -> str:
        """Take a message in; what keeps it from her is in the news afterwards or raised."""
        phone = self.phone(body)
        closed = body["type"] != "template" and phone.open_until < self.now()
        if closed:
            self.outside.append(body)
            if not late_window:
                raise ApiError(131047)
        number = f"wamid.OUT{self.number():08d}"
        code = 131047 if closed else late_code or (131026 if phone.blocked else 0)
        self.accepted.append({**body, "id": number, "failed": code})
        if not code:
            phone.sees[number] = body
        self.changed.notify_all()
        return number

    def follow(self, number: str, body: dict[str, Any], *, backwards: bool) -> None:
        """Tell what became of an accepted message."""
        code = self.accepted[-1]["failed"]
        told = ["failed"] if code else ["sent", "delivered"]
        for status in reversed(told) if backwards else told:
            self.tell(number, body, status, code)

    def tell(self, number: str, body: dict[str, Any], status: str, code: int = 0) -> None:
        """One status of a message."""
        free = body["type"] != "template"
        one: dict[str, Any] = {
            "id": number,
            "status": status,
            "timestamp": str(int(self.now())),
            "recipient_id": body.get("to") or "",
            "pricing": {
                "billable": not free,
                "pricing_model": "PMP",
                "category": "service" if free else "utility",
            },
        }
        if code:
            title = TITLES.get(code, "Error")
            one["errors"] = [{"code": code, "title": title, "message": title}]
        self.announce({"statuses": [one]})

    def announce(self, value: dict[str, Any]) -> None:
        """Something for our webhook."""
        metadata = {"display_phone_number": "6281100001111", "phone_number_id": self.number_id}
        with self.changed:
            change = {"messaging_product": "whatsapp", "metadata": metadata, **value}
            self.news.append({"value": change, "field": "messages"})
            self.pending += 1
            self.changed.notify_all()
        self.wake()

    def gathered(self) -> list[dict[str, Any]]:
        """The news there are, which are taken with it."""
        news, self.news = self.news, []
        return news
