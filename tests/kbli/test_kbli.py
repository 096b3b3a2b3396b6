"""Everyday words lead to KBLI 2025 codes; every code written here is one of the official list.

Point `KBLI_2025` at BPS's list (JSON with `kode`, `judul`, `uraian`) and the codes are checked
against it; else that test skips.
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli_kbli import read_list
from bot.domain.guide_books import KbliCode
from bot.talk.kbli import Kbli
from handlers.kbli_code import FOLDER

LIST = os.environ.get("KBLI_2025", "")
HELD_OUT = Path(__file__).parent / "held_out.tsv"

#: At least this share of the held-out phrases finds its code among three.
WANTED = 0.95


@pytest.fixture(scope="module")
def index() -> Kbli:
    return Kbli(FOLDER)


def phrases() -> list[tuple[str, set[str]]]:
    rows = (line.split("\t") for line in HELD_OUT.read_text("utf-8").splitlines())
    return [(phrase, set(codes.split())) for phrase, codes in rows]


def right(index: Kbli) -> float:
    found = [{one.code for one in index.find(phrase)} & codes for phrase, codes in phrases()]
    return sum(map(bool, found)) / len(found)


def test_there_are_enough_kinds_and_phrases(index: Kbli) -> None:
    assert index.kinds >= 250
    assert len(phrases()) >= 150


def test_the_right_code_is_among_three(index: Kbli, capsys: pytest.CaptureFixture[str]) -> None:
    share = right(index)
    with capsys.disabled():
        sys.stdout.write(f"\nkbli: right code among three for {share:.1%} of {len(phrases())}\n")
    assert share >= WANTED


def test_every_code_offered_says_what_it_is_and_when(index: Kbli) -> None:
    for code in index.codes():
        one = index.code(code)
        assert one is not None
        assert one.title, code
        assert one.when, code
        assert not any(risk in one.title.lower() for risk in ("risiko", "rendah", "tinggi")), code


def test_nothing_is_offered_for_nonsense(index: Kbli) -> None:
    for words in ("", "   ", "🙏", "hujan deras kemarin malam", "x" * 5_000, "?!"):
        assert not index.find(words)


def test_two_or_three_are_offered(index: Kbli) -> None:
    alone = [phrase for phrase, _ in phrases() if len(index.find(phrase)) == 1]
    assert not alone


@pytest.mark.skipif(not LIST, reason="KBLI_2025 names no file of the official list")
def test_every_code_written_here_is_in_the_official_list(index: Kbli) -> None:
    official = read_list(Path(LIST).read_text("utf-8"), json_file=True)
    assert index.codes() - {one.code for one in official} == set()
    whole = Kbli(FOLDER, official)
    assert right(whole) >= WANTED
    assert whole.find("klub tinju")[0].code == "93125"


def test_a_list_that_is_loaded_is_searched_where_we_know_nothing() -> None:
    official = [KbliCode("93125", "KLUB TINJU", "Kelompok ini mencakup klub tinju.")]
    assert not Kbli(FOLDER).find("klub tinju")
    assert Kbli(FOLDER, official).find("klub tinju")[0].title == "Klub tinju"


def test_lists_are_read_in_json_and_csv() -> None:
    rows = [{"kode": "1079", "judul": "x"}, {"kode": "10794", "judul": "KERUPUK", "uraian": "a\nb"}]
    expected = [KbliCode("10794", "KERUPUK", "a b")]
    assert read_list(json.dumps(rows), json_file=True) == expected
    assert read_list("Kode,Judul,Uraian\n10794,KERUPUK,a  b\n", json_file=False) == expected
    for wrong in ("[]", "{}", "[1]", "nonsense", '[{"kode": "10794"}]'):
        with pytest.raises(ValueError, match=r".+"):
            read_list(wrong, json_file=True)


def test_the_command_loads_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text(
        "kode,judul,uraian\n93125,KLUB TINJU,Kelompok ini mencakup klub tinju.\n", "utf-8"
    )
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/one.db")
    run = partial(CliRunner().invoke, app)
    assert "loaded: 1 codes" in run(["kbli", "load", str(file)]).stdout
    told = run(["kbli", "--json"], input="keripik pisang\nklub tinju\n").stdout
    first, second = map(json.loads, told.splitlines())
    assert first["phrase"] == "keripik pisang"
    assert first["codes"][0]["code"] == "10794"
    assert set(first["codes"][0]) == {"code", "title", "score"}
    assert second["codes"][0]["code"] == "93125"
    assert "10794" in run(["kbli", "keripik", "pisang"]).stdout
    assert run(["kbli", "load", str(tmp_path / "none.json")]).exit_code == 1
