"""From Telegram's update to what was heard, or nothing when it is not for us."""

from __future__ import annotations

import re
from datetime import datetime
from mimetypes import guess_type

from telegram import Chat, ChatMember, Document, Message, Update

from bot.channels.telegram.text import clean
from bot.files import Media, MediaKind
from bot.ports import (
    Heard,
)

NAME = "telegram"

#: A type that says nothing.
UNKNOWN = "application/octet-stream"

#: What we call a document that may be a picture. Telegram keeps it as it is, so it is never sent
#: again by its id: where it was taken would go with it.
PICTURE = "picture"

_ADDRESSED = re.compile(r"^(/\w+)@\w+")
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)

#: Telegram's names of what has a file, the kind it is to us; the first that is there counts
#: (an animation comes as a document too).
_FILES = (
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.VIDEO),
    ("animation", MediaKind.VIDEO),
    ("sticker", MediaKind.STICKER),
    ("document", MediaKind.DOCUMENT),
)


def hear(update: Update, now: datetime) -> Heard | None:
    """What a person said to the bot in private; ``now`` for what has no time of its own.

    None for everything else: groups, channels, edited messages, polls, being blocked, and what
    Telegram itself puts into a chat.
    """
    if update.callback_query is not None:
        return _press(update, now)
    message = update.message
    if message is None or message.chat.type != Chat.PRIVATE:
        return None
    words = _ADDRESSED.sub(r"\1", clean(message.text or message.caption or ""))
    media = media_of(message)
    if media is None and message.text is None:
        return None
    answered = message.reply_to_message
    return Heard(
        NAME,
        str(update.update_id),
        str(message.chat.id),
        message.date,
        words=words,
        media=media,
        reply_to=str(answered.message_id) if answered else "",
    )


def _press(update: Update, now: datetime) -> Heard | None:
    query = update.callback_query
    if query is None or not query.data:
        return None
    if query.message is None or query.message.chat.type != Chat.PRIVATE:
        return None
    return Heard(
        NAME,
        str(update.update_id),
        str(query.from_user.id),
        now,
        pressed=clean(query.data),
    )


def media_of(message: Message) -> Media | None:
    """What came besides words, as ``what:file_id``, or ``copy:chat/message`` without a file."""
    if message.document and not message.animation and _may_be_picture(message.document):
        return Media(MediaKind.DOCUMENT, f"{PICTURE}:{message.document.file_id}", NAME)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Media(MediaKind.PHOTO, f"photo:{largest.file_id}", NAME)
    for what, kind in _FILES:
        if file := getattr(message, what):
            return Media(kind, f"{what}:{file.file_id}", NAME)
    copy = f"copy:{message.chat.id}/{message.message_id}"
    if message.location or message.venue:
        return Media(MediaKind.LOCATION, copy, NAME)
    if message.contact:
        return Media(MediaKind.CONTACT, copy, NAME)
    if message.effective_attachment or message.checklist:
        return Media(MediaKind.OTHER, copy, NAME)
    return None


def _may_be_picture(document: Document) -> bool:
    """By what her phone says of it; a document of which nothing is said may be anything."""
    said = {document.mime_type, guess_type(document.file_name or "")[0]} - {None, UNKNOWN}
    return not said or any(one.startswith("image/") for one in said if one)


def left(update: Update) -> bool:
    """Whether a person has just blocked the bot; writing to her is refused until she returns."""
    change = update.my_chat_member
    return (
        change is not None
        and change.chat.type == Chat.PRIVATE
        and change.new_chat_member.status == ChatMember.BANNED
    )


def added_to(update: Update) -> int | None:
    """The group the bot was added to just now, if that is what happened."""
    change = update.my_chat_member
    if change is None or change.chat.type not in {Chat.GROUP, Chat.SUPERGROUP}:
        return None
    was, is_now = change.old_chat_member.status, change.new_chat_member.status
    return change.chat.id if was in _OUTSIDE and is_now not in _OUTSIDE else None
