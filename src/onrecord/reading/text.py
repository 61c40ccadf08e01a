"""Parts of an article in plain text: a page saved as text with its furniture, a wire copy, or bare prose.

The text is never changed; the parts are found in it. Where no line shows that the text comes from a page
(a label, a byline, a credit, a list of bullets under the title), every line stays in the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from onrecord.article import Span
from onrecord.reading import dates, openings, wording
from onrecord.reading.draft import Draft

_NEWLINE: Final = re.compile(r"[^\n]*\S[^\n]*")
#: How many lines from the top metadata may stand in.
_WINDOW: Final = 40
_META: Final = frozenset({"published", "modified", "date", "byline", "agency", "credit"})


@dataclass(slots=True)
class Line:
    """One line that is not blank: its place without the blanks around it, and its kind."""

    start: int
    end: int
    text: str
    block: int
    bullet: bool = False
    kind: str = "plain"

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(wording.SENTENCE_END.search(self.text[-40:]))

    @property
    def prose(self) -> bool:
        """Whether it reads as a paragraph and not as a title or label."""
        return len(self.text) > 240 or (self.closed and self.words >= 12)


def read_text(text: str, outlet: str | None = None) -> Draft:
    """Find the parts of a plain text. ``outlet`` is its name where the user gave it."""
    draft = Draft(text=text)
    lines = [line for line in split_lines(text) if line.closed or not wording.is_navigation(line.text)]
    outlets = {outlet.casefold()} if outlet else set()
    start = _read_head(draft, lines, outlets)
    if "outlet" in draft.fields:
        outlets.add(draft.fields["outlet"].casefold())
    mark_body(draft, lines[start:], outlets)
    return draft


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of ``text[start:end]`` that are not blank; a blank one between ends a block."""
    lines: list[Line] = []
    block, last = 0, start
    for match in _NEWLINE.finditer(text, start, len(text) if end is None else end):
        words = match.group().strip()
        first = match.start() + len(match.group()) - len(match.group().lstrip())
        if text.count("\n", last, match.start()) > 1:
            block += 1
        last = match.end()
        bullet = wording.BULLET.match(match.group()[:60])
        if bullet and bullet.end() < len(match.group()):
            first = match.start() + bullet.end()
            words = text[first : match.start() + len(match.group().rstrip())]
        lines.append(Line(first, first + len(words), words, block, bool(bullet)))
    return lines


def _classify(line: Line) -> str:
    """Say what kind of metadata a line of the head is, else ``plain``."""
    text = line.text
    if len(text) > 300:
        return "plain"
    if wording.modified_label(text) is not None and dates.find_date(text):
        return "modified"
    if wording.published_label(text) is not None:
        return "published"
    if openings.agency_line(text):
        return "agency"
    if wording.credit_line(text):
        return "credit"
    if wording.byline(text):
        return "byline"
    if dates.is_date(text) or dates.place_before(text):
        return "date"
    if wording.is_release(text):
        return "release"
    return "furniture" if wording.is_furniture(text) else "plain"


def _read_head(draft: Draft, lines: list[Line], outlets: set[str]) -> int:
    """Mark everything above the body and return the number of the first line of the body."""
    for line in lines[:_WINDOW]:
        line.kind = _classify(line)
    for line, below in pairwise(lines[1:_WINDOW]):
        dated = below.kind in ("date", "published", "modified")
        if line.kind == "plain" and dated and wording.signed_place(line.text):
            line.kind = "byline"
    lead = 0
    while lead < min(len(lines), 6) and lines[lead].kind in _META | {"furniture"}:
        lead += 1
    anchor = _first_anchor(lines, lead)
    if anchor is None and not lead:
        return _read_plain_head(draft, lines)
    if anchor is None:
        for line in lines[:lead]:
            _mark_meta(draft, line, outlets)
        return lead + _read_plain_head(draft, lines[lead:])
    for line in lines[:lead]:
        _mark_meta(draft, line, outlets)
    while anchor > lead + 1 and lines[anchor - 1].bullet and lines[anchor - 1].block == lines[anchor].block:
        anchor -= 1
    _mark_titles(draft, [line for line in lines[lead:anchor] if line.kind != "furniture"])
    _sort_bullets(draft, lines, anchor)
    return _read_metadata(draft, lines, anchor, outlets)


