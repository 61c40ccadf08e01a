"""Windows: whole paragraphs side by side, as many as the encoder takes at once.

An article is cut where paragraphs end, into windows of nearly the same length, so that a batch drawn from
one article wastes little on padding and no word is encoded twice. A paragraph too long for a window is cut at
the end of a sentence, or failing that anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.finding.words import Words

#: Word pieces a window may hold, the two marker pieces left out. PolNeAR articles have 1,000 in the middle.
MOST_PIECES = 382

_SENTENCE_ENDS = frozenset('.!?…”"')


def cut_windows(words: Words, sizes: Sequence[int], most: int = MOST_PIECES) -> list[tuple[int, int]]:
    """Return windows as ranges of words ``(first, behind last)``, in order, without overlap or gap.

    Args:
        words: the words of one article.
        sizes: how many word pieces each word has.
        most: pieces a window may hold.
    """
    blocks = _blocks(words, sizes, most)
    if not blocks:
        return []
    total = sum(size for _, _, size in blocks)
    target = total / -(-total // most)
    windows: list[tuple[int, int]] = []
    first, filled, done = blocks[0][0], 0, 0
    for start, _, size in blocks:
        # A window ends where it comes nearest to its even share, and always before it is too full.
        over = filled + size > most or (filled and done + filled + size / 2 > target * (len(windows) + 1))
        if filled and over:
            windows.append((first, start))
            first, filled, done = start, 0, done + filled
        filled += size
    windows.append((first, blocks[-1][1]))
    return windows


def _blocks(words: Words, sizes: Sequence[int], most: int) -> list[tuple[int, int, int]]:
    """Return paragraphs, and pieces of those too long, as ``(first word, behind last, pieces)``."""
    borders = [0, *(i for i, gap in enumerate(words.gaps) if gap == 2 and i), len(words)]
    blocks = []
    for first, behind in pairwise(borders):
        size = sum(sizes[first:behind])
        if size <= most:
            blocks.append((first, behind, size))
        else:
            blocks += _sentences(words, sizes, first, behind, most)
    return [block for block in blocks if block[1] > block[0]]


def _sentences(
    words: Words, sizes: Sequence[int], first: int, behind: int, most: int
) -> list[tuple[int, int, int]]:
    """Cut a long paragraph into runs of sentences of at most half a window each where that can be had."""
    blocks = []
    start, size, sentence_end, size_there = first, 0, first, 0
    for index in range(first, behind):
        if size + sizes[index] > most // 2 and size:
            cut, held = (sentence_end, size_there) if sentence_end > start else (index, size)
            blocks.append((start, cut, held))
            start, size = cut, size - held
        size += sizes[index]
        if words.strings[index] in _SENTENCE_ENDS and index + 1 < behind and words.gaps[index + 1]:
            sentence_end, size_there = index + 1, size
        elif sentence_end <= start:
            size_there = 0
    blocks.append((start, behind, size))
    return blocks
