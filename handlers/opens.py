"""What an NIB opens, by her kind of business: each a short guide of its own."""

from __future__ import annotations

import re

from bot.talk import Turn
from handlers.guidance import guides

#: Words by which a business makes or sells something to eat or drink.
_FOOD = re.compile(
    r"\b(?:makan\w*|minum\w*|ke?ripik|ke?rupuk|kue|roti|bolu|donat|nasi|lontong|mi[ae]?|bakso|sate|sambal|"
    r"bumbu|tempe|tahu|goreng\w*|jajan\w*|camilan|cemilan|snack|katering|catering|dodol|peyek|rempeyek|opak|"
    r"telur asin|ikan|ayam|bakpia|pisang|singkong|ubi|es|jus|kopi|teh|jamu|sirup|cendol|pecel|soto|gulai|"
    r"rendang|abon|frozen|beku|risol|martabak|pempek|siomay|dimsum|warung nasi|rumah makan)\b"
)


def sells_food(business: str) -> bool:
    """Whether a business, in her own words, is about food or drink."""
    return _FOOD.search(business.lower()) is not None


def tell_what_it_opens(turn: Turn, *, fresh: bool) -> None:
    """Congratulations, when it is ``fresh``, and what comes next for her."""
    hers = " ".join(one.business for one in turn.books.memberships(turn.me))
    ids = ("halal", "pirt", "sni") if sells_food(hers) else ("sni", "kur")
    ended = {one.guide for one in turn.books.walks(turn.me) if one.ended}
    left = [guides()[one] for one in ids if one not in ended]
    kept = turn.books.steps_kept(turn.me, "oss").get("nib")
    number = kept.given if kept else ""
    if fresh:
        turn.say("has_nib", me=turn.me)
    else:
        turn.say("had_nib_number" if number else "had_nib", nib=number)
    turn.say("opens_food" if sells_food(hers) else "opens")
    turn.say("choose", offers=[(one.word, one.title) for one in left] or ["pasar"])
