"""How long what is kept about people: the sweep works by these, and docs/privacy.md lists them."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.pictures import HELD_BACK, KEPT

#: Platforms repeat a message for up to seven days.
REPEATED = timedelta(days=8)

#: A button of an old message still finds its conversation for so long after it is over.
REMEMBERED = timedelta(days=30)

#: Letters are kept to answer "did it arrive?" for so long.
TRACED = timedelta(days=90)

#: A chat's pace matters for seconds; deleted late enough that nobody reads it any more.
PACED = timedelta(hours=1)

#: Somebody who never joined anything is forgotten after this long.
STRANGER = timedelta(days=30)

#: What was played in the practice room is kept for so long.
PLAYED = timedelta(days=30)

#: A line of her notebook that she struck out.
STRUCK = timedelta(days=30)

#: Words nobody could place, in groups that let us learn.
LEARNT = timedelta(days=180)

#: What was asked of the articles, and whether it helped.
LEARNT_FROM = timedelta(days=365)

#: A mentor's invitation nobody has used.
INVITED = timedelta(days=90)

#: Who looked at whose data.
WATCHED = timedelta(days=730)

#: A code for joining two chats: long dead by then.
LINKED = timedelta(days=1)

#: After a group's books closed, or after she left with nothing in the celengan: then her name, chat,
#: notebook and words go as if she had asked for it.
FAREWELL = timedelta(days=365)

#: Something sent that waits to be worked on, and nobody does.
WAITED = timedelta(days=7)

#: A photo of a meeting that somebody seen on it has not answered for: nobody can say yes any more.
UNANSWERED = timedelta(days=31)

#: What docs/privacy.md lists, in its words.
TERMS = {
    "that a message came, so that it is not taken twice": REPEATED,
    "a conversation, after it is over": REMEMBERED,
    "letters sent, with what became of them": TRACED,
    "how fast a chat may be written to": PACED,
    "somebody who never joined, after her last word": STRANGER,
    "what was played in the practice room": PLAYED,
    "a struck-out line of a notebook": STRUCK,
    "words we could not place, masked": LEARNT,
    "what was asked of the articles and whether it helped": LEARNT_FROM,
    "a mentor's invitation nobody used": INVITED,
    "the record of who looked at whose data": WATCHED,
    "a code for joining two chats": LINKED,
    "a voice note or photo that waits to be worked on": WAITED,
    "the handle of a picture that looked like an identity card, and the words sent with it": HELD_BACK,
    "a photo, made safe": KEPT,
    "a photo of a meeting that not everybody seen on it has allowed": UNANSWERED,
    "a member's name, chat, notebook and words, after the group closed or she left with nothing in the celengan": FAREWELL,
}
