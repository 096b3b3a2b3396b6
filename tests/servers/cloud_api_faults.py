"""What can go wrong between us and Meta, by script."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the next ``times`` messages.

    ``what``: a code of Meta's, ``lost`` (done, but the line drops before the answer), ``unheard``
    (it drops before anything is done) or ``slow`` (done, answered after ``seconds``). With
    ``afterwards`` the message is accepted and the code comes as a status. ``status`` is the HTTP
    status of the answer.
    """

    what: int | str
    times: int = 1
    seconds: float = 1
    afterwards: bool = False
    status: int = 400

    def meets(self) -> bool:
        """Whether it is this fault's turn."""
        self.times -= 1
        return self.times >= 0

    @property
    def at_once(self) -> int:
        return self.what if isinstance(self.what, int) and not self.afterwards else 0

    @property
    def late(self) -> int:
        return self.what if isinstance(self.what, int) and self.afterwards else 0
