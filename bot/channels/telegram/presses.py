"""After a press: the little clock on the button stops, and the message shows what was chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.errors import pause_of
from bot.channels.telegram.text import LONGEST_CAPTION, LONGEST_TEXT, escape
from bot.pieces import units

#: Payloads that begin like this only say words; their buttons stay for the next time.
MENU = "="

#: Seconds we wait, once, before we let a mere courtesy be.
PATIENCE = 10.0

_log = structlog.get_logger(__name__)


async def answer_press(bot: Calls, query: CallbackQuery, chosen: str) -> None:
    """Answer the press and, for a button of a conversation, put its label in its place.

    ``chosen`` is the line to add, with ``{label}``. Best effort: never raises TelegramError.
    """
    await _kindly(lambda: bot.answer_callback_query(query.id))
    message = query.message
    if not isinstance(message, Message) or not query.data or query.data.startswith(MENU):
        return
    label = label_of(message, query.data)
    if label is not None:
        await _kindly(lambda: _close(bot, message, chosen.format(label=escape(label)), label))


def label_of(message: Message, payload: str) -> str | None:
    """What the pressed button shows; None when the message has no such button any more."""
    if message.reply_markup is None:
        return None
    for row in message.reply_markup.inline_keyboard:
        for button in row:
            if button.callback_data == payload:
                return button.text
    return None


async def _close(bot: Calls, message: Message, line: str, label: str) -> object:
    chat, number = message.chat.id, message.message_id
    more = len("\n\n✓ ") + units(label)
    if message.text and units(message.text) + more <= LONGEST_TEXT:
        return await bot.edit_message_text(
            f"{message.text_html}\n\n{line}",
            chat,
            number,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    if message.text is None and units(message.caption or "") + more <= LONGEST_CAPTION:
        caption = f"{message.caption_html}\n\n{line}" if message.caption else line
        return await bot.edit_message_caption(
            chat, number, caption=caption, parse_mode=ParseMode.HTML
        )
    return await bot.edit_message_reply_markup(chat, number)


async def _kindly(call: Callable[[], Awaitable[object]]) -> None:
    """Do it, once more after a short pause if that may help, or let it be."""
    for pause in (1.0, None):
        try:
            await call()
        except BadRequest as error:  # already so, or too old: no harm
            _log.debug("telegram_courtesy_declined", reason=error.message)
        except (RetryAfter, NetworkError) as error:
            wait = pause_of(error) if isinstance(error, RetryAfter) else pause
            if pause is not None and wait is not None and wait <= PATIENCE:
                await asyncio.sleep(wait)
                continue
            _log.info("telegram_courtesy_given_up", reason=error.message)
        except TelegramError as error:
            _log.info("telegram_courtesy_given_up", reason=error.message)
        return
