"""Telegram in, Telegram out."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.hearing import left

__all__ = ["TelegramChannel", "left"]
