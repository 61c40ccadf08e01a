"""How the first words of a report name the place it was filed from and the agency that filed it.

``MOSCOW (Reuters) -``, ``KYIV, Dec. 22 (Xinhua) --``, ``MOSCOW, December 22. /TASS/.``, ``(AP) —``,
``WASHINGTON ―``, ``AMMAN //``, ``Moscow:``. The styles are those of the agencies' own style books.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.article import Span

#: Agencies as they credit themselves, longest names first so that "AP" does not hide in "AAP".
AGENCIES: Final = (
    "Thomson Reuters Foundation|Thomson Reuters|Reuters|The Associated Press|Associated Press"
    "|Agence France[- ]Presse"
    "|Deutsche Presse-Agentur|United Press International|Press Trust of India|Press Association"
    "|PA Media|Xinhua"
    "|ITAR-TASS|Itar-Tass|TASS|RIA Novosti|Interfax|Ukrinform|UNIAN|Belga|ANSA|Kyodo News|Kyodo"
    "|Jiji Press|JIJI|Jiji|Yonhap"
    "|Anadolu Agency|Anadolu|SANA|IRNA|ISNA|Tasnim|Fars|WAM|SPA|KUNA|QNA|BNA|MENA|PTI|IANS|ANI|UNI|Bernama"
    "|Antara|AAP|EFE|Lusa|APA|DPA|dpa|DDP|KNA|SDA|ATS|NTB|TT|Ritzau|PAP|CTK|ČTK|MTI|Tanjug|Hina|BTA|AGERPRES"
    "|Bloomberg News|Bloomberg|AFP|AP|UPI|IPS|The Canadian Press|Canadian Press|STT|NAN|GNA|SAPA|VNA|KCNA"
    "|Agencies|Wire services|Wires"
)
_AGENCY_LINE: Final = re.compile(
    r"^(?i:(?:source|agency|from|by|via)\s*:?\s*)?"
    rf"(?P<names>(?:{AGENCIES})(?:\s*(?:,|/|&|and|\+|\|)\s*(?:{AGENCIES}))*)\s*\.?$"
)
_AGENCY_WITHIN: Final = re.compile(rf"(?<![\w.])(?:{AGENCIES})(?!\w)")

_DASH: Final = r"(?:[-–—―‒−_]{1,3}|:)"
_CAPS: Final = (
    r"(?!(?:I|A)\b)[^\W\d_a-z](?:[^\W\d_a-z]|['’.\-])+(?:[ /][^\W\d_a-z](?:[^\W\d_a-z]|['’.\-])*){0,4}"
)
_NAME: Final = (
    r"[^\W\d_a-z][\w'’.\-]*(?:[ /](?:(?:of|de|del|el|al|la|le|sur|am|and)[ -])?[^\W\d_a-z][\w'’.\-]*){0,3}"
)
_MONTHS: Final = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July"
    r"|August|September"
    r"|October|November|December)"
)
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = (
    rf"(?:[,.]?\s+(?:{_MONTHS}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+{_MONTHS}\.?(?:\s+\d{{4}})?)"
    rf"|,\s+{_WEEKDAY})"
)
_SIGNED: Final = (
    r"(?:\((?P<round>[^()\n]{2,40})\)|/(?P<stroke>[A-Z][\w -]{1,20})/|\[(?P<square>[A-Z][\w -]{1,20})\])"
)
_SIGNED_PLACE: Final = re.compile(
    rf"(?P<place>{_NAME}(?:,\s{_NAME}){{0,2}}){_DAY}?[,.]?\s*{_SIGNED}\s*(?:{_DASH}|\.)?\s*"
)
_SIGNED_ONLY: Final = re.compile(rf"{_SIGNED}\s*(?:{_DASH}\s*)?")
_CAPS_PLACE: Final = re.compile(
    rf"(?P<place>{_CAPS}(?:,\s(?:{_NAME}|{_CAPS})){{0,2}}){_DAY}?(?:\s+[-–—―_]{{1,3}}\s+|\s*(?:--|—"
    rf"|―|//)\s*|(?<=day):\s+)(?=[^\Wa-z]|[\"“„«‘'\[(])"
)
_KNOWN_PLACE: Final = re.compile(
    rf"(?P<place>{_NAME}(?:\s*[,/]\s*{_NAME})?){_DAY}?\s*(?::\s+|\.?\s*(?:--|—|―|//)\s*"
    rf"|\.?\s[-–]\s+)(?=[\"“„«‘'\[(A-Z])"
)
#: Reuters' web pages of 2009-2013 ran place, time and the dateline proper together in one line.
_STAMPED: Final = re.compile(
    rf"(?P<stamp>(?P<first>{_CAPS})(?:,\s{_NAME})?\s+\|\s+[^|()\n]{{8,40}}?)\s+(?=(?P=first)\b)"
)

#: A name that may be an agency's where an agency's name is expected; call signs and networks are none.
_AGENCY_NAME: Final = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}")
_BROADCASTER: Final = re.compile(
    r"[KWC][A-Z]{2,3}(?:-TV)?|CNN|BBC(?: News)?|NPR|CBS|ABC|NBC|FOX|Fox News|VOA|RFE/RL"
)

#: Words that stand in capitals before a dash and are no place.
_NO_PLACE_WORDS: Final = (
    "BREAKING EXCLUSIVE UPDATE UPDATED WATCH VIDEO OPINION ANALYSIS COMMENT EDITORIAL REVIEW LIVE"
    " NEWS FACTBOX EXPLAINER"
    " CORRECTION CLARIFICATION NOTE FEATURE INTERVIEW PHOTOS BREAKINGVIEWS TIMELINE FULL TEXT"
    " ABSTRACT LEAD NOT YES NO OK"
    " QUESTION QUESTIONS ANSWER TRANSCRIPT MODERATOR HOST SPEAKER"
    " NATO EU UN USA UK US GOP FBI CIA FIFA UEFA NASA WHO OPEC IMF"
)
_NO_PLACE: Final = frozenset(_NO_PLACE_WORDS.split())
#: Cities that newspapers print as a dateline in ordinary letters ("Moscow: ..."): capitals, seats of
#: international bodies and the cities that agency style books let stand without a country.
_PLACE_NAMES: Final = (
    "Abidjan|Abu Dhabi|Abuja|Accra|Addis Ababa|Aden|Aleppo|Algiers|Almaty|Amman|Amsterdam|Ankara|Antananarivo"
    "|Asmara|Astana|Athens|Atlanta|Auckland|Baghdad|Baku|Baltimore|Bamako|Bangkok|Bangui|Barcelona"
    "|Basra|Beijing"
    "|Beirut|Belfast|Belgrade|Bengaluru|Benghazi|Berlin|Bern|Bishkek|Bogota|Bonn|Boston|Brasilia|Bratislava"
    "|Brazzaville|Brussels|Bucharest|Budapest|Buenos Aires|Bujumbura|Cairo|Canberra|Cape Town"
    "|Caracas|Casablanca"
    "|Chennai|Chicago|Chisinau|Cleveland|Colombo|Conakry|Copenhagen|Dakar|Dallas|Damascus|Dar es Salaam|Davos"
    "|Delhi|Denver|Detroit|Dhaka|Djibouti|Doha|Dubai|Dublin|Dushanbe|Edinburgh|Erbil|Frankfurt|Freetown|Gaza"
    "|Gaza City|Geneva|Glasgow|Guatemala City|Hamburg|Hanoi|Harare|Havana|Helsinki|Ho Chi Minh City|Homs"
    "|Hong Kong|Honolulu|Houston|Hyderabad|Islamabad|Istanbul|Jakarta|Jeddah|Jerusalem|Johannesburg"
    "|Juba|Kabul"
    "|Kampala|Kandahar|Karachi|Kathmandu|Kharkiv|Khartoum|Kiev|Kigali|Kingston|Kinshasa|Kolkata|Kuala Lumpur"
    "|Kuwait|Kuwait City|Kyiv|La Paz|Lagos|Lahore|Libreville|Lima|Lisbon|Ljubljana|London|Los Angeles|Luanda"
    "|Lusaka|Luxembourg|Madrid|Malabo|Managua|Manama|Manila|Maputo|Mecca|Melbourne|Mexico City|Miami|Milan"
    "|Milwaukee|Minneapolis|Minsk|Mogadishu|Monrovia|Montevideo|Montreal|Moscow|Mosul|Mumbai|Munich|Muscat"
    "|N'Djamena|Nairobi|New Delhi|New Orleans|New York|Niamey|Nicosia|Nouakchott|Osaka|Oslo|Ottawa"
    "|Ouagadougou"
    "|Panama City|Paris|Peshawar|Philadelphia|Phnom Penh|Phoenix|Pittsburgh|Podgorica|Port-au-Prince|Prague"
    "|Pretoria|Pristina|Pyongyang|Quebec City|Quito|Rabat|Ramallah|Reykjavik|Riga|Rio de Janeiro|Riyadh|Rome"
    "|Salt Lake City|San Antonio|San Diego|San Francisco|San Jose|San Salvador|Sanaa|Sana’a|Sana'a|Santiago"
    "|Santo Domingo|Sao Paulo|Sarajevo|Seattle|Seoul|Shanghai|Sharjah|Singapore|Skopje|Sofia|St. Louis"
    "|St. Petersburg|Stockholm|Strasbourg|Sydney|São Paulo|Taipei|Tallinn|Tashkent|Tbilisi|Tegucigalpa|Tehran"
    "|Tel Aviv|The Hague|Thimphu|Tirana|Tokyo|Toronto|Tripoli|Tunis|Ulaanbaatar|United Nations"
    "|Valletta|Vatican"
    "|Vatican City|Vaduz|Vancouver|Vienna|Vientiane|Vilnius|Warsaw|Washington|Wellington|Windhoek|Yangon"
    "|Yaounde|Yerevan|Zagreb|Zurich"
)
PLACES: Final = frozenset(_PLACE_NAMES.split("|"))


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a paragraph's own words start, and what stands before them (offsets within the paragraph)."""

    start: int = 0
    dateline: Span | None = None
    agency: Span | None = None


