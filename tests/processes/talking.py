"""People who talk with the real program, from the mentor's code to a group with a holder."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import Engine, update

from storage.outgoing import outbox
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person, Seen
from tests.servers.program import Program

#: Seconds anybody waits for an answer, restarts included.
PATIENCE = 60


class Talk:
    """One person's side: says things and waits for what comes back, however long that takes."""

    def __init__(self, who: Person) -> None:
        self.who, self.said = who, 0
        self._seen = 0

    def says(self, words: str, expecting: str) -> Seen:
        """Writes, and waits for a new message that has these words in it."""
        self.writes(words)
        return self.hears(expecting)

    def writes(self, words: str) -> None:
        self._seen = max((one.id for one in self.who.sees), default=0)
        self.who.writes(words)
        self.said += 1

    def presses(self, label: str, on: Seen | None, expecting: str = "") -> Seen:
        """Presses a button of a message, or the newest; waits as ``says`` does."""
        self._seen = max((one.id for one in self.who.sees), default=0)
        self.who.presses(label, on)
        self.said += 1
        return self.hears(expecting) if expecting else self.who.sees[-1]

    def hears(self, words: str) -> Seen:
        return self.hears_one(lambda it: words in it.text, words)

    def hears_one(self, fits: Callable[[Seen], bool], named: str = "it") -> Seen:
        found: list[Seen] = []

        def there() -> bool:
            found[:] = [one for one in self.who.sees if one.id > self._seen and fits(one)][:1]
            return bool(found)

        with self.who.world.changed:
            came = self.who.world.changed.wait_for(there, PATIENCE)
        assert came, (
            f"{self.who.name} never heard {named!r}, but {[one.text[:60] for one in self.who.sees[-9:]]}"
        )
        return found[0]


def open_the_group(dewi: Talk, code: str) -> str:
    """From the mentor's code to a group; its join code."""
    dewi.says(f"/start m_{code}", "Dewi")
    dewi.says("kelompok baru Melati", "berkumpul di mana")
    dewi.says("Tanjung Jati", "ikut yang mana")
    dewi.presses("WIB", None, "Sampai kapan")
    dewi.presses("Lewati", None, "start=g_")
    link = next(one.text for one in reversed(dewi.who.sees) if "start=g_" in one.text)
    found = re.search(r"t\.me/pendamping_uji_bot\?start=g_(\w+)", link)
    assert found
    return found[1]


def join(her: Talk, code: str) -> None:
    her.says(f"/start g_{code}", "Dua pesan pendek")
    her.presses("Lanjut", None, "Kesepakatan kelompok")
    her.presses("Lanjut", None, "Data Ibu")
    her.presses("Setuju", None, "Mau dipanggil siapa")
    her.says(f"bu {her.who.name.lower()}", "usahanya apa")
    her.says("gorengan", "Biasanya mau menabung")
    her.presses("Rp10.000", None, "diingatkan jam")
    her.says("lewati", f"Bu {her.who.name} sudah menjadi anggota")


def begin(program: Program, server: BotApi, names: tuple[str, ...]) -> dict[str, Talk]:
    """Invite the mentor, let everybody join, and make Rina the holder; the people by name."""
    invited = program.asked("mentor", "invite", "Dewi")
    assert invited.returncode == 0, invited.stderr
    lines = dict(line.split(": ", 1) for line in invited.stdout.splitlines())
    assert lines["telegram"] == f"https://t.me/pendamping_uji_bot?start=m_{lines['code']}"

    people = {name: Talk(server.person(name)) for name in ("Dewi", "Rina", *names)}
    code = open_the_group(people["Dewi"], lines["code"])
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda name: join(people[name], code), ("Rina", *names)))
    people["Dewi"].says("pemegang Rina", "saya tanya dulu")
    asked = people["Rina"].hears("diminta memegang celengan")
    people["Rina"].presses("Bersedia", asked, "memegang celengan")
    people["Dewi"].hears("Bu Rina")
    return people


def killed(program: Program, engine: Engine) -> None:
    """Kill it and start it again; the minute for which the dead held their letters is over at once."""
    program.kill()
    now = datetime.now(UTC)
    with engine.begin() as db:
        db.execute(update(outbox).where(outbox.c.state == "sending").values(due_at=now))
    program.start()
