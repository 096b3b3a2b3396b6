"""People with phones, and groups, on the far side of the Bot API."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import Any

from tests.servers.bot_api_world import Chat, Sent, World
from tests.servers.platform import Reader

LONGEST = 4096
PICTURE = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
_MEDIA = (
    "photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker",
    "location", "contact", "dice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands on a phone: its words, its buttons by row, what else is in it."""

    id: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    media: str = ""
    entities: tuple[tuple[str, str], ...] = ()

    @property
    def buttons(self) -> list[str]:
        """The labels, row by row."""
        return list(itertools.chain.from_iterable(self.rows))


def seen(sent: Sent) -> Seen:
    body = sent.body
    text: str = body.get("text", body.get("caption", ""))
    wide = text.encode("utf-16-le")
    entities = tuple(
        (one["type"], wide[one["offset"] * 2 :][: one["length"] * 2].decode("utf-16-le"))
        for one in body.get("entities", body.get("caption_entities", []))
    )
    rows = tuple(tuple(button["text"] for button in row) for row in sent.markup)
    media = next((kind for kind in _MEDIA if kind in body), "")
    return Seen(body["message_id"], text, rows, media, entities)


class Person(Reader[World, Seen]):
    """Somebody who chats with the bot in private."""

    def __init__(self, world: World, name: str) -> None:
        super().__init__(world, name)
        self.chat: Chat = world.new_chat("private", name)

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def address(self) -> str:
        """Her id as the ports know it."""
        return str(self.chat.id)

    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "id"}

    @property
    def sees(self) -> list[Seen]:
        with self.world.changed:
            return [
                seen(sent) for sent in self.chat.messages.values() if sent.body["from"]["is_bot"]
            ]

    def opens(self) -> None:
        """Lets the bot write to her without writing to it first."""
        with self.world.changed:
            self.chat.open, self.chat.blocked = True, False

    def writes(self, words: str, **more: Any) -> int:
        """Sends words, as several messages if they are long; the id of the last update."""
        update = 0
        for start in range(0, max(len(words), 1), LONGEST):
            part = words[start : start + LONGEST]
            entities = None
            if part.startswith("/"):
                command = part.split()[0]
                entities = [{"type": "bot_command", "offset": 0, "length": len(command)}]
            update = self.sends(text=part, entities=entities, **more)
        return update

    def sends(self, **parts: Any) -> int:
        """Sends a message with these fields of Telegram's ``Message``; the id of the update."""
        self.opens()
        sent = self.world.put(self.chat, self.user(), **parts)
        return self.world.announce(self.chat, "message", sent.body)

    def replies(self, to: Seen | int, words: str) -> int:
        number = to if isinstance(to, int) else to.id
        with self.world.changed:
            answered = dict(self.chat.messages[number].body)
        return self.writes(words, reply_to_message=answered)

    def edits(self, words: str) -> int:
        """Changes the last thing she wrote."""
        with self.world.changed:
            mine = [one for one in self.chat.messages.values() if not one.body["from"]["is_bot"]]
            mine[-1].body |= {"text": words, "edit_date": int(time.time())}
            return self.world.announce(self.chat, "edited_message", dict(mine[-1].body))

    def presses(self, label: str, message: Seen | int | None = None) -> int:
        """Presses a button: the newest there is, or one a message has or once had."""
        with self.world.changed:
            sent, payload = self._button(label, message)
            query = str(self.world.number())
            self.world.presses[query] = False
            body = {
                "id": query,
                "from": self.user(),
                "message": dict(sent.body),
                "chat_instance": str(self.id),
                "data": payload,
            }
            return self.world.announce(self.chat, "callback_query", body)

    def _button(self, label: str, message: Seen | int | None) -> tuple[Sent, str]:
        if message is not None:
            number = message if isinstance(message, int) else message.id
            choices = [(self.chat.messages[number], self.chat.messages[number].buttons)]
        else:
            choices = [
                (sent, list(itertools.chain.from_iterable(sent.markup)))
                for sent in reversed(self.chat.messages.values())
            ]
        for sent, buttons in choices:
            for button in buttons:
                if button["text"] == label:
                    return sent, button["callback_data"]
        raise AssertionError(f"no button {label!r} before {self.name}, but {self.sees}")

    def sends_photo(self, caption: str | None = None, content: bytes = PICTURE) -> int:
        sizes = [
            self._file("photo", content[:10], width=90, height=60),
            self._file("photo", content, width=1280, height=853),
        ]
        return self.sends(photo=sizes, caption=caption)

    def sends_voice(self, content: bytes = b"OggS") -> int:
        return self.sends(voice=self._file("voice", content, duration=3, mime_type="audio/ogg"))

    def sends_audio(self) -> int:
        return self.sends(audio=self._file("audio", b"ID3", duration=3, title="Lagu"))

    def sends_video(self, caption: str | None = None) -> int:
        file = self._file("video", b"mp4", width=640, height=480, duration=3)
        return self.sends(video=file, caption=caption)

    def sends_video_note(self) -> int:
        return self.sends(video_note=self._file("video_note", b"mp4", length=240, duration=3))

    def sends_document(
        self, caption: str | None = None, content: bytes = b"%PDF", **said: str
    ) -> int:
        """A file as it is; ``said`` is what her phone says of it (``file_name``, ``mime_type``)."""
        file = self._file("document", content, **(said or {"file_name": "nota.pdf"}))
        return self.sends(document=file, caption=caption)

    def sends_sticker(self) -> int:
        file = self._file(
            "sticker",
            b"RIFF",
            type="regular",
            width=512,
            height=512,
            is_animated=False,
            is_video=False,
        )
        return self.sends(sticker=file)

    def sends_location(self) -> int:
        return self.sends(location={"latitude": -7.25, "longitude": 112.75})

    def sends_contact(self) -> int:
        return self.sends(contact={"phone_number": "+628123", "first_name": "Tuti"})

    def sends_dice(self) -> int:
        return self.sends(dice={"emoji": "🎲", "value": 4})

    def blocks(self) -> int:
        with self.world.changed:
            self.chat.blocked = True
            return self._stands("member", "kicked")

    def unblocks(self) -> int:
        with self.world.changed:
            self.chat.blocked = False
            return self._stands("kicked", "member")

    def leaves_telegram(self) -> None:
        """Her account is deleted."""
        with self.world.changed:
            self.chat.gone = True

    def _stands(self, old: str, new: str) -> int:
        return self.world.announce(
            self.chat, "my_chat_member", standing(self.world, self.chat, self.user(), old, new)
        )

    def _file(self, kind: str, content: bytes, **parts: Any) -> dict[str, Any]:
        file_id = self.world.keep_file(kind, content)
        size = len(content)
        return {"file_id": file_id, "file_unique_id": file_id[4:10], "file_size": size, **parts}


