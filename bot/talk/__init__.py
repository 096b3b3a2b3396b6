"""How a conversation is written: ``await ask(...)`` is where the other person speaks."""
