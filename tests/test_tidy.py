"""Code, texts, transcripts and the limits of the channels fit one another."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.app import LANGUAGE, TEXTS, every_dialogue
from bot.config import Settings
from bot.talk.texts import COMMON, Texts

ROOT = Path(__file__).parent.parent
HANDLERS = ROOT / "handlers"
TALK = [HANDLERS, ROOT / "bot" / "talk", ROOT / "bot" / "domain"]

#: The tightest limits any channel sets (WhatsApp's, see docs/decisions/0006-limits.md).
LONGEST_LABEL, LONGEST_BODY = 20, 1024

#: Words that have no place here, and what voice asks for instead.
UNKIND = re.compile(
    r"\b(anda|kamu|user|nasabah|transaksi|gagal|input|valid|otentikasi|bunga|denda|bonus|hadiah|alhamdulillah)\b"
    r"|!!|💸",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(TEXTS / LANGUAGE)


@cache
def said_in(module: Path) -> tuple[tuple[str, str], ...]:
    """Every text a handler names, with the function it stands in."""
    return tuple(_said_in(module))


def _said_in(module: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(module.read_text("utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and call.args:
                    name = ast.unparse(call.func)
                    key = call.args[0]
                    if name in ("ask", "turn.say", "turn.wording", "Silence"):
                        key = call.args[1] if name == "Silence" else key
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            yield function.name, key.value


def test_every_text_that_is_named_exists(texts: Texts) -> None:
    known = texts.conversations()
    missing = [
        f"{module.name}: {function} says {key}"
        for module in HANDLERS.glob("*.py")
        for function, key in said_in(module)
        if key not in known[COMMON] and not any(key in mine for mine in known.values())
    ]
    assert not missing


def test_every_dialogue_has_its_own_texts(texts: Texts) -> None:
    own = {"who"}
    speaking = {function for module in HANDLERS.glob("*.py") for function, _ in said_in(module)}
    for one in every_dialogue():
        if one.name in speaking:
            assert one.name in texts.conversations(), one.name
        own.add(one.name)
    assert set(texts.conversations()) - own == {COMMON}, "texts nobody says"


def test_no_text_lies_unused(texts: Texts) -> None:
    code = "\n".join(module.read_text("utf-8") for module in HANDLERS.glob("*.py"))
    code += "\n".join(module.read_text("utf-8") for module in (ROOT / "bot").rglob("*.py"))
    unused = [
        f"{conversation}: {key}"
        for conversation, mine in texts.conversations().items()
        for key in mine
        for name in [key.split(".")[-1]]
        if f'"{name}"' not in code
        and f'"{name} ' not in code
        and not re.search(rf"f\"{name.split('_')[0]}_\{{", code)
        and not name.startswith("riwayat")
        and key not in ("unclear", "doubt")  # what every question falls back to
        and not key.startswith("kinds.")
    ]
    assert not unused


def own_texts(file: Path) -> Iterator[tuple[str, str]]:
    """What stands in one file, without what it takes from others."""
    for key, text in tomllib.loads(file.read_text("utf-8")).items():
        if isinstance(text, dict):
            yield from ((f"{key}.{name}", words) for name, words in text.items())
        else:
            yield key, text


def test_no_conversation_repeats_what_all_say_or_its_model_does(texts: Texts) -> None:
    known = texts.conversations()
    repeated = []
    for file in (TEXTS / LANGUAGE).glob("*.toml"):
        own = dict(own_texts(file))
        for model in {COMMON, own.get("like", COMMON)} - {file.stem}:
            repeated += [f"{file.stem}/{key}" for key in own if known[model].get(key) == own[key]]
    assert not repeated


def test_placeholders_are_facts(texts: Texts) -> None:
    for conversation, mine in texts.conversations().items():
        for key, text in mine.items():
            for _, field, spec, _ in string.Formatter().parse(text):
                assert field != "", f"{conversation}/{key}: a nameless placeholder"
                assert spec in (None, "", "kata", "tahun", "jam", "hari", "atau"), (
                    f"{conversation}/{key}: {spec}"
                )


def test_labels_and_bodies_fit_every_channel(texts: Texts) -> None:
    for conversation, mine in texts.conversations().items():
        for key, text in mine.items():
            if key.startswith("buttons."):
                assert len(text) <= LONGEST_LABEL, f"{conversation}/{key}: {text}"
            else:
                assert len(text) <= LONGEST_BODY, f"{conversation}/{key} has {len(text)} signs"


def test_nothing_unkind_is_said(texts: Texts) -> None:
    unkind = [
        f"{conversation}/{key}: {found[0]}"
        for conversation, mine in texts.conversations().items()
        for key, text in mine.items()
        if (found := UNKIND.search(text))
    ]
    assert not unkind


def test_bold_is_closed(texts: Texts) -> None:
    for conversation, mine in texts.conversations().items():
        for key, text in mine.items():
            assert text.count("*") % 2 == 0, f"{conversation}/{key}"


def test_question_names_fit_a_button() -> None:
    # session id (8), two colons, and room for the value: see bot/scene.py
    for module in HANDLERS.glob("*.py"):
        for function, key in said_in(module):
            assert len(key) <= 24, f"{function}: {key}"


def test_conversations_look_at_no_clock_and_throw_no_dice() -> None:
    forbidden = re.compile(r"\.(now|today|utcnow)\(\)|\brandom\b")
    for folder in TALK:
        for module in folder.rglob("*.py"):
            assert not forbidden.search(module.read_text("utf-8")), module.name


def test_settings_are_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    names = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert names == {name.upper() for name in Settings.model_fields}


def test_locks_name_no_index_and_exact_versions() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-train.lock"):
        for line in (ROOT / lock).read_text("utf-8").splitlines():
            assert re.match(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^ ]+( ; .*)?$", line), line


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    reasons = (ROOT / "docs" / "decisions" / "0002-libraries.md").read_text("utf-8").lower()
    for line in project["dependencies"]:
        name = re.split(r"[\[<>=]", line)[0]
        assert name in reasons, name


@pytest.mark.parametrize("module", sorted((ROOT / "bot").rglob("*.py")), ids=lambda path: path.stem)
def test_modules_are_rooms_one_can_know(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 400
