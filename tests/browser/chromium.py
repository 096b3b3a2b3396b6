"""Finds a Chromium for the browser tests, or brings one; says one plain sentence when it cannot."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.system import install, tried

#: Programs that are a Chromium.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Where Playwright keeps its own, and what they are called there.
CACHES = (
    os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""),
    "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
)
OWN = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/chrome-headless-shell-linux*/chrome-headless-shell",
    "chromium_headless_shell-*/chrome-linux/headless_shell",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)

SORRY = (
    "The browser tests need Chromium and none could be installed: "
    "install the package chromium (or Google Chrome), then try again."
)


def find() -> str | None:
    """The path of a Chromium or Chrome that is there."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if mac.exists():
        return str(mac)
    for cache in filter(None, CACHES):
        for pattern in OWN:
            for path in sorted(Path(cache).expanduser().glob(pattern), reverse=True):
                if os.access(path, os.X_OK):
                    return str(path)
    return None


def bring() -> str | None:
    """Install one: Playwright's own, else the system's when we are root."""
    tried([sys.executable, "-m", "playwright", "install", "chromium"])
    if found := find():
        return found
    install("chromium")
    return find()


def main() -> int:
    """See to it that there is one; 0 when there is."""
    if find():
        return 0
    sys.stderr.write("Installing Chromium for the browser tests …\n")
    if bring():
        return 0
    sys.stderr.write(SORRY + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
