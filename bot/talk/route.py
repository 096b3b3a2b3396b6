"""Which conversation words begin, when they are no answer to a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.talk.dialogue import Behind, Dialogue
from bot.talk.understand import guess, only_replies, small_talk, told

LEAVE, AGAIN = "batal", "ulang"

#: What only a member can want: guessed from a mentor's words, it is surely something else.
MEMBERS_ONLY = frozenset({"setor", "tarik", "izin_libur", "jadwal", "profil", "mentor"})

#: Words by which a bare amount becomes "I am putting money aside" in so many words.
_SAVING = re.compile(
    r"\b(?:me|ny|di)?(?:setor|nabung|tabung|celeng|simpan|titip|isi|masuk|kasih|serah)"
)
_POLITE = re.compile(r"^(?:tolong|mau|saya mau|aku mau|minta)\s+|\s+(?:ya|dong|bu|kak|min)$")


@dataclass(frozen=True, slots=True)
class Start:
    """These words begin ``dialogue``; ``opening`` is what they say besides its name."""

    dialogue: Dialogue
    opening: str

    @property
    def for_keepers(self) -> bool:
        """Whether only a mentor or a holder can mean it; what has a number in it is a button's."""
        more = self.opening and not any(sign.isdigit() for sign in self.opening)
        return bool(more) and self.dialogue.keepers

    @property
    def bare(self) -> bool:
        """Whether nothing but courtesy stands beside the name: "hadir bu"."""
        return set(self.opening.lower().split()) <= _COURTEOUS


@dataclass(frozen=True, slots=True)
class Unsure:
    """It could be one of these wishes; empty when we have no idea."""

    wishes: tuple[str, ...]


class Conversations:
    """Every dialogue there is, and how each is found: by name, by words, by what it follows."""

    def __init__(self, dialogues: Iterable[Dialogue]) -> None:
        self._by_name = {one.name: one for one in dialogues}
        self._exact: dict[str, Dialogue] = {}
        self._prefixes: list[tuple[str, Dialogue]] = []
        self._wishes: dict[str, Dialogue] = {}
        self._followers: dict[type, list[Dialogue]] = defaultdict(list)
        for one in self._by_name.values():
            self._exact |= dict.fromkeys(one.says, one)
            self._wishes |= dict.fromkeys(one.wishes, one)
            if not one.wishes:
                self._prefixes += [(words, one) for words in one.says]
            if one.follows:
                self._followers[one.follows].append(one)
        self._prefixes.sort(key=lambda pair: -len(pair[0]))

    def get(self, name: str) -> Dialogue | None:
        """The dialogue of that name; None when it was taken away since."""
        return self._by_name.get(name)

    def called(self, name: str) -> Dialogue:
        """The dialogue of that name. Raises KeyError."""
        return self._by_name[name]

    def after(self, change: object) -> Sequence[Dialogue]:
        """The dialogues that follow such a change."""
        return self._followers.get(type(change), ())

    def wish(self, wish: str) -> Dialogue:
        """The dialogue for a wish we know of."""
        return self._wishes[wish]

    def named(self, words: str) -> Start | None:
        """The dialogue whose name these words are, and nothing besides."""
        plain = plainly(words)
        found = self._exact.get(plain) or self._exact.get(_POLITE.sub("", plain))
        return Start(found, "") if found else None

    def told(self, words: str, *, of_money: bool = False) -> Start | None:
        """The dialogue of a command about her money or herself that nobody gives as an answer.

        Only one about her money (``of_money``) is no word for a human either.
        """
        wish = told(words)
        if wish not in (_OF_MONEY if of_money else _TOLD) or wish not in self._wishes:
            return None
        loose = wish in _ONLY_SO and not _ONLY_SO[wish].search(plainly(words))
        return None if loose else Start(self._wishes[wish], words)

    def command(self, words: str) -> Start | None:
        """The dialogue these words name, perhaps with more behind the name."""
        said = words.strip().lstrip("/")
        plain = said.lower()
        for name, dialogue in self._prefixes:
            rest = said[len(name) :]
            begins = plain.startswith(name) and (name.endswith("_") or not rest[:1].isalnum())
            if begins and _may_stand_behind(dialogue, rest):
                return Start(dialogue, rest.strip(" :\t"))
        return self.named(words)

    def wished(self, words: str) -> Start | Unsure:
        """What she wants, in her own words; who only says yes or no, or later, wants nothing."""
        if only_replies(words) and not (small_talk(words) or told(words)):
            return Unsure(())
        wish = guess(words)
        if wish.choices or wish.name not in self._wishes:
            return Unsure(tuple(name for name in wish.choices if name in self._wishes))
        return Start(self._wishes[wish.name], words)

    def elsewhere(self, words: str, here: Dialogue | None) -> Start | None:
        """A clear wish for another dialogue than ``here``, said where an answer was expected."""
        wish = self.wished(words)
        if not isinstance(wish, Start) or wish.dialogue is here:
            return None
        wishes = wish.dialogue.wishes
        only_an_amount = SAVE in wishes and not names_saving(words)
        return None if only_an_amount or _CHATTER.intersection(wishes) else wish


