"""Programs the tests ask beside our own, brought by the system where we may."""

from __future__ import annotations

import os
import shutil
import subprocess

_MANAGERS = {
    "apt-get": (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends"],
    ),
    "dnf": (["dnf", "install", "-y", "-q"],),
    "apk": (["apk", "add", "--quiet"],),
}

#: Seconds for a download.
_PATIENCE = 600


def install(package: str) -> None:
    """Ask the system for a package, when we are root; whether it came is for the caller to see."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    for manager, (*before, bring) in _MANAGERS.items():
        if shutil.which(manager):
            for command in (*before, [*bring, package]):
                tried(command)
            return


def tried(command: list[str]) -> None:
    """Run a fixed command; that it fails is no fault, there is another way or a sentence."""
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(  # noqa: S603 - our own
            command, env=quietly, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return
