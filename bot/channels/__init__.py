"""The ways to reach people: Telegram, WhatsApp, and the practice room."""
