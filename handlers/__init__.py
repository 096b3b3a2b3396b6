"""One file a conversation: what Pendamping says and asks."""
