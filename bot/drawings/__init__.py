"""Which of our own pictures and documents there are, and who draws each of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drawings.books import of_books
from bot.drawings.habits import OF_HABITS
from bot.drawings.market import of_market
from bot.drawings.meetings import of_meetings
from bot.drawings.privacy import of_privacy
from bot.drawings.programme import of_programme
from bot.drawings.talks import OF_TALKS
from bot.studio import Draw
from storage.store import SqlStore


def draws(store: SqlStore) -> Mapping[str, Draw]:
    """Every drawing by the name conversations call it by."""
    return {
        **of_books(store),
        **of_market(store),
        **of_meetings(store),
        **of_privacy(store),
        **of_programme(store),
        **OF_HABITS,
        **OF_TALKS,
    }
