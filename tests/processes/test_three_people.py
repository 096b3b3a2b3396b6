"""The real program against a Bot API: three people, once through, with a death in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.processes.talking import begin, killed
from tests.servers.bot_api import BotApi
from tests.servers.program import Program, running


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_three_people_from_the_invitation_to_the_balance(
    server: BotApi, database_url: str, engine: Engine, tmp_path: Path, *, webhook: bool
) -> None:
    server.twice = webhook
    with running(Program(tmp_path, database_url, server, webhook=webhook)) as program:
        people = begin(program, server, ("Sari",))
        sari, rina = people["Sari"], people["Rina"]
        sari.says("setor 10rb", "Rp10.000 menunggu Bu Rina")
        asked = rina.hears("Bu Sari menyerahkan Rp10.000")
        rina.presses("Sudah", asked, "sudah masuk catatan")
        sari.hears("sepuluh ribu rupiah")
        sari.says("saldo", "Rp10.000")

        rina.presses("Sudah", asked, "Cukup satu kali")
        server.wait(lambda: not server.unanswered)
        killed(program, engine)
        rina.presses("Belum", asked, "Cukup satu kali")
        sari.says("saldo", "Rp10.000")
        server.wait(lambda: not server.unanswered)