def _first_anchor(lines: list[Line], lead: int) -> int | None:
    """Return the first line of metadata below the title, if one stands before the text has begun."""
    prose = 0
    for number in range(lead, min(len(lines), lead + 8)):
        line = lines[number]
        if line.kind in _META and number > lead and not (line.kind == "credit" and prose):
            return number
        prose += line.prose
        if prose > 1 or len(line.text) > 400 or openings.find_opening(line.text).start:
            return None
    return None


def _read_plain_head(draft: Draft, lines: list[Line]) -> int:
    """Mark a headline, and a section or standfirst beside it, in a text without metadata lines."""
    if len(lines) < 2:
        return 0
    first, rest = lines[0], lines[1:]
    if wording.has_rubric_mark(first.text) and _titles(rest[0]) and len(rest) > 1:
        draft.mark("section", first.start, first.end)
        draft.mark("headline", rest[0].start, rest[0].end)
        return 2
    apart = rest[0].block != first.block
    if not _titles(first) or not (apart or rest[0].prose):
        return 0
    draft.mark("headline", first.start, first.end)
    if (
        len(rest) > 1
        and apart
        and _titles(rest[0])
        and rest[0].words >= 6
        and rest[1].block != rest[0].block
        and rest[1].prose
    ):
        draft.mark("standfirst", rest[0].start, rest[0].end)
        return 2
    return 1


def _titles(line: Line) -> bool:
    """Tell whether a line may be a title: short, without a final stop, and no report's opening."""
    if line.words > 25 or len(line.text) > 200 or line.bullet or openings.find_opening(line.text).start:
        return False
    return not line.closed or (line.text.rstrip("\"”’')")[-1:] in "?!" and line.words <= 15)


def _mark_titles(draft: Draft, lines: list[Line]) -> None:
    """Tell outlet, section, headline and standfirst apart among the lines above the metadata."""
    release = max((number for number, line in enumerate(lines) if line.kind == "release"), default=None)
    if release is not None:
        # Who issues a press release stands above the line that calls it one.
        if release and lines[0].kind == "plain":
            draft.mark("outlet", lines[0].start, lines[0].end)
        lines = [line for line in lines[release + 1 :] if line.kind == "plain"]
    elif len(lines) > 1 and wording.is_masthead(lines[0].text):
        draft.mark("outlet", lines[0].start, lines[0].end)
        lines = lines[1:]
    sections = 0
    while len(lines) - sections >= 2:
        line = lines[sections]
        below = lines[sections + 1]
        short = line.words <= 4 and len(line.text) <= 40 and below.words >= line.words + 2 and not line.closed
        if not (short or wording.has_rubric_mark(line.text)):
            break
        sections += 1
    if sections:
        line = lines[sections - 1]
        draft.mark("section", line.start, line.end)
    for number, line in enumerate(lines[sections:]):
        draft.mark("headline" if number == 0 else "standfirst", line.start, line.end)


def _sort_bullets(draft: Draft, lines: list[Line], anchor: int) -> None:
    """Tell outlet and agency apart where two names stand among the bullets under the title.

    The outlet's name stands again at the foot of the page; the other, if no list knows it, is the agency.
    """
    top = lines[anchor].block
    names = [
        line
        for line in lines[anchor:_WINDOW]
        if line.bullet and line.block == top and line.kind == "plain" and line.words <= 5 and not line.closed
    ]
    again = {line.text.casefold() for line in lines[anchor:] if not line.bullet}
    outlets = [line for line in names if line.text.casefold() in again]
    if len(names) == 2 and len(outlets) == 1:
        for line in names:
            draft.mark("outlet" if line in outlets else "agency", line.start, line.end)


