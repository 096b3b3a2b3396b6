"""The report by which the knowledge base grows: what was asked and not answered, and what helped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.domain.consultations import Verdict

#: Questions looked through, and lines printed of each part.
MOST, _LINES = 20_000, 200


def report(tried: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The lines of the report on what was ``tried`` (words, article, verdict), newest first."""
    rows = [(words, article, Verdict(verdict)) for words, article, verdict in tried]
    missing = Counter(" ".join(words.lower().split()) for words, article, _ in rows if not article)
    unread = missing.pop("", 0)
    yield f"Tanpa jawaban: {missing.total() + unread}"
    for words, times in missing.most_common(_LINES):
        yield f"  {times}x  {words}"
    if unread:
        yield f"  {unread}x  (kata-katanya tidak disimpan; lihat belajar)"
    by_article: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for _, article, verdict in rows:
        if article:
            by_article[article][verdict] += 1
    yield "Artikel, yang paling jarang membantu lebih dulu: membantu, belum, tanya pendamping"
    for article, said in sorted(by_article.items(), key=_helpfulness)[:_LINES]:
        helped, not_yet, human = (
            said[one] for one in (Verdict.YES, Verdict.NOT_YET, Verdict.MENTOR)
        )
        yield f"  {helped:4} {not_yet:4} {human:4}  {article}"


def _helpfulness(row: tuple[str, Counter[Verdict]]) -> tuple[float, str]:
    article, said = row
    return said[Verdict.YES] / said.total(), article