#: What we could not place, something sent without words, and that we do not understand each other.
UNCLEAR, SENT, LOST, HELP = "lainnya", "kiriman", "tersesat", "bantuan"
SAVE, GREETING = "setor", "sapaan"

#: Wishes that, told in so many words, are no answer to a question about anything else; of these some
#: only so: "setoran" may be what a meeting is about, "saya setor 15rb" and "salah ketik" an explanation.
_OF_MONEY = frozenset({SAVE, "saldo", "riwayat", "tarik", LEAVE})
_TOLD = _OF_MONEY | {"berhenti", "hapus_data"}
_ONLY_SO = {
    SAVE: re.compile(r"^(?:mau )?(?:setor|nyetor|me?nabung|nabung|isi celengan) \S"),
    "tarik": re.compile(r"^(?:mau )?(?:tarik|ambil|cairkan) \S"),
    LEAVE: re.compile(r"jadi|batal"),
}

#: What an answer to a broadcast is said by; its number goes behind it.
REPLY = "balas siaran"

#: What says that a picture which was held back is no identity card.
NO_CARD = "ini bukan ktp"

#: Wishes that are small talk when a question is open: "ya bu", "halo".
_CHATTER = {GREETING, UNCLEAR}


#: How a sentence goes on after its first word, and what is only said out of politeness.
_SENTENCE = re.compile(
    r"^(?:saya|sy|aku|awak|kami|kita|dia|mereka|yang|yg|itu|ini|mau|ada)\b"
    r"|\b(?:boleh|bisa|gimana|gmn|bagaimana|apa|apakah|kenapa|kapan|berapa)\b|\?"
)
_COURTEOUS = frozenset({"bu", "buk", "ibu", "kak", "ya", "dong", "deh", "saya", "tolong"})

#: Words of the longest name.
_LONGEST_NAME = 4


def _may_stand_behind(dialogue: Dialogue, rest: str) -> bool:
    """Whether what stands behind its words may begin a dialogue, and is not the rest of a sentence."""
    said = rest.lower().strip(" :.,!\t").split()
    if dialogue.behind is Behind.NOTHING:
        return set(said) <= _COURTEOUS
    if dialogue.behind is Behind.NAME:
        return len(said) <= _LONGEST_NAME and not _SENTENCE.search(" ".join(said))
    return True


def names_saving(words: str) -> bool:
    """Whether the words say that money is put aside, and not only how much."""
    return _SAVING.search(words.lower()) is not None


def plainly(words: str) -> str:
    """Words without slash, capitals, end signs and double spaces."""
    return " ".join(words.lower().strip().lstrip("/").rstrip(".!?").split())