def agency_line(line: str) -> Span | None:
    """Return where the agency names stand if the whole line is a credit to agencies, else ``None``."""
    match = _AGENCY_LINE.match(line.strip()) if len(line) < 120 else None
    if not match:
        return None
    lead = len(line) - len(line.lstrip())
    return lead + match.start("names"), lead + match.end("names")


def agency_within(line: str) -> Span | None:
    """Return the first agency name within a byline or credit line, or ``None``."""
    match = _AGENCY_WITHIN.search(line) if len(line) < 200 else None
    return match.span() if match else None


def find_opening(paragraph: str, context: str = "") -> Opening:
    """Split dateline and agency from the first paragraph of a report.

    Args:
        paragraph: its words.
        context: the whole text. A place in ordinary letters that no list has ("Vellin: ...") is taken for
            one if the text says "in", "at" or "near" it.
    """
    head = paragraph[:200]
    stamped = _STAMPED.match(head)
    shift = stamped.end() if stamped else 0
    signed = _SIGNED_PLACE.match(head, shift)
    if signed:
        place = _known(signed["place"]) or signed["place"].split(",")[0].isupper()
        agency = _agency_of(signed, any_name=place)
        if signed["place"].split()[0].upper() not in _NO_PLACE and (agency or place):
            closed = re.search(rf"{_DASH}\s*$|[/\]]\.?\s*$", signed.group())
            if closed:
                return Opening(signed.end(), _place_span(signed), agency)
    only = _SIGNED_ONLY.match(head, shift)
    if only and _agency_of(only):
        return Opening(only.end(), None, _agency_of(only))
    caps = _CAPS_PLACE.match(head)
    if caps:
        first = caps["place"].split(",")[0]
        if agency_line(first):
            return Opening(caps.end(), None, caps.span("place"))
        if first.split()[0] not in _NO_PLACE and not first.endswith("."):
            return Opening(caps.end(), _place_span(caps))
    known = _KNOWN_PLACE.match(head)
    if known and (_known(known["place"]) or _is_located(known["place"], context)):
        return Opening(known.end(), _place_span(known))
    return Opening()