def _read_metadata(draft: Draft, lines: list[Line], number: int, outlets: set[str]) -> int:
    """Mark the lines of metadata and the pictures among them; return the first line after them."""
    while number < min(len(lines), _WINDOW):
        line = lines[number]
        picture = _picture(lines, number)
        if picture > number:
            _mark_picture(draft, lines[number:picture])
            number = picture
            continue
        if line.kind == "plain":
            same = number > 0 and lines[number - 1].block == line.block
            label = line.words <= 8 and not line.closed
            if not (label and (line.bullet or (same and line.words <= 4))):
                break
        _mark_meta(draft, line, outlets)
        number += 1
    return number


def _picture(lines: list[Line], number: int) -> int:
    """Return the number after the block of lines about one photograph that starts at ``number``.

    Such a block holds a credit, alone or at the end of a caption; it is at most five lines, none of them
    long, without a blank line between.
    """
    line = lines[number]
    if line.kind == "plain" and len(line.text) < 500 and _inline_credit(line.text):
        return number + 1
    end = number
    while end < min(len(lines), number + 5) and lines[end].block == line.block:
        if lines[end].kind not in ("plain", "credit") or (len(lines[end].text) > 300):
            break
        if lines[end].prose and not lines[end].bullet and end > number and lines[end - 1].kind == "credit":
            break
        end += 1
    credited = [place for place in range(number, end) if lines[place].kind == "credit"]
    if not credited:
        return number
    if not any(entry.bullet for entry in lines[number:end]):
        # Without bullets the caption stands above the credit; what follows is the text.
        end = credited[0] + 1
    return end if end > number + 1 or line.kind == "credit" else number


def _inline_credit(text: str) -> tuple[Span, int] | None:
    found = wording.find_credit(text)
    return found if found and len(text[: found[1]].split()) >= 2 else None


def _mark_picture(draft: Draft, lines: list[Line]) -> None:
    """Mark caption and credit; of a bulleted line and a bare one, the bare one is the alternative text."""
    if "caption" in draft.fields:
        return
    for line in lines:
        if line.kind == "credit":
            span = wording.credit_line(line.text)
            if span and "credit" not in draft.fields:
                draft.mark("credit", line.start + span[0], line.start + span[1])
    plain = [line for line in lines if line.kind == "plain"]
    bulleted = [line for line in plain if line.bullet]
    for line in (bulleted or plain)[:1]:
        inline = _inline_credit(line.text)
        end = line.start + len(line.text[: inline[1]].rstrip()) if inline else line.end
        draft.mark("caption", line.start, end)
        if inline and "credit" not in draft.fields:
            draft.mark("credit", line.start + inline[0][0], line.start + inline[0][1])


def _mark_meta(draft: Draft, line: Line, outlets: set[str]) -> None:
    """Mark what one line of metadata says."""
    text, start = line.text, line.start
    found = dates.find_date(text)
    if line.kind in ("published", "date", "modified", "byline") and found:
        name = "modified" if line.kind == "modified" else "published"
        if name not in draft.fields:
            draft.mark(name, start + found[1], start + found[2], found[0])
            if name == "published":
                draft.fields["published_from"] = "text"
    place = dates.place_before(text) if line.kind == "date" else None
    if place and "dateline" not in draft.fields:
        draft.mark("dateline", start + place[0], start + place[1])
    if line.kind == "published" and not found:
        draft.dated = draft.dated or text[wording.published_label(text) or 0 :]
    if line.kind == "agency":
        span = openings.agency_line(text)
        if span and "agency" not in draft.fields:
            draft.mark("agency", start + span[0], start + span[1])
    if line.kind == "byline" and "byline" not in draft.fields:
        span = wording.byline(text) or wording.signed_place(text)
        end = found[1] if found else len(text)
        if span:
            name_end = start + len(text[: min(span[1], end)].rstrip(" ,|-–—•·"))
            _mark_byline(draft, start + span[0], name_end)
    if line.kind == "plain" and "outlet" not in draft.fields and text not in draft.fields.values():
        known = text.casefold() in outlets
        if known or (line.bullet and line.words <= 5 and text[:1].isupper()):
            draft.mark("outlet", start, line.end)


