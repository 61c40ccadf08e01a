"""The words by which lines of a news page that are not its text give themselves away.

Each rule holds on many sites. Whole lines are judged only: a sentence is never cut out of a paragraph.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.article import Span

BULLET: Final = re.compile(r"^\s*(?:[•·▪‣◦●■□–*]|-)\s+(?=\S)")
SENTENCE_END: Final = re.compile(r"[.!?…。।؟۔:;][\"”’»')\]]*\s*$")

_PUBLISHED: Final = re.compile(
    r"^\s*(?:first\s+)?(?:published|posted|created|issued|released|date|publicado|publié"
    r"|veröffentlicht|pubblicato)"
    r"(?:\s+(?:on|at|le|el|am|il))?\s*:?\s+(?=.*\d)",
    re.IGNORECASE,
)
_MODIFIED: Final = re.compile(
    r"^\s*(?:last\s+)?(?:updated?|modified|edited|last\s+update)(?:\s+(?:on|at))?\s*:?\s+(?=.*\d)",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"(?:^|(?<=[\s(\[]))(?:(?:image|photo|picture|photograph)s?\s*(?:credits?|source|by"
    r"|courtesy(?:\s+of)?)?|credits?"
    r"|courtesy(?:\s+of)?)\s*(?::|©|\bby\b)\s*(?P<name>[^()\[\]\n]{2,80}?)\s*[)\]]?\.?\s*$",
    re.IGNORECASE,
)
_CREDIT_AGENCY: Final = re.compile(
    r"[(\[]\s*(?P<name>(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Getty Images|dpa)(?:\s+(?:Photo|Images"
    r"|Pool))?(?:\s*/\s*[^()\[\]]{2,60})?"
    r"|(?:Photo|Image|Picture)(?:\s+by)?\s*:?\s+[^()\[\]]{2,60}"
    r"|[A-Z][^()\[\]/]{2,50}/[A-Z][^()\[\]/]{1,40}|[^()\[\]]{2,50}\s*/\s*(?:AP|AFP|EPA"
    r"|Reuters|Getty Images|dpa)"
    r"(?:\s+Photo)?)\s*[)\]]\s*$"
)
_BYLINE: Final = re.compile(
    r"^\s*(?i:(?:(?:written|reported|story|text|interview"
    r"|words)\s+)?by:?)\s+(?P<name>[^\W\d_a-z][^\n:;!?]{2,90})$"
)
_BYLINE_NAME: Final = re.compile(r"[^\W\d_a-z][\w'’.\-]*")
_RUBRIC: Final = re.compile(r"\s(?:\||›|»|>|::|/|•)\s")

_MENU_MARK: Final = re.compile(r"\s(?:\||•|·|::)\s")
#: At most three words without digits, which rows of figures and lines of metadata have.
_MENU_ENTRY: Final = re.compile(r"(?!by\s)[^\W\d][^\s\d]*(?:\s[^\s\d]+){0,2}", re.IGNORECASE)
#: What only a menu offers; the names of rubrics stand in menus and over articles alike.
_MENU_ITEM: Final = re.compile(
    r"home(?:page)?|front page|menu|search|subscribe(?: now)?|subscriptions?|sign (?:in|up|out)"
    r"|log ?(?:in|out)|register|my account|account|contact(?: us)?|about(?: us)?|newsletters?|e-?paper"
    r"|archives?|advertise|jobs|shop|help|rss|more",
    re.IGNORECASE,
)

_NEWSPAPER: Final = re.compile(
    r"\b(?:advertiser|advocate|argus|beacon|bulletin|chronicle|courier|daily|dispatch|echo|evening"
    r"|examiner|express|gazette"
    r"|globe|guardian|herald|independent|inquirer|journal|mail|mercury|mirror|monitor|morning"
    r"|observer|post|press|quarterly"
    r"|record|register|review|sentinel|standard|star|sun|telegraph|times|tribune|weekly|newspaper)\b",
    re.IGNORECASE,
)
_WITH_AGENCY: Final = re.compile(
    r"^(.{3,60}?)\s*(?:,|/|\bwith\b|\band\b|[-–—|])\s*((?:Agence|Agency|Agencia|Agenzia)\s\S.{1,40}"
    r"|.{2,40}\s(?:News\s)?Agency"
    r"|(?i:(?:news |wire )?agencies|wires|wire services))$"
)
_CAPITALISED: Final = r"[^\W\d_a-z][\w'’.\-]*"
_SIGNED_PLACE: Final = re.compile(
    rf"(?P<name>{_CAPITALISED}(?: (?:and )?{_CAPITALISED}){{1,6}})"
    rf"(?: in {_CAPITALISED}(?: {_CAPITALISED}){{0,3}}|(?:, {_CAPITALISED}(?: {_CAPITALISED}){{0,4}}){{1,2}})"
)
_AND_AGENCIES: Final = re.compile(
    r"\s*(?:,|/|\band\b|\bwith\b)\s*(?:(?:news |wire )?agencies|wires|wire services)$"
)
_RELEASE: Final = re.compile(
    r"^\s*(?:(?:press|news|media)\s+(?:release|statement|communiqu[eé])\b"
    r"|for\s+(?:immediate\s+)?release\b|embargo)",
    re.IGNORECASE,
)

#: A line that says no more than this is furniture wherever it stands.
_FURNITURE_WHOLE: Final = re.compile(
    r"^\W*(?:advertisement|advertising|sponsored(?: content)?|promoted|loading\W*"
    r"|share(?: this)?(?: (?:article|story|post|on .{1,20}))?"
    r"|print(?: this)?|email(?: this)?|e-mail|tweet|comments?(?: \(\d+\))?|\d+ comments?"
    r"|leave a (?:comment|reply)|subscribe(?: now)?"
    r"|sign (?:in|up)(?: now)?|log in|read more|more on this(?: story)?|see also|also read"
    r"|related(?: .{1,20})?"
    r"|(?:story|article) continues (?:below|after).{0,30}|skip .{1,40}|(?:recommended|most (?:read"
    r"|popular|viewed)|trending|top stories)"
    r"(?: .{1,20})?|next article|previous article|back to top|newsletters?|facebook|twitter|whatsapp"
    r"|linkedin|telegram|reddit|pinterest"
    r"|copy(?: link)?|follow us|watch(?: now| live)?|listen|gallery|view gallery|tags|topics|save"
    r"|bookmark|font size.{0,20}"
    r"|image (?:source|caption)|media caption|getty images|filed under|(?:\d+|one|two|three|four"
    r"|five) min(?:ute)?s? read)\W*$",
    re.IGNORECASE,
)
#: A line that starts like this, at the foot of a text or as a short line within it, is furniture.
_FURNITURE_START: Final = re.compile(
    r"^\W*(?:read(?: also| more| next| the full story(?: on| at)|:)|also read\b|see also\b"
    r"|related\s*(?:stor(?:y|ies)|articles?|"
    r"news|links?|content|coverage|topics)?\s*:|more(?: stories)? (?:from|on) .{1,40}:"
    r"|recommended\s*:|blogs?:\s|watch\s*:|video\s*:"
    r"|in pictures\s*:|gallery\s*:|photos?\s+gallery|tags?\s*:|topics?\s*:|keywords?\s*:|categor(?:y"
    r"|ies)\s*:|filed under\b|share this\b"
    r"|follow us\b|follow @?\w+(?: \w+)? on\b|like us on\b|join (?:our|the conversation|us on)\b"
    r"|subscribe (?:to|now|here|today)\b"
    r"|sign up (?:for|to|here|now|today)\b|get (?:the latest|our|all the).{0,60}(?:newsletter|inbox"
    r"|email|app|alerts?)\b|click here\b"
    r"|tap here\b|download (?:our|the) .{0,30}app\b|your email\b|enter your email\b|by (?:signing up"
    r"|registering|subscribing)\b"
    r"|you may also like\b|you might also like\b|don['’]t miss\s*:|next (?:article|story)\s*:"
    r"|previous (?:article|story)\s*:"
    r"|support (?:our|independent) journalism|this (?:site|website) uses cookies|we use cookies"
    r"|accept (?:all )?cookies"
    r"|our standards\s*:|the thomson reuters trust principles|report (?:an error|a typo)\b"
    r"|comments are closed)",
    re.IGNORECASE,
)
_LEGAL: Final = re.compile(
    r"^\W*(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d|all rights? (?:are )?reserved|all content ©"
    r"|(?:reproduction|republication) of (?:material|this)"
    r"|terms (?:of|and) (?:use|service|conditions)|privacy policy|this material may not be published)"
    r"|all rights? reserved\.?\W*$|no part of this .{0,40} may be reproduced",
    re.IGNORECASE,
)


def published_label(line: str) -> int | None:
    """Return where the date starts after "Published:" and its like, or ``None``."""
    match = _PUBLISHED.match(line[:200])
    return match.end() if match else None


def modified_label(line: str) -> int | None:
    """Return where the date starts after "Updated:" and its like, or ``None``."""
    match = _MODIFIED.match(line[:200])
    return match.end() if match else None


def find_credit(line: str) -> tuple[Span, int] | None:
    """Return the span of the photographer's credit in a line, and where its phrase starts.

    "Image Credit: AP", "Photo by Jane Doe", "... in the capital. (AP Photo/Jane Doe)".
    """
    if len(line) > 700:
        return None
    tail = max(0, len(line) - 120)
    for pattern in (_CREDIT_AGENCY, _CREDIT):
        match = pattern.search(line, tail)
        if match:
            return match.span("name"), match.start()
    return None


def is_caption(paragraph: str) -> bool:
    """Tell whether a short paragraph is the caption of a picture: it ends in a photographer's credit.

    A bare agency in brackets at the end is not enough, for that is how wire reports are signed.
    """
    found = find_credit(paragraph) if len(paragraph) < 320 else None
    tail = paragraph[found[1] :] if found else ""
    return bool(found and found[1] > 0 and re.search(r"/|photo|image|picture|courtesy", tail, re.IGNORECASE))


def credit_line(line: str) -> Span | None:
    """Return the span of the name if the line is a photograph's credit and nothing else."""
    found = find_credit(line)
    if found and not re.search(r"\w", line[: found[1]]):
        return found[0]
    return None


