"""Which paragraph of an earlier text is which of a later one: kept, edited, moved, added, removed. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsarchive.search.text.word_diff import common_blocks, words_and_marks

# A paragraph that keeps so much of its words was edited; below, another one took its place.
_SAME_PARAGRAPH = 0.5
# A paragraph that stands elsewhere has to be more alike: nothing but its words speaks for it.
_MOVED_PARAGRAPH = 0.7
# Pairs of paragraphs compared at most; beyond, what is left counts as removed and added.
_MAX_COMPARED = 40_000


class ParagraphKind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A paragraph of either text or both, by its number from 0; a moved one may be edited as well."""

    kind: ParagraphKind
    before: int | None
    after: int | None


def align(before: Sequence[str], after: Sequence[str]) -> list[Alignment]:
    """Every paragraph once, in the order of the later text; removed ones after what they followed."""
    old, new = list(map(_key, before)), list(map(_key, after))
    kept = dict(_in_order(old, new))
    moved = dict(_same_elsewhere(old, new, kept))
    edited = dict(_alike(old, new, kept | moved))
    after_to_before = {new_at: old_at for old_at, new_at in (kept | moved | edited).items()}
    stays = _longest_rising([after_to_before[at] for at in sorted(after_to_before)])
    return list(_arranged(old, new, after_to_before, stays))


def _key(paragraph: str) -> tuple[str, ...]:
    return tuple(part for part in words_and_marks(paragraph) if not part.isspace())


_Key = tuple[str, ...]
_Pairs = Iterator[tuple[int, int]]


def _in_order(old: Sequence[_Key], new: Sequence[_Key]) -> _Pairs:
    """Equal paragraphs that stand in the same order in both texts."""
    for is_equal, start, end, new_start, _ in common_blocks(old, new):
        if is_equal:
            yield from zip(range(start, end), range(new_start, new_start + end - start), strict=True)


def _same_elsewhere(old: Sequence[_Key], new: Sequence[_Key], paired: dict[int, int]) -> _Pairs:
    """Equal paragraphs that stand in another order."""
    places: dict[_Key, deque[int]] = defaultdict(deque)
    taken = set(paired.values())
    for at, key in enumerate(new):
        if at not in taken:
            places[key].append(at)
    for at, key in enumerate(old):
        if at not in paired and places.get(key):
            yield at, places[key].popleft()


def _alike(old: Sequence[_Key], new: Sequence[_Key], paired: dict[int, int]) -> _Pairs:
    """Paragraphs that share most of their words, the most alike first, neighbours before strangers."""
    free_old = [at for at in range(len(old)) if at not in paired]
    taken = set(paired.values())
    free_new = [at for at in range(len(new)) if at not in taken]
    if len(free_old) * len(free_new) > _MAX_COMPARED:
        return
    found = {at: _occurrences(new[at]) for at in free_new}
    gaps = _gaps(free_old, paired), _gaps(free_new, {new_at: old_at for old_at, new_at in paired.items()})
    scored = sorted(
        (-shared, abs(old_at - new_at), old_at, new_at)
        for old_at in free_old
        for words in (_occurrences(old[old_at]),)
        for new_at in free_new
        if (shared := _share(words, found[new_at]))
        >= (_SAME_PARAGRAPH if gaps[0][old_at] == gaps[1][new_at] else _MOVED_PARAGRAPH)
    )
    used_old, used_new = set[int](), set[int]()
    for _, _, old_at, new_at in scored:
        if old_at not in used_old and new_at not in used_new:
            used_old.add(old_at)
            used_new.add(new_at)
            yield old_at, new_at


def _gaps(free: Sequence[int], paired: dict[int, int]) -> dict[int, int]:
    """For each free paragraph, how many paired ones stand before it: equal numbers, the same gap."""
    ends = sorted(paired)
    found: dict[int, int] = {}
    passed = 0
    for at in free:
        while passed < len(ends) and ends[passed] < at:
            passed += 1
        found[at] = passed
    return found


def _occurrences(key: _Key) -> frozenset[tuple[str, int]]:
    """Each word with how often it stood before: sets of these have in common what the texts have."""
    counts: Counter[str] = Counter()
    found = set()
    for word in key:
        found.add((word, counts[word]))
        counts[word] += 1
    return frozenset(found)


def _share(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    """How much of the longer paragraph stands in the other, 0 to 1; marks count a little, words more."""
    return len(one & other) / max(len(one), len(other), 1)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of the longest rising subsequence: what kept its order. Patience, O(n log n)."""
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        ends[pile : pile + 1] = [at]
        previous.append(ends[pile - 1] if pile else -1)
    found = set[int]()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(numbers[at])
        at = previous[at]
    return found


def _arranged(
    old: Sequence[_Key], new: Sequence[_Key], after_to_before: dict[int, int], stays: set[int]
) -> Iterator[Alignment]:
    """Between two paragraphs that stayed, first what was removed there, then what came."""
    gone = deque(sorted(set(range(len(old))) - set(after_to_before.values())))
    waiting: list[Alignment] = []
    for at in range(len(new)):
        before = after_to_before.get(at)
        found = Alignment(_kind(before, at, old, new, stays), before, at)
        if before is None or before not in stays:
            waiting.append(found)
            continue
        while gone and gone[0] < before:
            yield Alignment(ParagraphKind.REMOVED, gone.popleft(), None)
        yield from (*waiting, found)
        waiting = []
    yield from (Alignment(ParagraphKind.REMOVED, each, None) for each in gone)
    yield from waiting


def _kind(
    before: int | None, after: int, old: Sequence[_Key], new: Sequence[_Key], stays: set[int]
) -> ParagraphKind:
    if before is None:
        return ParagraphKind.ADDED
    if before not in stays:
        return ParagraphKind.MOVED
    return ParagraphKind.SAME if old[before] == new[after] else ParagraphKind.EDITED
