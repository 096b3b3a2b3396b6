"""Facts put into words as people write them, and which conversation words begin."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.app import TEXTS, every_dialogue
from bot.domain.calendar import Zone
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person
from bot.talk.answers import Choice
from bot.talk.dialogue import Line
from bot.talk.route import Conversations, Start, Unsure, plainly
from bot.talk.texts import NoSuchText, Texts

GROUP = Group(1, "Melati", "Tanjung", Zone.WIB, None, "ABC")
SARI = Member(1, 1, Person(1, "Sari"))


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    folder = tmp_path / "id"
    folder.mkdir()
    (folder / "common.toml").write_text(
        'unclear = "Maaf, {ibu}?"\ndoubt = "Maksud {ibu} {guesses:atau}?"\n[buttons]\nya = "Ya"'
    )
    (folder / "tale.toml").write_text(
        'it = "{fact}"\nwords = "{fact:kata}"\nyear = "{fact:tahun}"\nclock = "{fact:jam}"\n'
        'named = "Untuk {who}, {amount}"\nempty = ""\n[unclear]\nhow = "Berapa, {ibu}?"'
    )
    (folder / "again.toml").write_text('like = "tale"\nyear = "Tahun {fact}"')
    return Texts(folder)


def say(texts: Texts, key: str, zone: Zone = Zone.WIB, **facts: object) -> str:
    return texts.say("tale", key, you="Ibu", zone=zone, **facts)


def test_a_conversation_may_say_what_another_says_but_for_its_own_words(texts: Texts) -> None:
    assert texts.of("again", "it") == texts.of("tale", "it")
    assert texts.of("again", "year") == "Tahun {fact}"
    assert texts.of("again", "unclear.how") == texts.of("tale", "unclear.how")
    assert "like" not in texts.conversations()["again"]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (Money(10_000), "Rp10.000"),
        (Money(0), "Rp0"),
        (Money(-2_500), "-Rp2.500"),
        (Money(999_999_999), "Rp999.999.999"),
        (date(2026, 11, 23), "Senin, 23 November"),
        (timedelta(minutes=40), "40 menit"),
        (timedelta(minutes=150), "2 jam 30 menit"),
        (time(19, 5), "19.05"),
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "Selasa, 24 November"),
        (SARI, "Bu Sari"),
        (Person(2), "Ibu"),
        (Person(2, "Ani", "Kak"), "Kak Ani"),
        (GROUP, "Melati"),
        (12, "12"),
        ([], ""),
        ([SARI], "Bu Sari"),
        ([Money(5_000), Money(10_000), Money(20_000)], "Rp5.000, Rp10.000 dan Rp20.000"),
        ("*tebal* {ibu} {0}", "∗tebal∗ {ibu} {0}"),
    ],
    ids=str,
)
def test_a_fact_is_said_as_people_write_it(texts: Texts, fact: object, said: str) -> None:
    assert say(texts, "it", fact=fact) == said


def test_a_fact_is_said_as_the_text_wants_it(texts: Texts) -> None:
    assert say(texts, "words", fact=Money(12_500)) == "dua belas ribu lima ratus rupiah"
    assert say(texts, "year", fact=date(2026, 11, 23)) == "Senin, 23 November 2026"
    night = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert say(texts, "clock", fact=night) == "01.00"
    assert say(texts, "clock", Zone.WIT, fact=night) == "03.00"


def test_what_has_no_way_to_be_said_is_a_fault(texts: Texts) -> None:
    with pytest.raises(TypeError, match="float"):
        say(texts, "it", fact=1.5)
    with pytest.raises(KeyError):
        say(texts, "it")
    with pytest.raises(NoSuchText):
        say(texts, "nowhere")


def test_unclear_and_doubt_have_common_words(texts: Texts) -> None:
    assert say(texts, "unclear.how") == "Berapa, Ibu?"
    assert say(texts, "unclear.what") == "Maaf, Ibu?"
    guesses = [Money(5_000), Money(20_000)]
    assert say(texts, "doubt.how", guesses=guesses) == "Maksud Ibu Rp5.000 atau Rp20.000?"


def test_one_turn_is_one_bubble_with_the_last_choices(texts: Texts) -> None:
    lines = [
        Line("it", {"fact": SARI}, (Choice("ya"),)),
        Line("named", {}, rows=({"who": SARI, "amount": Money(1)}, {"who": GROUP, "amount": 2})),
        Line("empty", {}),
        Line("it", {"fact": 3}, (Choice("5000", Money(5_000)), Choice("ya 12", command=True))),
    ]
    said = texts.bubble("tale", lines, you="Ibu", zone=Zone.WIB)
    assert said.text == "Bu Sari\n\nUntuk Bu Sari, Rp1\nUntuk Melati, 2\n\n3"
    assert [label for label, _ in said.choices] == ["Rp5.000", "Ya"]


# The router, with the conversations there are


@pytest.fixture(scope="module")
def router() -> Conversations:
    return Conversations(every_dialogue())


@pytest.mark.parametrize(
    ("words", "name", "opening"),
    [
        ("saldo", "balance", ""),
        ("/SALDO", "balance", ""),
        ("  Saldo!  ", "balance", ""),
        ("tolong saldo ya", "balance", ""),
        ("pemegang Rina", "name_holder", "Rina"),
        ("Kelompok Baru: Melati", "open_group", "Melati"),
        ("/start g_ABC123", "join", "ABC123"),
        ("/start m_XYZ", "become_mentor", "XYZ"),
        ("/start", "menu", ""),
        ("gabung abc123", "join", "abc123"),
        ("catat\nSari 10rb\nAni 5rb", "write_down", "Sari 10rb\nAni 5rb"),
        ("riwayat sebelum 12", "older_history", "12"),
        ("jawab 3", "answer", "3"),
        ("bukan segitu 4", "correct", "4"),
    ],
)
def test_exact_words_begin_a_conversation(
    router: Conversations, words: str, name: str, opening: str
) -> None:
    found = router.command(words)
    assert found is not None
    assert (found.dialogue.name, found.opening.strip()) == (name, opening)


@pytest.mark.parametrize(
    "words", ["pemegangnya siapa", "gabungan", "jawaban saya", "saldonya dong bu", ""]
)
def test_words_that_only_begin_like_one_do_not(router: Conversations, words: str) -> None:
    assert router.command(words) is None


def test_a_wish_in_her_own_words(router: Conversations) -> None:
    found = router.wished("bu saya mau nabung 10rb hari ini")
    assert isinstance(found, Start)
    assert (found.dialogue.name, found.opening) == ("save", "bu saya mau nabung 10rb hari ini")
    assert isinstance(router.wished("qwerty"), Start | Unsure)


def test_an_amount_alone_does_not_lead_away_from_a_question(router: Conversations) -> None:
    here = next(one for one in every_dialogue() if one.name == "join")
    assert router.elsewhere("10rb", here) is None
    assert router.elsewhere("halo bu", here) is None
    found = router.elsewhere("setor 10rb", here)
    assert found is not None
    assert found.dialogue.name == "save"
    assert router.elsewhere("setor 10rb", found.dialogue) is None


def test_every_way_to_begin_belongs_to_one_conversation() -> None:
    for begins in ("says", "wishes"):
        every = Counter(words for one in every_dialogue() for words in getattr(one, begins))
        assert max(every.values()) == 1


def test_plain_words() -> None:
    assert plainly(" /Batal!! ") == "batal"
    assert plainly("Nanti  saja.") == "nanti saja"


def test_every_text_of_the_program_is_readable() -> None:
    assert Texts(TEXTS / "id").conversations()
