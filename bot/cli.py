"""The command ``pendamping``."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
import uvloop

from bot import agreeing, asked
from bot.app import App, open_store, our_ways, utc_now
from bot.cli_books import books
from bot.cli_kbli import codes
from bot.cli_people import people
from bot.config import Settings, WrongSetting, settings
from bot.doctor import examine
from bot.domain.articles import Written
from bot.domain.calendar import Zone, local_day
from bot.logs import configure
from bot.ports import Unavailable
from bot.rehearsal import rehearse
from bot.reminders import Reminders, reasons
from bot.talk.knowledge import answer_line
from bot.talk.understand import understand
from handlers.shelf import library

app = typer.Typer(
    help="Pendamping: a mentor in a chat for groups of micro-entrepreneur women in Indonesia.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
mentor = typer.Typer(help="The people who lead groups.", no_args_is_help=True)
app.add_typer(mentor, name="mentor")
app.add_typer(books)
app.add_typer(codes)
app.add_typer(people)
whatsapp = typer.Typer(help="What Meta has to agree to.", no_args_is_help=True)
app.add_typer(whatsapp, name="whatsapp")


@whatsapp.callback()
def _whatsapp() -> None:
    """What Meta has to agree to."""


def main() -> None:
    """Run the command; what an operator can mend is said in a sentence, not a traceback."""
    try:
        app()
    except WrongSetting as wrong:
        raise SystemExit(str(wrong)) from None
    except Unavailable as away:
        raise SystemExit(f"DATABASE_URL: the database cannot be reached ({away})") from None


def _ready() -> Settings:
    read = settings()
    configure(read.log_level)
    return read


def _run(*, web: bool, work: bool) -> None:
    uvloop.run(App(_ready(), web=web, work=work).run())


@app.command()
def run() -> None:
    """Start everything: webhooks and pages, delivery and reminders."""
    _run(web=True, work=True)


@app.command()
def web() -> None:
    """Start webhooks and pages only; a `worker` delivers."""
    _run(web=True, work=False)


@app.command()
def worker() -> None:
    """Start delivery and reminders only."""
    _run(web=False, work=True)


@app.command()
def chat() -> None:
    """A conversation in the terminal, as any member; prints itself as a transcript.

    Write `Sari: setor 10rb`; without a name, the last who spoke goes on. The group is made up for
    this conversation and forgotten after it.
    """
    rehearse(sys.stdin, sys.stdout)


@app.command("understand")
def understand_(
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day it is; today in Langkat when left out."),
    ] = None,
) -> None:
    """Lines in, what each means out: one JSON object a line."""
    day = today.date() if today else local_day(utc_now(), Zone.WIB)
    for line in sys.stdin:
        print(json.dumps(understand(line.rstrip("\n"), day).to_json(), ensure_ascii=False))  # noqa: T201


@app.command("ask")
def ask_(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    report: Annotated[
        bool,
        typer.Option("--report", help="Print what was asked and not answered, and what helped."),
    ] = False,
) -> None:
    """Questions in, a line each; the three best articles out, or the mentor.

    What mentors wrote in chat is searched, too, where DATABASE_URL is set.
    """
    if report:
        store = open_store(_ready().database_url)
        for row in asked.report(store.tried_questions(asked.MOST)):
            print(row)  # noqa: T201
        store.close()
        return
    shelf = library(_written())
    for line in sys.stdin:
        print(answer_line(shelf, line.rstrip("\n"), as_json=as_json))  # noqa: T201


def _written() -> Sequence[Written]:
    """What mentors wrote in chat, where a database is named."""
    read = settings()
    if "database_url" not in read.model_fields_set:
        return ()
    store = open_store(read.database_url)
    try:
        with store.transaction() as kept:
            return kept.articles()
    finally:
        store.close()


@app.command()
def mine() -> None:
    """Print the words nobody could place, masked, of groups that let us learn from them."""
    store = open_store(_ready().database_url)
    for words in store.unplaced_words():
        print(words.replace("\n", " "))  # noqa: T201
    store.close()


@app.command()
def remind(
    at: Annotated[
        str,
        typer.Option(help="When, as 2026-11-23T19:00+07:00; without a zone it is Jakarta's."),
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say who would be reminded, and why or why not.")
    ] = False,
) -> None:
    """Who would be reminded then, and why or why not: group, member, reason, a line each."""
    read = _ready()
    instant = _instant(at)
    store = open_store(read.database_url)
    try:
        for group, member, why in reasons(store.schedule, instant):
            print(f"{group}\t{member}\t{why}")  # noqa: T201
        if not dry_run:
            planned = Reminders(store.schedule, lambda: instant).look()
            print(f"planned: {planned}", file=sys.stderr)  # noqa: T201
    finally:
        store.close()


def _instant(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"--at: a time like 2026-11-23T19:00+07:00, not {text!r}") from None
    return read if read.tzinfo else read.replace(tzinfo=Zone.WIB.tz)


@app.command()
def doctor() -> None:
    """Check settings, database, schema, tokens, webhooks and clock, and say what to do."""
    raise SystemExit(asyncio.run(examine(_ready(), sys.stdout)))


@mentor.command()
def invite(
    name: Annotated[str, typer.Argument(help="What the members call her, for example Dewi.")],
) -> None:
    """Print a code that makes one chat a mentor by that name."""
    read = _ready()
    store = open_store(read.database_url)
    code = store.invite_mentor(name)
    store.close()
    print(f"code: {code}")  # noqa: T201
    try:
        ways = asyncio.run(our_ways(read))
    except WrongSetting as wrong:  # the code is good all the same
        print(wrong, file=sys.stderr)  # noqa: T201
        return
    for channel, link in ways.to_mentor(code).items():
        print(f"{channel}: {link}")  # noqa: T201


@whatsapp.command()
def templates(
    *,
    submit: Annotated[
        bool, typer.Option(help="Ask Meta to approve what it does not know.")
    ] = False,
    check: Annotated[bool, typer.Option(help="Say what Meta made of each.")] = False,
) -> None:
    """Print the templates that go out when a window is closed, submit them, or check them."""
    if not (submit or check):
        raise SystemExit(agreeing.print_templates(sys.stdout))
    do = agreeing.submit if submit else agreeing.check
    raise SystemExit(asyncio.run(do(_ready(), sys.stdout)))
