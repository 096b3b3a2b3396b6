"""People with phones on the far side of the Cloud API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.servers.cloud_api_world import WINDOW, Phone, World
from tests.servers.platform import Reader

PICTURE = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
OPUS = "audio/ogg; codecs=opus"


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands on a phone: its words, what can be pressed, what else is in it."""

    id: str
    text: str
    buttons: tuple[str, ...] = ()
    media: str = ""
    template: str = ""


def seen(number: str, body: dict[str, Any]) -> Seen:
    kind, inside = body["type"], body[body["type"]]
    if kind == "text":
        return Seen(number, inside["body"])
    if kind == "interactive":
        media = inside.get("header", {}).get("type", "")
        labels = tuple(title for title, _ in choices(body))
        return Seen(number, inside["body"]["text"], labels, media)
    if kind == "template":
        words = [one["text"] for part in inside["components"] for one in part["parameters"]
                 if one["type"] == "text"]  # fmt: skip
        return Seen(number, " ".join(words), tuple(t for t, _ in choices(body)), "", inside["name"])
    return Seen(number, inside.get("caption", ""), (), kind)


def choices(body: dict[str, Any]) -> list[tuple[str, str]]:
    """What can be pressed on a message: titles with what comes back."""
    inside = body[body["type"]]
    if body["type"] == "template":
        return [
            (str(part["index"]), part["parameters"][0]["payload"])
            for part in inside["components"]
            if part["type"] == "button"
        ]
    action = inside["action"] if body["type"] == "interactive" else {}
    pressed = [(one["reply"]["title"], one["reply"]["id"]) for one in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return pressed + [(row["title"], row["id"]) for row in rows]


class Person(Reader[World, Seen]):
    """Somebody who chats with our number."""

    def __init__(self, world: World, name: str, *, user_id: bool, number: bool) -> None:
        super().__init__(world, name)
        self.phone: Phone = world.new_phone(name, user_id=user_id, number=number)

    @property
    def address(self) -> str:
        """Her id as the ports know it."""
        return self.phone.user_id or self.phone.wa_id

    @property
    def sees(self) -> list[Seen]:
        with self.world.changed:
            return [seen(number, body) for number, body in self.phone.sees.items()]

    def waits_for_template(self, name: str, seconds: float = 10) -> Seen:
        """The newest message made from this template, once it is there."""
        return self.waits_for_one(lambda one: one.template == name, f"template {name!r}", seconds)

    def sends(self, kind: str, inside: Any, *, context: str = "", opens: bool = True) -> str:
        """A message of any kind; its id."""
        with self.world.changed:
            number = f"wamid.IN{self.world.number():08d}"
            now = self.world.now()
            self.phone.blocked = False
            if opens:
                self.phone.open_until = now + WINDOW
            message: dict[str, Any] = {
                **self._who(),
                "id": number,
                "timestamp": str(int(now)),
                "type": kind,
                kind: inside,
            }
            if context:
                message["context"] = {"id": context}
            self.world.announce({"contacts": [self._card()], "messages": [message]})
            return number

    def _who(self) -> dict[str, str]:
        phone = self.phone
        number = {"from": phone.wa_id} if phone.tells_number else {}
        return number | ({"from_user_id": phone.user_id} if phone.user_id else {})

    def _card(self) -> dict[str, Any]:
        phone = self.phone
        card: dict[str, Any] = {"profile": {"name": self.name}}
        if phone.tells_number:
            card["wa_id"] = phone.wa_id
        if phone.user_id:
            card["user_id"] = phone.user_id
        return card

    def writes(self, words: str) -> str:
        return self.sends("text", {"body": words})

    def replies(self, to: Seen, words: str) -> str:
        return self.sends("text", {"body": words}, context=to.id)

    def reacts(self, to: Seen, emoji: str) -> str:
        inside = {"message_id": to.id, "emoji": emoji}
        return self.sends("reaction", inside, opens=False)

    def presses(self, label: str) -> str:
        """Presses the newest button or row of that title; a template's by its place ("0")."""
        with self.world.changed:
            for number, body in reversed(self.phone.sees.items()):
                for title, payload in choices(body):
                    if title == label:
                        return self._pressed(number, body, title, payload)
        raise AssertionError(f"no {label!r} before {self.name}, but {self.sees}")

    def _pressed(self, number: str, body: dict[str, Any], title: str, payload: str) -> str:
        if body["type"] == "template":
            return self.sends("button", {"payload": payload, "text": title}, context=number)
        kind = "button_reply" if body["interactive"]["type"] == "button" else "list_reply"
        inside = {"type": kind, kind: {"id": payload, "title": title}}
        return self.sends("interactive", inside, context=number)

    def sends_photo(self, caption: str = "", content: bytes = PICTURE) -> str:
        inside = {"id": self.world.keep(content, "image/jpeg"), "mime_type": "image/jpeg"}
        return self.sends("image", inside | ({"caption": caption} if caption else {}))

    def sends_voice(self, content: bytes = b"OggS") -> str:
        inside = {"id": self.world.keep(content, OPUS), "mime_type": OPUS, "voice": True}
        return self.sends("audio", inside)

    def sends_document(
        self,
        caption: str = "",
        content: bytes = b"%PDF",
        mime: str = "application/pdf",
        name: str = "nota.pdf",
    ) -> str:
        inside = {"id": self.world.keep(content, mime), "filename": name}
        return self.sends("document", inside | ({"caption": caption} if caption else {}))

    def sends_location(self) -> str:
        return self.sends("location", {"latitude": 3.6, "longitude": 98.5, "name": "Pasar"})

    def changes_number(self) -> None:
        """The same account under another number: WhatsApp says so, and gives a new id."""
        with self.world.changed:
            phone, old = self.phone, self._who()
            phone.wa_id = f"62813{self.world.number():07d}"
            new = {"wa_id": phone.wa_id}
            if phone.user_id:
                phone.user_id = f"ID.9{self.world.number():018d}"
                new["user_id"] = phone.user_id
            number = f"wamid.SYS{self.world.number():08d}"
            system = {"body": "…", "type": "user_changed_number", **new}
            message = {
                **old,
                "id": number,
                "timestamp": str(int(self.world.now())),
                "type": "system",
            }
            self.world.announce({"messages": [{**message, "system": system}]})

    def reads(self) -> None:
        """Reads the newest message."""
        with self.world.changed:
            number, body = list(self.phone.sees.items())[-1]
            self.world.tell(number, body, "read")

    def blocks(self) -> None:
        with self.world.changed:
            self.phone.blocked = True
