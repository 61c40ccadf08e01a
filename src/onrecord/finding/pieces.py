"""Word pieces: the encoder's vocabulary over single words, each word looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

#: Longer words are one unknown piece, as in BERT: nothing in news is that long but rubbish.
_LONGEST_WORD = 100
#: Words remembered; news has some 200,000 different ones in a year of a wire.
_REMEMBERED = 200_000


class Vocabulary:
    """Looks up the pieces of words.

    Attributes:
        start, end, pad, unknown: ids of the marker pieces.
    """

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}
        self.start = self._id("[CLS]", "<s>")
        self.end = self._id("[SEP]", "</s>")
        self.pad = self._id("[PAD]", "<pad>")
        self.unknown = self._id("[UNK]", "<unk>")

    def _id(self, *names: str) -> int:
        return next(i for i in map(self._tokenizer.token_to_id, names) if i is not None)

    def pieces(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the piece ids of each word; never empty, whatever the word."""
        known = self._known
        new = list({word for word in words if word not in known})
        if len(known) + len(new) > _REMEMBERED:
            known.clear()
            new = list(set(words))
        short = [word if len(word) <= _LONGEST_WORD else "\N{REPLACEMENT CHARACTER}" for word in new]
        encoded = self._tokenizer.encode_batch(short, add_special_tokens=False)
        for word, encoding in zip(new, encoded, strict=True):
            known[word] = tuple(encoding.ids) or (self.unknown,)
        return [known[word] for word in words]
