"""Books read again from their first entry, under the rules they were kept by."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.ledger import Account, AccountKind, Draft, EntryKind, overdrawn

_CASH, _BANK = AccountKind.CASH, AccountKind.BANK
_SAVINGS, _DIFFERENCE = AccountKind.SAVINGS, AccountKind.DIFFERENCE

#: Into which kind of account, and out of which, each kind of entry moves money.
_BETWEEN = {
    EntryKind.DEPOSIT: ((_CASH, _SAVINGS),),
    EntryKind.WITHDRAWAL: ((_SAVINGS, _CASH),),
    EntryKind.SHARE_OUT: ((_SAVINGS, _CASH),),
    EntryKind.HAND_OVER: ((_CASH, _CASH),),
    EntryKind.TO_BANK: ((_BANK, _CASH),),
    EntryKind.FROM_BANK: ((_CASH, _BANK),),
    EntryKind.DIFFERENCE: ((_CASH, _DIFFERENCE), (_DIFFERENCE, _CASH)),
}


@dataclass(slots=True)
class Replay:
    """A group's books as far as they have been read: what stands on each account, in rupiah."""

    sums: dict[Account, int] = field(default_factory=dict)
    moved_by: dict[Account, int] = field(default_factory=dict)
    _booked: dict[int, Draft] = field(default_factory=dict)
    _reversed: set[int] = field(default_factory=set)

    @property
    def left(self) -> bool:
        """Whether money is still in a box, at the bank or owed to somebody."""
        return any(
            rupiah for account, rupiah in self.sums.items() if account.kind is not _DIFFERENCE
        )

    def add(self, number: int, draft: Draft) -> str | None:
        """Read the next entry; the column or rule it breaks, if any."""
        for account, rupiah in draft.moves:
            self.sums[account] = self.sums.get(account, 0) + rupiah
            self.moved_by[account] = number
        self._booked[number] = draft
        if fault := self._misshapen(draft):
            return fault
        too_low = any(overdrawn(account, self.sums[account]) for account, _ in draft.moves)
        return "below zero" if too_low else None

    def _misshapen(self, draft: Draft) -> str | None:
        if draft.kind is EntryKind.REVERSAL:
            return self._not_the_mirror(draft)
        if (draft.into.kind, draft.out_of.kind) not in _BETWEEN[draft.kind]:
            return "posting"
        hers = [one.member for one in (draft.into, draft.out_of) if one.kind is _SAVINGS]
        return "member" if hers and hers != [draft.member] else None

    def _not_the_mirror(self, draft: Draft) -> str | None:
        undone = self._booked.get(draft.reverses or 0)
        if undone is None or draft.reverses in self._reversed:
            return "reverses"
        self._reversed.add(draft.reverses or 0)
        mirrored = (undone.out_of, undone.into, undone.amount, undone.member)
        found = (draft.into, draft.out_of, draft.amount, draft.member)
        return "reverses" if undone.kind is EntryKind.REVERSAL or found != mirrored else None
