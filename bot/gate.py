"""The gate for pictures: one that just came waits until somebody saw that it is no identity card.

What she writes meanwhile waits behind it, since it may be about what the picture brings up.

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
    """Whether this is looked at first, or comes behind what is; it waits for that now.

    Words with a secret go on, to be told so, and strangers' pictures are used for nothing.
    """
    may_be_picture = heard.media is not None and heard.media.kind in _PICTURES
    if not (may_be_picture or _comes_behind(books, me, heard)):
        return False
    if not (me.name or books.sharing(me)):
        return False
    words, had_secrets = without_secrets(heard.words[:LONGEST_HEARD].strip())
    if not had_secrets:
        media = heard.media or Media(MediaKind.OTHER, channel=heard.channel)
        books.record(PictureCame(me, media.packed(), words, heard.reply_to, heard.at))
    return not had_secrets


def _comes_behind(books: Writing, me: Person, heard: Heard) -> bool:
    """Whether these are words that name no question of their own, behind a picture of hers."""
    names_question = heard.pressed or heard.nod or heard.reply_to
    return heard.media is None and not names_question and books.at_the_gate(me)


def heard_again(came: PictureCame) -> Heard:
    """The message that waited."""
    media = Media.unpacked(came.media)
    sent = media if media.ref else None
    return Heard(
        media.channel, "", "", came.at, words=came.words, media=sent, reply_to=came.reply_to
    )
