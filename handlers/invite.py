"""The invitation to a group: links to send on, and a picture to show."""

from __future__ import annotations

from bot.domain.people import Group
from bot.talk import Turn, dialogue
from handlers.who import led_group


@dialogue(says=("undang",), keepers=True)
async def invite(turn: Turn) -> None:
    """Says the invitation again."""
    group = await led_group(turn)
    if group is not None:
        turn.say("repeat", group=group)
        invitation(turn, group)


def invitation(turn: Turn, group: Group) -> None:
    """The links where a channel has one, the words to type in any case, and a QR picture."""
    links = list(turn.ways.to_group(group.code).values())
    turn.say("link", rows=[{"link": link} for link in links])
    qr = links[0] if links else f"gabung {group.code}"
    turn.say("or_code" if links else "code", code=group.code, qr=qr)
