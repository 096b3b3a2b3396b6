"""What Telegram's side knows: people, chats, messages, files, and updates not yet taken."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

#: Ids begin where the time begins, so that a later server gives ids of its own.
BOT_ID = 7_000_000_001
FIRST_PERSON = 1_001
FIRST_GROUP = -4_001

#: Kinds that are sent to a bot which never said what it wants.
USUAL = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "poll"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content: bytes
    mime: str


class ApiError(Exception):
    """An answer with ``ok: false``."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as it came."""

    method: str
    params: dict[str, Any]
    at: float


@dataclass(slots=True)
class Sent:
    """A message in a chat; ``buttons`` are all it ever had."""

    body: dict[str, Any]
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def markup(self) -> list[list[dict[str, str]]]:
        rows: list[list[dict[str, str]]] = self.body.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group; ``member`` is the person or none."""

    id: int
    kind: str
    name: str
    open: bool = False
    blocked: bool = False
    gone: bool = False
    messages: dict[int, Sent] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        title = {"first_name": self.name} if self.kind == "private" else {"title": self.name}
        return {"id": self.id, "type": self.kind, **title}


@dataclass(frozen=True, slots=True)
class File:
    """A file by its id; ``kind`` decides by which method it may be sent again."""

    kind: str
    content: bytes


class World:
    """Everything behind the Bot API; every use of it is under ``changed`` (a lock)."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.changed = threading.Condition(threading.RLock())
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.commands: list[dict[str, str]] = []
        self.presses: dict[str, bool] = {}
        self.updates: dict[int, tuple[int, dict[str, Any]]] = {}
        self.wanted: frozenset[str] = USUAL
        self.wake: Callable[[], None] = lambda: None
        self.check_update: Callable[[dict[str, Any]], Iterable[str]] = lambda _: ()
        self._numbers = itertools.count(1)
        self._update_ids = itertools.count(int(time.time()) % 100_000 * 1_000 + 1)

    def number(self) -> int:
        """The next number for messages, presses and files."""
        return next(self._numbers)

    def bot(self) -> dict[str, Any]:
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Pendamping",
            "username": self.username,
        }

    def new_chat(self, kind: str, name: str) -> Chat:
        with self.changed:
            same = sum(chat.kind == kind for chat in self.chats.values())
            number = FIRST_PERSON + same if kind == "private" else FIRST_GROUP - same
            chat = self.chats[number] = Chat(number, kind, name)
            return chat

    def keep_file(self, kind: str, content: bytes) -> str:
        """A new file; its id."""
        with self.changed:
            file_id = f"FILE{self.number():06d}{kind}"
            self.files[file_id] = File(kind, content)
            return file_id

    def put(self, chat: Chat, sender: dict[str, Any], **parts: Any) -> Sent:
        """A new message in a chat."""
        with self.changed:
            number = self.number()
            body = {
                "message_id": number,
                "date": int(time.time()),
                "chat": chat.shown(),
                "from": sender,
                **{key: value for key, value in parts.items() if value is not None},
            }
            sent = chat.messages[number] = Sent(body)
            sent.buttons += itertools.chain.from_iterable(sent.markup)
            self.changed.notify_all()
            return sent

    def announce(self, chat: Chat, kind: str, body: dict[str, Any]) -> int:
        """An update for the bot, if it wants such; its id."""
        with self.changed:
            number = next(self._update_ids)
            if kind in self.wanted:
                update = {"update_id": number, kind: body}
                self.violations += self.check_update(update)
                self.updates[number] = (chat.id, update)
                self.changed.notify_all()
        self.wake()
        return number
