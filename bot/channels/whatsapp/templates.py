"""Templates: texts agreed with Meta beforehand, the only thing that goes out when a window is closed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: What a template may say about her, with an example of each for Meta's reviewers.
EXAMPLES = {"nama": "Bu Sari", "kelompok": "Melati", "pendamping": "Bu Dewi"}

#: Meta's limits.
LONGEST_BODY, LONGEST_BUTTON, LONGEST_PARAMETER = 1024, 20, 100

_PARAMETER = re.compile(r"{{(\w+)}}")
_FORBIDDEN = re.compile(r"[\n\r\t]| {4,}")


class WrongTemplate(ValueError):
    """A template Meta would not take; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template; ``kinds`` are the kinds of letters it stands for, ``button`` opens the window."""

    name: str
    language: str
    kinds: tuple[str, ...]
    body: str
    button: str
    category: str = "UTILITY"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in their order."""
        return tuple(dict.fromkeys(_PARAMETER.findall(self.body)))

    def message(self, facts: Mapping[str, str], payload: str) -> dict[str, Any]:
        """It filled in: the ``template`` object of a message; ``payload`` comes back when pressed."""
        named = [
            {"type": "text", "parameter_name": name, "text": parameter(facts.get(name, ""))}
            for name in self.parameters
        ]
        pressed = [{"type": "payload", "payload": payload}]
        return {
            "name": self.name,
            "language": {"code": self.language, "policy": "deterministic"},
            "components": [
                {"type": "body", "parameters": named},
                {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": pressed},
            ],
        }

    def submission(self) -> dict[str, Any]:
        """What Meta is asked to approve."""
        examples = [{"param_name": name, "example": EXAMPLES[name]} for name in self.parameters]
        return {
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": "NAMED",
            "components": [
                {
                    "type": "BODY",
                    "text": self.body,
                    "example": {"body_text_named_params": examples},
                },
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": self.button}]},
            ],
        }

    def shown(self, facts: Mapping[str, str]) -> str:
        """The text as she reads it."""
        return _PARAMETER.sub(lambda found: parameter(facts.get(found[1], "")), self.body)


def parameter(text: str) -> str:
    """A text as a parameter may be: one line, no tabs, no wide gaps, never empty."""
    plain = " ".join(text.split())[:LONGEST_PARAMETER].strip()
    return plain or "-"


def load(folder: Path) -> tuple[Template, ...]:
    """Every template of a language, by name. Raises WrongTemplate."""
    return tuple(_read(file, folder.name) for file in sorted(folder.glob("*.toml")))


def fitting(templates: Sequence[Template], kind: str) -> Template | None:
    """The template that stands for a kind of letter."""
    return next((one for one in templates if kind in one.kinds), None)


def _read(file: Path, language: str) -> Template:
    raw = tomllib.loads(file.read_text("utf-8"))
    made = Template(
        f"pendamping_{file.stem}_{raw.get('version', 1)}",
        language,
        tuple(raw["kinds"]),
        raw["body"],
        raw["button"],
        raw.get("category", "UTILITY"),
    )
    if unknown := set(made.parameters) - EXAMPLES.keys():
        raise WrongTemplate(f"{file.name}: no such parameter: {', '.join(sorted(unknown))}")
    if _FORBIDDEN.search(made.body) or not 0 < len(made.body) <= LONGEST_BODY:
        raise WrongTemplate(f"{file.name}: one line of at most {LONGEST_BODY} signs")
    words = made.body.strip(" .!?")
    if words.startswith("{{") or words.endswith("}}"):
        raise WrongTemplate(f"{file.name}: a parameter must not be its first or last word")
    if not 0 < len(made.button) <= LONGEST_BUTTON:
        raise WrongTemplate(f"{file.name}: a button of at most {LONGEST_BUTTON} signs")
    return made
