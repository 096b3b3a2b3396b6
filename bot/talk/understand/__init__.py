"""What a short Indonesian chat message means: amounts, days, names, replies and wishes."""

from bot.talk.understand.amounts import Amount, put_right, read_amount
from bot.talk.understand.bare import bare_quantity, bare_reply, only_replies, says_done
from bot.talk.understand.clock import Clock, read_clock
from bot.talk.understand.days import Day, mentions_day, read_day
from bot.talk.understand.features import normal_words
from bot.talk.understand.lists import Entry, Moves, adds, entries, moves, split_list
from bot.talk.understand.model import WISHES
from bot.talk.understand.names import match_name, name_parts
from bot.talk.understand.negation import DENIES, NOT, OFF, asks, nothing_off
from bot.talk.understand.pieces import parts
from bot.talk.understand.putting_off import calls_off, does_not_know, puts_off
from bot.talk.understand.reading import Understood, understand
from bot.talk.understand.replies import read_pick, read_yes_no
from bot.talk.understand.smalltalk import nods, small_talk
from bot.talk.understand.wishes import Wish, guess, told

__all__ = [
    "DENIES",
    "NOT",
    "OFF",
    "WISHES",
    "Amount",
    "Clock",
    "Day",
    "Entry",
    "Moves",
    "Understood",
    "Wish",
    "adds",
    "asks",
    "bare_quantity",
    "bare_reply",
    "calls_off",
    "does_not_know",
    "entries",
    "guess",
    "match_name",
    "mentions_day",
    "moves",
    "name_parts",
    "nods",
    "normal_words",
    "nothing_off",
    "only_replies",
    "parts",
    "put_right",
    "puts_off",
    "read_amount",
    "read_clock",
    "read_day",
    "read_pick",
    "read_yes_no",
    "says_done",
    "small_talk",
    "split_list",
    "told",
    "understand",
]