def byline(line: str) -> Span | None:
    """Return the span of the names if the line is a byline ("By Jane Doe"), else ``None``."""
    # "By Jane Doe | The Courier | 14 May 2020": what stands behind a stroke is something else.
    first = re.split(r"\s[|•·]\s", line, maxsplit=1)[0]
    match = _BYLINE.match(first) if len(line) < 120 else None
    if not match or len(match["name"].split()) > 12 or not _BYLINE_NAME.match(match["name"]):
        return None
    if SENTENCE_END.search(line) and not line.rstrip().endswith((" Jr.", " Sr.")):
        return None
    names = _AND_AGENCIES.sub("", match["name"])
    words = [word for word in re.findall(r"[\w'’.\-]+", names) if word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    return match.span("name") if words and capital * 3 >= len(words) * 2 else None


def signed_place(line: str) -> Span | None:
    """Return the span of the names in "Jane Doe in Port Harran" or "Jane Doe, Port Harran, The Courier".

    Such a line is a byline only beside other metadata.
    """
    match = _SIGNED_PLACE.fullmatch(line.strip()) if len(line) < 80 else None
    return match.span("name") if match else None


def is_masthead(line: str) -> bool:
    """Tell whether a line is a newspaper's name: short, capitalised, with a word that such names have."""
    words = line.split()
    capital = all(word[0].isupper() or word in ("of", "and", "the", "for") for word in words)
    return (
        2 <= len(words) <= 5 and capital and bool(_NEWSPAPER.search(line)) and not SENTENCE_END.search(line)
    )


def split_agency(byline: str) -> tuple[Span, Span] | None:
    """Return the spans of the names and of the agency in "Jane Doe with News Agency", or ``None``."""
    match = _WITH_AGENCY.match(byline)
    return (match.span(1), match.span(2)) if match else None


def is_release(line: str) -> bool:
    """Tell whether a line says that the text is a press release."""
    return len(line) < 80 and bool(_RELEASE.match(line))


def has_rubric_mark(line: str) -> bool:
    """Tell whether a short line is a path of rubrics ("In Focus | Syria", "Home > World")."""
    return len(line) < 80 and bool(_RUBRIC.search(line)) and not SENTENCE_END.search(line)


def is_navigation(line: str) -> bool:
    """Tell whether a line is a site's menu ("Home | World | Business | Subscribe").

    Two rubrics, and a path of them ("Home > World > Asia"), are none.
    """
    pieces = [piece.strip() for piece in _MENU_MARK.split(line.strip(" |•·"))] if len(line) < 300 else []
    if len(pieces) < 2 or not all(map(_MENU_ENTRY.fullmatch, pieces)):
        return False
    items = sum(bool(_MENU_ITEM.fullmatch(piece)) for piece in pieces)
    return len(pieces) >= 4 or items == len(pieces) or (len(pieces) == 3 and items > 0)


def is_furniture(line: str) -> bool:
    """Tell whether a line is page furniture wherever in a text it stands."""
    stripped = line.strip()
    if len(stripped) > 300:
        return False
    if is_navigation(stripped):
        return True
    if len(stripped) < 60 and stripped[-1:] not in '.!?"”' and _FURNITURE_WHOLE.match(stripped):
        return True
    short = len(stripped.split()) <= 22
    return short and bool(_FURNITURE_START.match(stripped) or _LEGAL.search(stripped))


def is_foot(line: str) -> bool:
    """Tell whether a line at the foot of a text is furniture; legal lines may be longer there."""
    stripped = line.strip()
    return len(stripped) < 600 and bool(
        is_furniture(stripped) or _LEGAL.search(stripped) or _FURNITURE_START.match(stripped)
    )
