"""``python -m bench``: what it costs, as ratios to limits measured in the same run."""

from __future__ import annotations

import argparse

from bench import ledger, letters, runner, whole
from bench.databases import POSTGRESQL, SQLITE

_BENCHES = """benches:
  whole    messages a second from a webhook to the reply's arrival, durable, beside the same
           statements by the bare driver and an echo bot without storage
  runner   the same without HTTP: with a commit each and as it runs, statements counted,
           and where the time goes
  letters  planning a reminder for every member of --people, and how long an answer takes
           while a broadcast to all of them waits
  planning the first half of letters alone
  ledger   appending an entry beside the bare driver, reading in a big database beside a small
           one, exporting beside hledger
"""


def main() -> None:
    """Run what was asked for."""
    given = argparse.ArgumentParser(
        "python -m bench",
        description=__doc__,
        epilog=_BENCHES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    given.add_argument("bench", nargs="*", help="which ones; whole and runner unless told")
    given.add_argument("--database", choices=[SQLITE, POSTGRESQL], help="only this kind")
    given.add_argument("--people", type=int, default=900, help="members in all (900)")
    given.add_argument("--at-once", type=int, default=100, help="of them busy at once (100)")
    given.add_argument("--seconds", type=float, default=10, help="of each measurement (10)")
    given.add_argument("--apart", action="store_true", help="also with web and worker apart")
    given.add_argument(
        "--entries", type=int, default=300_000, help="in the big database of ledger (300000)"
    )
    told = given.parse_args()
    kinds = [told.database] if told.database else [SQLITE, POSTGRESQL]
    wanted = told.bench or ["whole", "runner"]
    if "whole" in wanted:
        whole.bench(kinds, whole.Load(told.people, told.at_once, told.seconds), apart=told.apart)
    if "ledger" in wanted:
        for kind in kinds:
            ledger.bench(kind, told.entries, told.seconds)
    if "runner" in wanted:
        for kind in kinds:
            runner.bench(kind, told.people)
    if "planning" in wanted:
        letters.planning(kinds, told.people)
    if "letters" in wanted:
        letters.bench(kinds, told.people)


if __name__ == "__main__":
    main()
