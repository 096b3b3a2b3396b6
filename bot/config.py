"""The settings, read once from the environment and `.env`; `.env.example` explains each."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.pace import Limit


class WrongSetting(Exception):
    """A setting cannot be used; the message names it and says what it should be."""


class Settings(BaseSettings):
    """Everything an operator may set; see docs/running.md."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///data/pendamping.db"
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr | None = None
    whatsapp_phone_number_id: str = ""
    whatsapp_access_token: SecretStr | None = None
    whatsapp_app_secret: SecretStr | None = None
    whatsapp_verify_token: SecretStr | None = None
    whatsapp_account_id: str = ""
    whatsapp_api_url: str = "https://graph.facebook.com"
    practice: Literal["auto", "on", "off"] = "auto"
    speech_command: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr | None = None
    # What each platform allows; raise TELEGRAM_PER_SECOND (up to 1000) for paid broadcasts.
    telegram_per_second: float = Field(30, gt=0, le=1000)
    telegram_chat_seconds: float = Field(1, ge=0, le=60)
    whatsapp_per_second: float = Field(80, gt=0, le=1000)
    whatsapp_chat_seconds: float = Field(6, ge=0, le=60)
    # After so many WhatsApp messages of a group in a month only answers and receipts go out.
    whatsapp_group_messages: int = Field(0, ge=0, le=1_000_000)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def telegram(self) -> bool:
        """Whether Telegram is on."""
        return self.telegram_bot_token is not None

    @property
    def whatsapp(self) -> bool:
        """Whether WhatsApp is on."""
        return self.whatsapp_access_token is not None

    @property
    def limits(self) -> dict[str, Limit]:
        """How fast each channel may be written to.

        WhatsApp counts a pair in six seconds but lets a conversation run ahead for a while.
        """
        return {
            "telegram": Limit(self.telegram_per_second, self.telegram_chat_seconds),
            "whatsapp": Limit(self.whatsapp_per_second, self.whatsapp_chat_seconds, 10),
        }

    @property
    def practice_room(self) -> bool:
        """Whether the practice room is open: asked for, or nothing else is and only we can see it."""
        if self.practice == "auto":
            return not (self.telegram or self.whatsapp) and is_loopback(self.host)
        return self.practice == "on"

    @model_validator(mode="after")
    def _usable(self) -> Settings:
        _check_database(self.database_url)
        if not 0 < self.port < 65536:  # noqa: PLR2004 - ports end there
            raise ValueError("PORT: a number from 1 to 65535")
        for name in ("public_url", "telegram_api_url", "whatsapp_api_url", "llm_url"):
            _check_url(name.upper(), getattr(self, name))
        if self.telegram and self.public_url and not self.telegram_webhook_secret:
            raise ValueError(
                "TELEGRAM_WEBHOOK_SECRET: set it too (1 to 256 of A-Z a-z 0-9 _ -): with PUBLIC_URL"
                " Telegram calls us, and this is how we know it is Telegram"
            )
        self._check_whatsapp()
        return self

    def _check_whatsapp(self) -> None:
        names = ("phone_number_id", "access_token", "app_secret", "verify_token")
        missing = [name for name in names if not getattr(self, f"whatsapp_{name}")]
        if missing and len(missing) < len(names):
            listed = ", ".join(f"WHATSAPP_{name.upper()}" for name in missing)
            raise ValueError(f"{listed}: set it too; WhatsApp needs all four of its settings")


def settings(env_file: Path | None = None) -> Settings:
    """The settings as they are now. Raises WrongSetting."""
    try:
        return Settings(**({} if env_file is None else {"_env_file": env_file}))  # type: ignore[arg-type]
    except ValidationError as wrong:
        raise WrongSetting("\n".join(_said(fault) for fault in wrong.errors())) from None


def _said(fault: object) -> str:
    """One fault as a sentence, without the value: it may be a secret."""
    where = "_".join(str(part) for part in fault["loc"]).upper()  # type: ignore[index]
    message = str(fault["msg"]).removeprefix("Value error, ")  # type: ignore[index]
    return f"{where}: {message}" if where else message


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_database(url: str) -> None:
    example = "sqlite:///data/pendamping.db or postgresql+psycopg://user@host/db"
    try:
        name = make_url(url).drivername
    except ArgumentError:
        name = ""
    if name not in ("sqlite", "postgresql+psycopg"):
        raise ValueError(f"DATABASE_URL: an address like {example}")


def _check_url(name: str, url: str) -> None:
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{name}: an address like https://example.org")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError(f"{name}: an https address; plain http is for this machine only")
