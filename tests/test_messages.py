"""How many messages we send: every one of them may cost."""

from __future__ import annotations

from bot.transcript import pieces, read
from tests.test_conversations import scenes

#: Messages to her who spoke for each message of hers, at most.
MOST_TO_HER = 1.05


def test_one_message_of_hers_brings_her_one_of_ours() -> None:
    """Over all transcripts, whose every bubble is one message on WhatsApp (``tests/wires.py``)."""
    said = to_her = to_others = by_clock = 0
    for scene in scenes():
        speaker = ""
        for line in pieces(scene.script):
            if line.startswith("--"):
                speaker = ""
            elif line.startswith("Bot > "):
                whose = line.removeprefix("Bot > ").split(":")[0]
                to_her += whose == speaker
                to_others += speaker not in (whose, "")
                by_clock += speaker == ""
            elif line:
                speaker, said = read(line).name, said + 1
    print(  # noqa: T201 - the figure is wanted
        f"\n{said} messages heard; sent to her who spoke {to_her} ({to_her / said:.2f} each), "
        f"to others because of it {to_others} ({to_others / said:.2f} each), by the clock {by_clock}"
    )
    assert to_her / said <= MOST_TO_HER
