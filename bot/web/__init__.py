"""The web side: webhooks, the practice room, health and figures."""