def stamp_of(paragraph: str) -> Span | None:
    """Return where a run-in "PLACE | date" stamp stands before the dateline, or ``None``."""
    match = _STAMPED.match(paragraph[:200])
    return match.span("stamp") if match else None


def _known(place: str) -> bool:
    first = re.split(r"\s*[,/]\s*", place)[0]
    return first in PLACES or (first.isupper() and first.title() in PLACES)


def _is_located(place: str, context: str) -> bool:
    """Tell whether the text speaks of being at the place."""
    name = re.split(r"\s*[,/]\s*", place)[0].rstrip(".")
    if name.isupper() and name not in _NO_PLACE:
        # "BALIPUR: Trains stood": capitals are half of the evidence.
        pattern = rf"(?:\b(?:in|at|near|outside|from|to|of)\s+|,\s){re.escape(name.title())}\b"
    else:
        pattern = rf"\b(?:in|at|near|outside)\s+{re.escape(name)}\b(?!['’])"
    return bool(context) and bool(re.search(pattern, context))


def _place_span(match: re.Match[str]) -> Span:
    """Return the span of the place, without the comma that a date left behind."""
    start, end = match.span("place")
    text = re.sub(rf",?\s+(?:{_MONTHS}\.?|{_WEEKDAY})$", "", match["place"]).rstrip(" ,")
    if text.count(".") == 1 and "," not in text:
        text = text.rstrip(".")
    return start, min(end, start + len(text))


def _agency_of(match: re.Match[str], any_name: bool = False) -> Span | None:
    """Return the span of the signature between brackets if it is an agency; with ``any_name`` of any name."""
    for name in ("round", "stroke", "square"):
        words = match[name]
        if words and agency_line(words):
            return match.span(name)
        if words and any_name and _AGENCY_NAME.fullmatch(words) and not _BROADCASTER.fullmatch(words):
            return match.span(name)
    return None
