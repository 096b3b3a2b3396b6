"""What went wrong on Meta's side, in the words of the ports: each code as it deserves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.config import WrongSetting
from bot.doors import Closed, Stopped
from bot.ports import (
    Refused,
    TryAgain,
    Uncertain,
)

#: The window is closed ("re-engagement message").
CLOSED = frozenset({131047, 470})

#: She cannot be written to: not on WhatsApp, has blocked us, or has an app too old.
GONE = frozenset({131026})

#: Only the operator can mend these: the token, rights, the account, the bill.
STOPPED = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, *range(200, 300)})

#: Seconds until we look again whether the operator has.
STOPPED_PAUSE = 60.0

#: Everybody waits so many seconds: limits of the app, the account and the number, and of trust.
EVERYONE = {4: 60.0, 80007: 60.0, 130429: 2.0, 131048: 3600.0, 131057: 60.0}

#: Only this chat waits so many seconds (one pair may have about one message in six seconds).
THIS_CHAT = {131056: 6.0}

#: It passes by itself.
PASSING = frozenset({1, 2, 131000, 131016, 133004, 133005, 133016})

#: The template is not as we think it is, or not approved (any more).
TEMPLATES = range(132000, 133000)

_SERVER, _TOO_MANY, _UNAUTHORIZED = 500, 429, 401


class NoTemplate(Refused):
    """The template cannot be used as it is now; ``code`` says why."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code


def wrong_token() -> WrongSetting:
    """The complaint about a token, which is never shown."""
    return WrongSetting(
        "WHATSAPP_ACCESS_TOKEN: Meta does not accept this token. It should be a system user's "
        "permanent token with whatsapp_business_messaging and whatsapp_business_management."
    )


def reason_of(error: Mapping[str, Any]) -> str:
    """One error of Meta's in a line: its code and title, never anybody's number or words."""
    title = str(error.get("title") or error.get("type") or "")
    return f"{error.get('code', '?')} {title}".strip()[:120]


def told(status: int, error: Mapping[str, Any]) -> TryAgain | Refused | Uncertain | Closed:
    """The port's name for an error answer."""
    code = error.get("code")
    reason = reason_of(error) if error else f"HTTP {status}"
    word: TryAgain | Refused | Uncertain | Closed
    if code in CLOSED:
        word = Closed(reason)
    elif code in STOPPED or (code is None and status == _UNAUTHORIZED):
        word = Stopped(reason, STOPPED_PAUSE)
    elif code in EVERYONE:
        word = TryAgain(reason, EVERYONE[code], everyone=True)
    elif code in THIS_CHAT:
        word = TryAgain(reason, THIS_CHAT[code])
    elif code in PASSING or status >= _SERVER or status == _TOO_MANY:
        word = TryAgain(reason)
    elif isinstance(code, int) and code in TEMPLATES:
        word = NoTemplate(reason, code)
    else:
        word = Refused(reason, gone=code in GONE)
    return word
