"""The methods of the Bot API: what each does to the world, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.servers.bot_api_html import BadEntities, parse, trimmed, units
from tests.servers.bot_api_world import ApiError, Chat, Sent, Upload, World, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_PAYLOAD = 64
MOST_BUTTONS = 100

Params = dict[str, Any]
Method = Callable[[World, Params], Any]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    def keep(function: Method) -> Method:
        METHODS[name] = function
        return function

    return keep


def chat_of(world: World, params: Params) -> Chat:
    """The chat a message goes to, if the bot may write there."""
    chat = world.chats.get(params.get("chat_id", 0))
    if chat is None:
        raise bad_request("chat not found")
    if chat.gone:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not chat.open and chat.kind == "private":
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if not chat.open:
        raise ApiError(403, "Forbidden: bot was kicked from the group chat")
    return chat


def message_of(chat: Chat, number: int | None, doing: str) -> Sent:
    sent = chat.messages.get(number or 0)
    if sent is None:
        raise bad_request(f"message to {doing} not found")
    return sent


def words(params: Params, field: str) -> dict[str, Any]:
    """Text or caption with its entities, as fields of a message."""
    source = params.get(field) or ""
    entities: list[dict[str, Any]] = []
    if params.get("parse_mode") == "HTML":
        try:
            text, entities = parse(source)
        except BadEntities as complaint:
            raise bad_request(f"can't parse entities: {complaint}") from None
    else:
        text, entities = trimmed(source, entities)
    if field == "text" and not text:
        raise bad_request("message text is empty")
    if units(text) > (LONGEST_TEXT if field == "text" else LONGEST_CAPTION):
        long = "message is too long" if field == "text" else "message caption is too long"
        raise bad_request(long)
    named = "entities" if field == "text" else "caption_entities"
    return ({field: text} if text else {}) | ({named: entities} if entities else {})


def markup(params: Params) -> dict[str, Any]:
    """The inline keyboard, as a field of a message."""
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if not button.get("text", "").strip():
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
        if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_PAYLOAD:
            raise bad_request("BUTTON_DATA_INVALID")
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": rows}} if buttons else {}


@method("getMe")
def get_me(world: World, _: Params) -> Any:
    return world.bot()


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> Any:
    world.commands = params["commands"]
    return True


@method("sendMessage")
def send_message(world: World, params: Params) -> Any:
    chat = chat_of(world, params)
    return world.put(chat, world.bot(), **words(params, "text"), **markup(params)).body


def _file(world: World, kind: str, given: Any) -> dict[str, Any]:
    if isinstance(given, Upload):
        content, file_id = given.content, world.keep_file(kind, given.content)
    else:
        file = world.files.get(given)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind} as {kind}")
        content, file_id = file.content, given
    return {"file_id": file_id, "file_unique_id": file_id[4:10], "file_size": len(content)}


_SHAPES: dict[str, dict[str, Any]] = {
    "photo": {"width": 1280, "height": 853},
    "document": {},
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video": {"width": 640, "height": 480, "duration": 3},
    "animation": {"width": 640, "height": 480, "duration": 3},
    "video_note": {"length": 240, "duration": 3},
    "sticker": {
        "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False,
    },
}  # fmt: skip


def _sends(kind: str) -> None:
    name = "send" + "".join(part.capitalize() for part in kind.split("_"))

    @method(name)
    def send(world: World, params: Params) -> Any:
        chat = chat_of(world, params)
        parts = words(params, "caption") | markup(params)
        file = _file(world, kind, params.get(kind)) | _SHAPES[kind]
        parts[kind] = [file] if kind == "photo" else file
        if kind == "animation":
            parts["document"] = _file(world, kind, file["file_id"])
        return world.put(chat, world.bot(), **parts).body


for _kind in _SHAPES:
    _sends(_kind)


@method("sendLocation")
def send_location(world: World, params: Params) -> Any:
    place = {"latitude": params["latitude"], "longitude": params["longitude"]}
    return world.put(chat_of(world, params), world.bot(), location=place).body


@method("copyMessage")
def copy_message(world: World, params: Params) -> Any:
    chat = chat_of(world, params)
    source = world.chats.get(params["from_chat_id"])
    if source is None:
        raise bad_request("chat not found")
    original = message_of(source, params.get("message_id"), "copy").body
    own = {"message_id", "date", "chat", "from", "reply_markup", "reply_to_message"}
    parts = {key: value for key, value in original.items() if key not in own}
    sent = world.put(chat, world.bot(), **parts, **markup(params))
    return {"message_id": sent.body["message_id"]}


def _edit(world: World, params: Params, fields: dict[str, Any], gone: set[str]) -> Any:
    chat = chat_of(world, params)
    sent = message_of(chat, params.get("message_id"), "edit")
    if sent.body["from"] != world.bot():
        raise bad_request("message can't be edited")
    changed = {key: value for key, value in sent.body.items() if key not in gone}
    changed |= fields
    same = {key: value for key, value in sent.body.items() if key != "edit_date"}
    if {key: value for key, value in changed.items() if key != "edit_date"} == same:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    sent.body = changed | {"edit_date": sent.body["date"]}
    sent.buttons += [button for row in sent.markup for button in row]
    world.changed.notify_all()
    return sent.body


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Any:
    fields = words(params, "text") | markup(params)
    return _edit(world, params, fields, {"text", "entities", "reply_markup"})


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Any:
    fields = words(params, "caption") | markup(params)
    return _edit(world, params, fields, {"caption", "caption_entities", "reply_markup"})


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Any:
    return _edit(world, params, markup(params), {"reply_markup"})


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> Any:
    if world.presses.get(params["callback_query_id"], True):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    world.presses[params["callback_query_id"]] = True
    world.changed.notify_all()
    return True


@method("getFile")
def get_file(world: World, params: Params) -> Any:
    file = world.files.get(params["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    file_id = params["file_id"]
    return {
        "file_id": file_id,
        "file_unique_id": file_id[4:10],
        "file_size": len(file.content),
        "file_path": f"{file.kind}s/{file_id}",
    }


@method("leaveChat")
def leave_chat(world: World, params: Params) -> Any:
    chat_of(world, params).open = False
    return True
