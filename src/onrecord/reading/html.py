"""Parts of an article on a web page.

The body is trafilatura's; headline, section, standfirst, byline, caption and credit are looked for in what
the page shows, guided by what its metadata declare. The text is built from the parts, a blank line between.
"""

from __future__ import annotations

import copy
import re
from typing import Any, Final

import lxml.html

from onrecord.errors import LimitError, NoArticleError
from onrecord.reading import body, dates, openings, published, wording
from onrecord.reading.decode import decode
from onrecord.reading.draft import Draft
from onrecord.reading.limits import DOUBTFUL_BYTES
from onrecord.reading.metadata import Metadata, read_metadata
from onrecord.reading.pictures import find_picture, split_caption
from onrecord.reading.words import alike, beside, brief, fold, mend, names_of

_STANDFIRST: Final = re.compile(
    r"(?:^|[\s_\-])(?:stand-?first|sub-?(?:title|head(?:line)?|heading)|dek|deck|summary|excerpt"
    r"|abstract|leads?|lede|intro"
    r"|strap-?line|chapo|chapeau|teaser-?text|article-?(?:description|summary|subtitle|intro|lead))(?=$"
    r"|[\s_\-])",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:^|[\s_\-])(?:kicker|eyebrow|rubric|overline|cat|section-?(?:name|label|title|link)?|category"
    r"|channel-?name)(?=$|[\s_\-])",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(
    r"(?:^|[\s_\-])(?:by-?line|authors?(?:-?names?)?|writer|reporter|sig(?:nature)?)(?=$|[\s_\-])",
    re.IGNORECASE,
)
_AGENCY: Final = re.compile(
    r"(?:^|[\s_\-])(?:agency|news-?agency|wire|source-?name)(?=$|[\s_\-])", re.IGNORECASE
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|writers?|staff|profiles?|people|newsteam|contributors?|reporters?|by|journalists?"
    r"|columnists?)/",
    re.IGNORECASE,
)
_NOBODY: Final = frozenset(
    {"no author", "unknown", "admin", "administrator", "anonymous", "editor", "webmaster", "none"}
)
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_SUMMARY_PROPERTIES: Final = ("description", "alternativeHeadline")
_BLOCK: Final = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "section",
        "header",
        "article",
        "li",
        "ul",
        "figcaption",
        "span",
        "a",
        "time",
        "address",
        "strong",
        "em",
    ]
)
_SUFFIX: Final = re.compile(r"\s+[|–—\-:»·•]\s+")


def read_html(
    data: bytes, path: str, charset: str | None = None, url: str | None = None, *, deep: bool = False
) -> Draft:
    """Find the parts of a page.

    Args:
        data: the page.
        path: its name, for errors.
        charset: what the server declared.
        url: where it was fetched.
        deep: let up to 2,048 elements stand inside one another, not 256; for a confined process.

    Raises:
        NoArticleError: it is no HTML, or holds no article.
        LimitError: more elements stand inside one another than that.
        MemoryError: a confined process has too little memory for it.
    """
    source = _NO_XML.sub("", decode(data, charset, markup=True).replace("\f", " "))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=deep)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError, ValueError) as error:
        if deep and len(data) > DOUBTFUL_BYTES:  # libxml2 has no other words for a lack of memory.
            raise MemoryError from error
        raise NoArticleError(path, f"is no HTML page that can be parsed ({error})") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise LimitError(path, "has too many elements inside one another; no page of news needs so many")
    metadata = read_metadata(tree, url)
    shown = copy.deepcopy(tree)
    body.prune(shown)
    paragraphs, declared = body.find_paragraphs(shown, tree, metadata.body)
    if not paragraphs:
        raise NoArticleError(path, "holds no article; is it a front page, a form or a page built by script?")
    return _Builder(tree, shown, metadata, [mend(paragraph) for paragraph in paragraphs], declared).build()


def _is_menu(element: Any, text: str) -> bool:
    """Tell whether an element is a site's menu: its words say so, or it holds three links or items."""
    entries = list(element.iter("li")) or list(element.iter("a"))
    return wording.is_navigation(text) or len(entries) > 2


