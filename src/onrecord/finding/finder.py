"""The statement finder: an article in, its statements out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from onrecord.article import Article, Span, Spans, Statement, statement_id
from onrecord.finding.confidence import Confidence
from onrecord.finding.decoding import Settings, decode
from onrecord.finding.linking import Draft
from onrecord.finding.nesting import is_told
from onrecord.finding.quotation import Quotation, QuotationMap
from onrecord.finding.shaping import (
    content_spans,
    role_span,
    source_span,
    statement_type,
    whole_quotations,
)
from onrecord.finding.words import Words, split_words
from onrecord.inference import Encoder

#: The parts of an article in which people are quoted. Bylines, credits and furniture are not read.
READ_PARTS: Final = ("headline", "standfirst", "body", "caption")


class Finder:
    """Finds the statements of articles with one model.

    Args:
        encoder: the model; its manifest holds the decoder's settings and the fitted confidence.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._settings = settings_of(encoder.manifest)
        self._confidence = Confidence.from_manifest(encoder.manifest)
        self._least = float(encoder.manifest.get("least_confidence", 0.0))

    @property
    def version(self) -> str:
        """Version of the model."""
        return self._encoder.version

    def find(self, article: Article) -> list[Statement]:
        """Return the statements of an article in the order of the text, each before those nested in it."""
        paragraphs = readable(article)
        quotations = QuotationMap(article.text, paragraphs)
        words = split_words(article.text, paragraphs, quotations)
        if not len(words):
            return []
        drafts = decode(self._encoder.scores(words), words, self._settings)
        shaper = Shaper(article, words, quotations, self._confidence)
        found: list[Statement] = []
        for draft in drafts:
            found += shaper.statements(draft, self._least)
        return _once(found)


def settings_of(manifest: Mapping[str, Any]) -> Settings:
    """Return the decoder's settings from a model's manifest."""
    chosen = manifest.get("settings", {})
    distance = np.asarray(manifest["distance"], dtype=np.float32)
    return Settings(**{name: tuple(value) for name, value in chosen.items()}, distance=distance)


def readable(article: Article) -> list[Span]:
    """Return the paragraphs in which statements are looked for, in the order of the text."""
    spans = [span for name in READ_PARTS for span in article.parts.get(name, ())]
    if not article.parts:
        spans = [(0, len(article.text))]
    found = []
    for start, end in sorted(set(spans)):
        at = start
        for line in article.text[start:end].split("\n"):
            if line.strip():
                lead = len(line) - len(line.lstrip())
                found.append((at + lead, at + len(line.rstrip())))
            at += len(line) + 1
    return found


class Shaper:
    """Turns the drafts of one article into statements."""

    def __init__(
        self, article: Article, words: Words, quotations: QuotationMap, confidence: Confidence
    ) -> None:
        self._text = article.text
        self._hash = article.text_sha256
        self._words = words
        self._quotations = quotations
        self._confidence = confidence

    def statements(self, draft: Draft, least: float) -> list[Statement]:
        """Return the statement of a draft and those nested in it; none below the least confidence."""
        outer = [q for q in self._quotations.quotations if q.depth == 0]
        top = self._statement(draft, outer, None)
        if top is None or top.confidence < least:
            return []
        found = [top]
        for nested in draft.nested:
            inner = self._statement(nested, self._inside(top.content), top.id, top.content)
            if inner is None or inner.content == top.content or inner.confidence < least:
                continue
            cue = " ".join(self._text[a:b] for a, b in inner.cue)
            # A single word at the second level ("whatever", "a") is a slip of the encoder.
            if len(inner.text.split()) > 1 and is_told(cue, inner.text, inner.type):
                found.append(inner)
        return found

    def _inside(self, content: Spans) -> list[Quotation]:
        """Return the quotations inside a content, the marks around it left out."""
        outer = {
            id(q)
            for start, end in content
            for q in self._quotations.quotations
            if q.start <= start and end <= q.end
        }
        return [q for a, b in content for q in self._quotations.within((a, b)) if id(q) not in outer]

    def _statement(
        self, draft: Draft, quotations: list[Quotation], parent: str | None, around: Spans = ()
    ) -> Statement | None:
        content = content_spans(draft.content, self._words, self._text, self._quotations)
        if around:
            content = whole_quotations(content, quotations, around)
        if not content:
            return None
        kind = statement_type(content, self._text, quotations)
        return Statement(
            id=statement_id(self._hash, content),
            type=kind,
            content=content,
            text=" […] ".join(self._text[a:b] for a, b in content),
            source=source_span(draft.source, self._words, self._text),
            cue=role_span(draft.cue, self._words, self._text),
            parent=parent,
            confidence=self._confidence(draft, kind, parent is not None),
        )


def _once(found: list[Statement]) -> list[Statement]:
    """Keep the first of statements with the same content, and none whose parent went."""
    kept: dict[str, Statement] = {}
    for statement in found:
        if statement.id not in kept and (statement.parent is None or statement.parent in kept):
            kept[statement.id] = statement
    return list(kept.values())
