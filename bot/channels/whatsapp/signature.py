"""Whether a body really comes from Meta: its signature over the raw bytes."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"

_PREFIX = "sha256="


def signature(body: bytes, secret: str) -> str:
    """What the header of ``body`` must say."""
    return _PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def could_be_signed(header: str) -> bool:
    """Whether the header has the shape of a signature at all; only then is a body read."""
    return header.startswith(_PREFIX) and len(header) == len(_PREFIX) + 64


def signed(body: bytes, header: str, secret: str) -> bool:
    """Whether ``header`` is the signature of ``body``, compared in constant time."""
    return hmac.compare_digest(header.encode(), signature(body, secret).encode())