def _mark_byline(draft: Draft, start: int, end: int) -> None:
    """Mark the names of a byline, and the agency that stands with them."""
    words = draft.text[start:end]
    pair = wording.split_agency(words)
    names = pair[0] if pair else (0, len(words))
    draft.mark("byline", start + names[0], start + names[1])
    agency = pair[1] if pair else openings.agency_within(words)
    if agency and "agency" not in draft.fields:
        draft.mark("agency", start + agency[0], start + agency[1])


def mark_rest(draft: Draft, lines: list[Line], outlets: set[str]) -> None:
    """Mark a text whose title is known: a byline or date line above the body, and the body."""
    number = 0
    for line in lines[:4]:
        line.kind = _classify(line)
        if line.kind not in _META:
            break
        _mark_meta(draft, line, outlets)
        number += 1
    mark_body(draft, lines[number:], outlets)


def mark_body(draft: Draft, lines: list[Line], outlets: set[str]) -> None:
    """Mark the paragraphs, the opening of the first, and leave out the furniture between and below them."""
    lines = lines[: _foot(draft, lines, outlets)]
    opening = _opening_line(lines)
    for number, line in enumerate(lines):
        start = line.start
        if number == opening:
            start = _mark_opening(draft, line)
        elif number and len(line.text) < 300 and not line.closed:
            credit = wording.credit_line(line.text)
            if credit and "credit" not in draft.fields:
                draft.mark("credit", start + credit[0], start + credit[1])
            if credit or wording.is_furniture(line.text):
                continue
        if start < line.end:
            draft.mark("body", start, line.end)


def _opening_line(lines: list[Line]) -> int:
    """Return the number of the report's first paragraph: titles with a full stop may stand above it."""
    for number, line in enumerate(lines[:4]):
        if openings.find_opening(line.text).start:
            return number
        if line.words > 25:
            break
    return 0


def _mark_opening(draft: Draft, line: Line) -> int:
    """Mark stamp, dateline and agency before the first paragraph; return where its own words start."""
    opening = openings.find_opening(line.text, draft.text)
    stamp = openings.stamp_of(line.text)
    if stamp and "published" not in draft.fields:
        found = dates.find_date(line.text[: stamp[1]])
        if found:
            draft.mark("published", line.start + found[1], line.start + found[2], found[0])
            draft.fields["published_from"] = "text"
    found = dates.find_date(line.text[: opening.start]) if opening.start else None
    if found and "published" not in draft.fields:
        draft.mark("published", line.start + found[1], line.start + found[2], found[0])
        draft.fields["published_from"] = "text"
    if opening.dateline and "dateline" not in draft.fields:
        draft.mark("dateline", line.start + opening.dateline[0], line.start + opening.dateline[1])
    if opening.agency and "agency" not in draft.parts:
        draft.mark("agency", line.start + opening.agency[0], line.start + opening.agency[1])
    return line.start + opening.start


def _foot(draft: Draft, lines: list[Line], outlets: set[str]) -> int:
    """Return the number of lines above the furniture at the foot; mark the agency and date it says."""
    last = len(lines)
    while last > 1 and len(lines) - last < 60:
        line = lines[last - 1]
        if line.closed and line.words >= 4 and not wording.is_foot(line.text):
            break
        last -= 1
    for number in range(max(last, 1), len(lines)):
        text = lines[number].text
        agency = openings.agency_line(text.strip(" ()[]—–-"))
        marker = (
            text.casefold() in outlets
            or wording.is_foot(text)
            or wording.credit_line(text)
            or dates.is_date(text)
        )
        if agency and "agency" not in draft.fields:
            begin = lines[number].start + len(text) - len(text.lstrip(" ()[]—–-"))
            draft.mark("agency", begin + agency[0], begin + agency[1])
        changed = wording.modified_label(text) is not None
        if dates.is_date(text) and not changed and "published" not in draft.fields:
            found = dates.find_date(text)
            if found:
                draft.mark(
                    "published", lines[number].start + found[1], lines[number].start + found[2], found[0]
                )
                draft.fields["published_from"] = "text"
        if marker or agency:
            return number
    return len(lines)
