"""A bot that only echoes: python-telegram-bot behind a webhook, without any storage.

Run as ``python -m bench.echo PORT API_URL [aiohttp]``; with ``aiohttp`` it calls out as we do.
"""

from __future__ import annotations

import asyncio
import json
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bench.telegram import TOKEN
from bot.channels.telegram.request import AiohttpRequest


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def _serve(port: int, api: str, *, ours: bool) -> None:
    builder = Application.builder().token(TOKEN).updater(None).base_url(f"{api}/bot")
    builder = builder.concurrent_updates(True)  # noqa: FBT003 - PTB's signature
    application = (builder.request(AiohttpRequest()) if ours else builder).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))

    async def take(request: Request) -> Response:
        update = Update.de_json(json.loads(await request.body()), application.bot)
        await application.update_queue.put(update)
        return Response()

    web = Starlette(routes=[Route("/telegram", take, methods=["POST"])])
    config = uvicorn.Config(web, port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    async with application:
        await application.start()
        await application.bot.set_webhook(f"http://127.0.0.1:{port}/telegram")
        await server.serve()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), sys.argv[2], ours="aiohttp" in sys.argv))
