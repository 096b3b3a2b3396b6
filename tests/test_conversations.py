"""Every scene of every transcript, on both databases and over both real channels.

Channel and database know nothing of one another, so each scene is played on each of either.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.playing import Stage
from tests.wires import Telegram, WhatsApp, Wire

_FOLDER = Path(__file__).parent / "conversations"


@dataclass(frozen=True)
class Scene:
    """One scene of a .chat file: its title, and the script below it."""

    file: Path
    title: str
    script: str

    def rewrite(self, played: str) -> None:
        """Put what was really said into the file."""
        before, title, after = self.file.read_text("utf-8").partition(f"== {self.title}\n")
        self.file.write_text(before + title + after.replace(self.script, played, 1), "utf-8")


def scenes() -> list[Scene]:
    found = []
    for file in sorted(_FOLDER.glob("*.chat")):
        for part in f"\n{file.read_text('utf-8')}".split("\n== ")[1:]:
            title, script = part.split("\n", 1)
            found.append(Scene(file, title.strip(), script.strip()))
    return found


@pytest.mark.parametrize(
    ("database_url", "wire"),
    [("sqlite", Telegram()), ("postgresql", WhatsApp())],
    indirect=["database_url"],
    ids=["sqlite-telegram", "postgresql-whatsapp"],
)
@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: f"{scene.file.stem}: {scene.title}")
def test_conversation(
    scene: Scene, wire: Wire, database_url: str, request: pytest.FixtureRequest
) -> None:
    played = Stage(database_url, wire).play(scene.script)
    if played != scene.script and request.config.getoption("--rewrite"):
        scene.rewrite(played)
        return
    if played != scene.script:
        said, script = played.splitlines(), scene.script.splitlines()
        changes = difflib.unified_diff(script, said, "script", "what was said", lineterm="", n=2)
        pytest.fail("\n".join(changes), pytrace=False)
