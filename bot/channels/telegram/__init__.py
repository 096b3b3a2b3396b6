"""Telegram in, Telegram out."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.errors import WrongSetting
from bot.channels.telegram.hearing import left
from bot.channels.telegram.words import Words

__all__ = ["TelegramChannel", "Words", "WrongSetting", "left"]
