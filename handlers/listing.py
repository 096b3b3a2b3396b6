"""A text to sell with, from a few questions: what it is, what is good about it, price, where, how."""

from __future__ import annotations

from bot.domain.listing import eaten
from bot.talk import Instead, Turn, ask, dialogue, money, optional, text
from bot.talk.knowledge import asks
from handlers.selling import begun, her_phone, praise, product_name, reckoned
from handlers.who import membership

#: Signs of each answer at most: the whole is read on a small phone.
_SIZE, _GOOD, _WHERE = 40, 160, 80


@dialogue(says=("teks jualan", "tulis jualan", "kata jualan", "teks iklan"))
async def listing(turn: Turn) -> Instead | None:
    """``teks jualan keripik pisang``."""
    if turn.opening and asks(turn.opening):
        return Instead("konsultasi", f"teks jualan {turn.opening}")
    if await membership(turn) is None:
        return None
    product = await product_name(turn, turn.opening)
    if product is None:
        return None
    if eaten(product):
        turn.say("home_food")
    size = await ask("size", optional(text(_SIZE)), product=product)
    good = await praise(turn, _GOOD, product=product)
    if good is None:
        return None
    price = await ask("price", optional(money(reckoned(turn, product))), product=product)
    where = await ask("where", optional(text(_WHERE)))
    phone = await ask("phone", her_phone())
    turn.say("headed_sized" if size else "headed", product=product, size=size)
    turn.say("praised", good=begun(good))
    if price:
        turn.say("priced", price=price)
    if where:
        turn.say("found_at", where=where)
    turn.say("order_phone" if phone else "order", phone=phone, offers=("promosi", "cek foto"))
    return None
