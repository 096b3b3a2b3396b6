"""The gate for pictures: one that just came waits until somebody saw that it is no identity card.

Whatever it came for, nothing is done with it before; then its message is heard as if it came now.
``bot.glance`` looks.
"""

from __future__ import annotations

from bot.domain.people import Person
from bot.domain.pictures import PictureCame
from bot.domain.privacy import without_secrets
from bot.files import Media, MediaKind
from bot.ports import LONGEST_HEARD, Heard, Writing

#: What may be a picture.
_PICTURES = (MediaKind.PHOTO, MediaKind.DOCUMENT)


def stops(books: Writing, me: Person, heard: Heard) -> bool:
    """Whether this is looked at first; it waits for that now.

    Words with a secret go on, to be told so, and strangers' pictures are used for nothing.
    """
    media = heard.media
    if media is None or media.kind not in _PICTURES or not (me.name or books.sharing(me)):
        return False
    words, had_secrets = without_secrets(heard.words[:LONGEST_HEARD].strip())
    if not had_secrets:
        books.record(PictureCame(me, media.packed(), words, heard.reply_to, heard.at))
    return not had_secrets


def heard_again(came: PictureCame) -> Heard:
    """The message a picture came with."""
    media = Media.unpacked(came.media)
    return Heard(
        media.channel, "", "", came.at, words=came.words, media=media, reply_to=came.reply_to
    )
