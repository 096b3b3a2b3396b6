"""What went wrong on the way to Telegram, in the words of the ports."""

from __future__ import annotations

import datetime as dt

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.ports import Refused, TryAgain, Uncertain

#: Complaints of a 400 that mean there is nobody to write to.
NOBODY = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated")

#: Seconds until a token that Telegram has just refused is tried again.
REFUSED_TOKEN_PAUSE = 60.0


class WrongSetting(Exception):
    """A setting that cannot work; the message names it and says what it should be."""


def wrong_token() -> WrongSetting:
    """The complaint about a token, which is never shown."""
    return WrongSetting(
        "TELEGRAM_BOT_TOKEN: Telegram does not accept this token. "
        "It should be the one @BotFather gave for this bot, like 123456:ABC-DEF… ."
    )


def out_of_reach(error: TelegramError) -> WrongSetting:
    """The complaint about a Bot API that does not answer."""
    return WrongSetting(
        f"TELEGRAM_API_URL: Telegram cannot be reached there ({error.message}). It should be "
        "https://api.telegram.org, or a Bot API server of your own that is running."
    )


def pause_of(error: RetryAfter) -> float:
    """Seconds Telegram wants us to wait."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, dt.timedelta) else float(pause)


def told(error: TelegramError) -> TryAgain | Refused | Uncertain:
    """The port's name for PTB's exception.

    A 429 in a private chat does not say whether the chat or the whole bot is meant; it is taken
    for the chat's, and a bot that is too fast hears it in each chat.
    """
    reason = error.message
    word: TryAgain | Refused | Uncertain
    match error:
        case RetryAfter():
            word = TryAgain(reason, after=pause_of(error))
        case Forbidden():
            word = Refused(reason, gone=True)
        case BadRequest():
            word = Refused(reason, gone=any(sign in reason.casefold() for sign in NOBODY))
        case ChatMigrated():
            word = Refused(reason)
        case TimedOut():
            word = Uncertain(reason)
        case InvalidToken():
            word = TryAgain(str(wrong_token()), after=REFUSED_TOKEN_PAUSE, everyone=True)
        case NetworkError():
            word = TryAgain(reason)
        case _:  # an answer of 200 that cannot be read
            word = Uncertain(reason)
    return word
