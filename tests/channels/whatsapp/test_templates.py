"""Templates: as Meta takes them, submitted and checked by the command."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot import agreeing
from bot.app import LANGUAGE, TEMPLATES, every_dialogue
from bot.channels.whatsapp.templates import (
    EXAMPLES,
    WrongTemplate,
    fitting,
    load,
    parameter,
)
from bot.config import Settings, WrongSetting
from tests.servers.cloud_api import ACCOUNT_ID, NUMBER_ID, TOKEN, CloudApi


def settings(server: CloudApi, **more: str) -> Settings:
    values = {
        "whatsapp_phone_number_id": NUMBER_ID,
        "whatsapp_access_token": TOKEN,
        "whatsapp_app_secret": "s",
        "whatsapp_verify_token": "v",
        "whatsapp_api_url": server.url,
        "whatsapp_account_id": ACCOUNT_ID,
        **more,
    }
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


def test_there_is_one_for_every_kind_we_say() -> None:
    templates = load(TEMPLATES / LANGUAGE)
    kinds = {dialogue.kind for dialogue in every_dialogue()} - {"not_understood", "unclear"}
    said = kinds & {"answer", "question", "receipt", "reminder", "summary", "tip", "ending"}
    assert said
    for kind in {*said, "reminder", "summary", "tip", "ending"}:
        assert fitting(templates, kind), kind
    names = [kind for one in templates for kind in one.kinds]
    assert len(names) == len(set(names)), "two templates for one kind"


@given(some.text())
def test_a_parameter_is_always_one_short_line(text: str) -> None:
    made = parameter(text)
    assert made
    assert not set(made) & set("\n\t\r")
    assert "    " not in made
    assert len(made) <= 100


def test_every_parameter_has_its_example() -> None:
    for one in load(TEMPLATES / LANGUAGE):
        body = one.submission()["components"][0]
        named = body["example"]["body_text_named_params"]
        assert [each["param_name"] for each in named] == list(one.parameters)
        assert "{{" not in one.shown(EXAMPLES)


@pytest.mark.parametrize(
    "body", ["Halo {{siapa}} di sana", "Halo\nBu", "Halo {{nama}}.", "{{nama}}, halo", ""]
)
def test_what_meta_would_refuse_is_found_here(tmp_path: Path, body: str) -> None:
    folder = tmp_path / "id"
    folder.mkdir()
    shown = json.dumps(body)
    (folder / "x.toml").write_text(f'kinds = ["tip"]\nbody = {shown}\nbutton = "Baca"\n')
    with pytest.raises(WrongTemplate, match=r"x\.toml"):
        load(folder)


def test_they_are_printed_submitted_and_checked(server: CloudApi) -> None:
    out = io.StringIO()
    assert agreeing.print_templates(out) == 0
    assert '"parameter_format": "NAMED"' in out.getvalue()
    ready = settings(server)
    out = io.StringIO()
    assert asyncio.run(agreeing.check(ready, out)) == 1
    assert "pendamping_bukti_1: missing" in out.getvalue()
    out = io.StringIO()
    assert asyncio.run(agreeing.submit(ready, out)) == 0
    assert "pendamping_bukti_1: PENDING" in out.getvalue()
    assert asyncio.run(agreeing.submit(ready, io.StringIO())) == 0
    for template in server.world.templates.values():
        template.status = "APPROVED"
    assert asyncio.run(agreeing.check(ready, io.StringIO())) == 0
    changed = next(iter(server.world.templates.values()))
    changed.raw["components"][0]["text"] = "lain"
    out = io.StringIO()
    assert asyncio.run(agreeing.check(ready, out)) == 1
    assert "its text differs" in out.getvalue()


def test_without_the_account_it_says_so(server: CloudApi) -> None:
    with pytest.raises(WrongSetting, match="WHATSAPP_ACCOUNT_ID"):
        asyncio.run(agreeing.check(settings(server, whatsapp_account_id=""), io.StringIO()))
