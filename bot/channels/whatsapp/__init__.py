"""WhatsApp in, WhatsApp out, over Meta's Cloud API."""

from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.signature import HEADER, could_be_signed, signed

__all__ = ["HEADER", "WhatsAppChannel", "could_be_signed", "signed"]