class Group:
    """A group chat with people in it."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.chat: Chat = world.new_chat("group", name)

    @property
    def sees(self) -> list[Seen]:
        """What the bot wrote there."""
        with self.world.changed:
            messages = list(self.chat.messages.values())
            return [seen(sent) for sent in messages if sent.body["from"]["is_bot"]]

    def adds_bot(self, by: Person) -> int:
        with self.world.changed:
            self.chat.open = True
            change = standing(self.world, self.chat, by.user(), "left", "member")
            return self.world.announce(self.chat, "my_chat_member", change)

    def makes_bot_administrator(self, by: Person) -> int:
        with self.world.changed:
            change = standing(self.world, self.chat, by.user(), "member", "administrator")
            return self.world.announce(self.chat, "my_chat_member", change)

    def hears(self, person: Person, words: str) -> int:
        """Somebody writes in the group."""
        sent = self.world.put(self.chat, person.user(), text=words)
        return self.world.announce(self.chat, "message", sent.body)


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def standing(world: World, chat: Chat, by: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """A ``ChatMemberUpdated`` about the bot."""

    def member(status: str) -> dict[str, Any]:
        more: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        if status == "administrator":
            more = dict.fromkeys(_RIGHTS, False)
        return {"user": world.bot(), "status": status, **more}

    return {
        "chat": chat.shown(),
        "from": by,
        "date": int(time.time()),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