class _Builder:
    """Finds the parts of one page and puts its text together."""

    def __init__(
        self, tree: Any, shown: Any, metadata: Metadata, paragraphs: list[str], declared: bool
    ) -> None:
        self.tree = tree
        self.shown = shown
        self.metadata = metadata
        self.paragraphs = paragraphs
        self.values: dict[str, str] = {}
        self.dates: dict[str, tuple[str, str]] = {}
        self.draft = Draft(language_hint=metadata.language)
        self.declared = ["body"] if declared else []
        self.elements = [
            element for element in shown.iter() if isinstance(element.tag, str) and element.tag in _BLOCK
        ]
        self.visible = fold(" ".join(shown.itertext()))

    def build(self) -> Draft:
        """Find every part, write the text, and set the fields that are no part of it."""
        heading = self._find_headline()
        near = self._near(heading)
        self._find_section(heading)
        self._find_standfirst(near)
        self._find_byline(near)
        self._find_agency(near)
        self._set_picture(*find_picture(self.shown, self.paragraphs))
        self._trim_paragraphs()
        self._write()
        published.set_dates(self.draft, self.metadata, self.elements, near)
        outlet = next((mend(value) for value in self.metadata.outlet if 1 < len(value) <= 60), None)
        if outlet:
            self.draft.declare("outlet", outlet)
        if self.metadata.dateline and "dateline" not in self.draft.fields:
            self.draft.declare("dateline", self.metadata.dateline)
        if self.metadata.url:
            self.draft.declare("url", self.metadata.url)
        return self.draft

    def _find_headline(self) -> Any:
        """Choose the headline that the page shows; return its element.

        A first-level heading is it unless it has nothing in common with any declared title (then it is the
        site's name or a label); without one, what is declared.
        """
        outlets = {fold(name) for name in self.metadata.outlet}
        titles = [
            title
            for title in map(mend, (title for title in self.metadata.titles if len(title) <= 1_000))
            if title and fold(title) not in outlets
        ]
        for element in [*self.shown.iter("h1"), *self.tree.iter("h1"), *self.shown.iter("h2")]:
            text = mend(brief(element))
            if not text or len(text) > 400 or fold(text) in outlets:
                continue
            first = element.tag == "h1"
            least = 0.5 if first else 0.9
            marked = element.get("itemprop") == "headline" or (first and not titles)
            if marked or any(alike(text, title) >= least for title in titles):
                self._set_heading(text, titles)
                return element
        if titles:
            title = titles[0]
            pieces = _SUFFIX.split(title)
            while len(pieces) > 1 and fold(pieces[-1]) in outlets:
                pieces.pop()
            title = title[: title.index(pieces[-1]) + len(pieces[-1])] if len(pieces) > 1 else pieces[0]
            self.values["headline"] = title
            if fold(title) not in self.visible:
                self.declared.append("headline")
        return None

    def _set_heading(self, text: str, titles: list[str]) -> None:
        """Take a heading, without a rubric before or a site's name behind it that no declared title has."""
        for title in titles:
            if fold(text) != fold(title) and len(title.split()) >= 3:
                if fold(text).endswith(fold(title)):
                    rubric = text[: len(text) - len(title)].strip(" |:–—-/>»")
                    if rubric and _SUFFIX.search(text[: len(text) - len(title) + 1] + " "):
                        self.values.setdefault("section", rubric)
                        text = text[len(text) - len(title) :]
                elif fold(text).startswith(fold(title)) and fold(text[len(title) :]).strip(" |–—-") in {
                    fold(name) for name in self.metadata.outlet
                }:
                    text = text[: len(title)]
        self.values["headline"] = text

    def _near(self, heading: Any) -> list[Any]:
        """Return the elements from the headline to the first long paragraph, among which the parts stand."""
        first = next((paragraph for paragraph in self.paragraphs if len(paragraph) > 120), "")
        start_of_body = fold(first)[:80]
        start = 0
        if heading is not None and heading in self.elements:
            start = self.elements.index(heading)
        near = []
        for element in self.elements[start : start + 120]:
            if first and element.tag in ("p", "li") and start_of_body in fold(brief(element, 20_000)):
                near.append(element)
                break
            near.append(element)
        return near

    def _find_section(self, heading: Any) -> None:
        """Take the rubric that is shown above the headline, else what is declared."""
        declared = next(iter(self.metadata.section), None)
        if "section" in self.values:
            return
        stop = self.elements.index(heading) if heading is not None and heading in self.elements else 0
        for element in reversed(self.elements[max(0, stop - 40) : stop]):
            text = mend(brief(element))
            if (
                2 < len(text) < 60
                and not dates.is_date(text)
                and not _is_menu(element, text)
                and (
                    (declared and fold(text) == fold(declared))
                    or (_SECTION.search(names_of(element)) and len(text.split()) <= 6)
                )
            ):
                self.values["section"] = text
                return
        if declared and len(declared) < 60:
            self.values["section"] = mend(declared)
            folded = fold(declared)
            if not any(fold(brief(element, 200)) == folded for element in self.elements):
                self.declared.append("section")

    def _find_standfirst(self, near: list[Any]) -> None:
        """Take the summary between headline and body, known by its class or as the declared description."""
        folded = {
            fold(description).rstrip(".… ")
            for description in self.metadata.descriptions
            if len(description) > 25
        }
        for element in near:
            if element.tag in ("h1", "header", "article", "section", "ul", "time", "a"):
                continue
            text = mend(brief(element))
            if not 0 < len(text) <= 500 and element.text:
                text = mend(element.text)  # A heading that is not closed holds the whole article.
            if not 20 <= len(text) <= 500 or fold(text) == fold(self.values.get("headline", "")):
                continue
            named = _STANDFIRST.search(names_of(element)) or element.get("itemprop") in _SUMMARY_PROPERTIES
            described = fold(text).rstrip(".… ") in folded and not self._opens_body(element, text)
            if described or (named and len(list(element.iter("p"))) <= 2):
                self.values["standfirst"] = text
                return

    def _opens_body(self, element: Any, text: str) -> bool:
        """Tell whether a paragraph is the body's first, from which the page's description was copied."""
        if element.tag != "p" or fold(text) not in map(fold, self.paragraphs[:2]):
            return False
        parent = element.getparent()
        return bool(openings.find_opening(text).start) or (
            parent is not None and len(list(parent.iterchildren("p"))) > 2
        )

    def _find_byline(self, near: list[Any]) -> None:
        """Take the declared authors as the page prints them, else a shown byline."""
        outlets = {fold(name) for name in self.metadata.outlet}
        names = [name for name in map(mend, self.metadata.authors) if fold(name) not in outlets]
        names = [name for name in dict.fromkeys(names) if name.casefold() not in _NOBODY][:6]
        for element in near:
            if not (
                _BYLINE.search(names_of(element))
                or element.get("rel") == "author"
                or element.get("itemprop") == "author"
            ):
                continue
            text = re.sub(r"^(?i:(?:written\s+)?by:?)\s+", "", mend(brief(element))).strip(" ,|·•")
            found = dates.find_date(text)
            if found:
                text = text[: found[1]].rstrip(" ,|·•–-")
            if not 2 < len(text) <= 100:
                continue
            if (names and all(fold(name) in fold(text) for name in names) and not beside(text, names)) or (
                not names and wording.byline("By " + text)
            ):
                self.values["byline"] = text
                return
        for element in near:
            text = mend(brief(element))
            linked = element.tag == "a" and _PROFILE.search(element.get("href") or "")
            if not names and linked and (wording.byline("By " + text) or openings.agency_within(text)):
                self.values["byline"] = text
                return
        if names:
            self.values["byline"] = ", ".join(names)
            if not all(fold(name) in self.visible for name in names):
                self.declared.append("byline")

    def _find_agency(self, near: list[Any]) -> None:
        """Take the agency beside the byline, or that stands alone on a line between headline and body."""
        pair = wording.split_agency(self.values.get("byline", ""))
        if pair:
            byline = self.values["byline"]
            self.values["agency"] = byline[slice(*pair[1])]
            self.values["byline"] = byline[slice(*pair[0])]
            return
        for element in near:
            text = mend(brief(element))
            if not text or len(text) >= 60:
                continue
            if _AGENCY.search(names_of(element)) and len(text.split()) <= 4:
                self.values["agency"] = text
                return
            span = openings.agency_line(text)
            if span and fold(text) != fold(self.values.get("byline", "")):
                self.values["agency"] = text[span[0] : span[1]]
                return

    def _set_picture(self, caption: str, credit: str) -> None:
        if caption:
            self.values["caption"] = caption
        if credit:
            self.values.setdefault("credit", credit)

    def _trim_paragraphs(self) -> None:
        """Take the other parts, bylines, date lines and photo credits out of the body's paragraphs."""
        taken = {
            fold(self.values[name])
            for name in ("headline", "standfirst", "caption", "section", "byline")
            if name in self.values
        }
        taken |= {fold(f"{self.values.get('caption', '')} {self.values.get('credit', '')}")}
        taken |= {fold(name) for name in self.metadata.outlet}
        kept: list[str] = []
        for number, paragraph in enumerate(self.paragraphs):
            credit = wording.credit_line(paragraph) if len(paragraph) < 160 else None
            if credit:
                self.values.setdefault("credit", paragraph[credit[0] : credit[1]])
                continue
            top = number < 4 and not wording.SENTENCE_END.search(paragraph)
            names = wording.byline(paragraph) if top else None
            if names:
                self.values.setdefault("byline", paragraph[names[0] : names[1]])
                continue
            byline = fold(self.values.get("byline", ""))
            if top and byline and byline in fold(paragraph) and len(paragraph) < len(byline) + 60:
                continue
            if top and len(paragraph) < 60 and dates.find_date(paragraph) and len(paragraph.split()) < 9:
                continue
            if fold(paragraph) in taken and (number < 6 or len(paragraph) < 60):
                continue
            if wording.is_caption(paragraph):
                if "caption" not in self.values:
                    self._set_picture(*split_caption(paragraph))
                continue
            kept.append(paragraph)
        self.paragraphs = kept

    def _write(self) -> None:
        """Put the text together: what is declared only stands first, then the parts in order of reading."""
        order = ["section", "headline", "standfirst", "byline", "agency", "caption", "credit"]
        order.sort(key=lambda name: name not in self.declared)
        pieces: list[str] = []
        spans: list[tuple[str, int, int]] = []
        length = 0
        for name, value in [(name, self.values[name]) for name in order if self.values.get(name)] + [
            ("body", p) for p in self.paragraphs
        ]:
            spans.append((name, length, length + len(value)))
            pieces.append(value)
            length += len(value) + 2
        draft = self.draft
        draft.text = "\n\n".join(pieces)
        draft.declared += [name for name in self.declared if name in self.values or name == "body"]
        first = True
        for name, start, end in spans:
            if name == "body" and first:
                start, first = self._mark_opening(start, end), False
            if start < end:
                draft.mark(name, start, end)
            if name == "byline" and "agency" not in self.values:
                agency = openings.agency_within(draft.text[start:end])
                if agency:
                    draft.mark("agency", start + agency[0], start + agency[1])

    def _mark_opening(self, start: int, end: int) -> int:
        """Mark dateline and agency before the first paragraph's own words; return where these start."""
        draft = self.draft
        opening = openings.find_opening(draft.text[start:end], draft.text)
        if opening.dateline:
            draft.mark("dateline", start + opening.dateline[0], start + opening.dateline[1])
        if opening.agency:
            draft.fields.pop("agency", None)  # The signature of the report outweighs the byline.
            draft.mark("agency", start + opening.agency[0], start + opening.agency[1])
        return start + opening.start
