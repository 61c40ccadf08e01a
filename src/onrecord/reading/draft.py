"""An article in the making: fields and parts are set together, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onrecord.article import Article, Page, Span
from onrecord.errors import LimitError, NoArticleError
from onrecord.reading.dates import from_prose_in
from onrecord.reading.language import find_language
from onrecord.reading.limits import MAX_CHARACTERS


@dataclass(slots=True)
class Draft:
    """The text with the parts and fields found so far.

    Attributes:
        text: the article's text.
        parts: part name -> spans in order of reading.
        fields: field name -> value.
        declared: fields that only metadata give.
        language_hint: what the page says of its language; used where the body is too short to tell.
        dated: words after "published" that are no English date; tried once the language is known.
    """

    text: str = ""
    parts: dict[str, list[Span]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    language_hint: str | None = None
    dated: str | None = None

    def mark(self, name: str, start: int, end: int, value: str | None = None) -> None:
        """Make ``text[start:end]`` a part and, if the field is still empty, its words the field's value."""
        self.parts.setdefault(name, []).append((start, end))
        if name != "body":
            self.fields.setdefault(name, value if value is not None else self.text[start:end])

    def declare(self, name: str, value: str) -> None:
        """Set a field that only metadata give."""
        if name not in self.fields:
            self.fields[name] = value
            self.declared.append(name)

    def body(self, most: int = 6_000) -> str:
        """Return the first ``most`` characters of the body, a line a paragraph."""
        words: list[str] = []
        length = 0
        for start, end in self.parts.get("body", []):
            words.append(self.text[start : min(end, start + most)])
            length += end - start
            if length > most:
                break
        return "\n".join(words)

    def _find_published(self, given: Mapping[str, str], language: str | None) -> None:
        """Take the date from a line in another language, else from what the user gave."""
        value = from_prose_in(self.dated, language) if self.dated else None
        if value:
            self.fields.update(published=value, published_from="text")
        elif given.get("published"):
            self.fields.update(published=given["published"], published_from="option")

    def finish(self, path: str, page: Page | None, given: Mapping[str, str]) -> Article:
        """Fill in what the user gave and return the article.

        Raises:
            NoArticleError: there is no body.
            LimitError: the text is longer than an article may be.
        """
        if len(self.text) > MAX_CHARACTERS:
            raise too_long(path, len(self.text))
        if not any(self.parts.get(name) for name in ("body", "headline", "standfirst", "caption")):
            raise NoArticleError(
                path, "holds no news text; is it a front page, a form or a page built by script?"
            )
        if "outlet" not in self.fields and given.get("outlet"):
            self.fields["outlet"] = given["outlet"]
        language = find_language(self.body())
        if not language and self.language_hint:
            language = self.language_hint
            self.declared.append("language")
        if language:
            self.fields["language"] = language
        if "published" not in self.fields:
            self._find_published(given, language)
        parts = {name: tuple(sorted(spans)) for name, spans in self.parts.items()}
        order = sorted(parts, key=lambda name: parts[name])
        article = Article(
            path=path,
            text=self.text,
            parts={name: parts[name] for name in order},
            declared=tuple(dict.fromkeys(self.declared)),
        )
        return replace(article, page=page, **self.fields)  # type: ignore[arg-type]


def too_long(path: str, length: int) -> LimitError:
    """Return the error for a text that no article has the length of."""
    return LimitError(
        path,
        f"holds {length:,} characters of text, an article may have {MAX_CHARACTERS:,}; "
        "if it is an archive, split it into one article a file or a table with one a row",
    )
