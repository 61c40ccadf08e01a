"""Items as wire services send them, with invented agencies, places and people."""

from __future__ import annotations

import json
from typing import Any

GUID = "urn:newsml:harborwire.example:20260310:ferry"
FIRST = "OLDMERE (Harbor Wire) - “The ferry will sail again in May,” Minister Ilse Varga said on Tuesday."
SECOND = "Residents of the island said they had heard as much last spring."

XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>Ferry to sail again</title></head><body><h1>Ferry to sail again</h1><p>{FIRST}</p><p>{SECOND}</p>
<figure><img src="a.jpg"/><figcaption>The ferry at its pier.</figcaption></figure></body></html>
</inlineXML>"""

NITF_BODY = f"""<body><body.head><hedline><hl1>Ferry to sail again</hl1>
<hl2>Minister names a month</hl2></hedline>
<byline>By <person>Jon Asker</person>, <byttl>Staff Writer</byttl></byline>
<distributor>Harbor Wire</distributor><dateline><location>OLDMERE</location>, <story.date
norm="20260310">March 10</story.date></dateline>
<abstract><p>The island has waited for two years.</p></abstract></body.head>
<body.content><block><p>{FIRST.removeprefix("OLDMERE (Harbor Wire) - ")}</p>
<media media-type="image"><media-reference source="a.jpg"/><media-caption><p>The ferry at its
pier.</p></media-caption><media-producer>Ada Lund</media-producer></media></block>
<p>{SECOND}</p><note><body.content><p>Eds: adds detail</p></body.content></note>
<table><tr><td>Fares</td><td>12 crowns</td></tr></table></body.content></body>"""


def nitf(docdata: str = "", status: str = "usable", body: str = NITF_BODY) -> str:
    """Return a document of NITF."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "nitf-3-4.dtd">
<nitf version="-//IPTC//DTD NITF 3.4//EN" baselang="en-GB"><head><title>hw-ferry</title>
<docdata management-status="{status}"><doc-id id-string="hw-881"/><du-key key="ferry" version="2"/>
<date.issue norm="20260310T091500+0100"/><doc.copyright holder="Harbor Wire Ltd" year="2026"/>
{docdata}</docdata>
<pubdata position.section="Islands"/></head>{body}</nitf>"""


def news_item(
    meta: str = "",
    status: str = "stat:usable",
    content: str = XHTML,
    guid: str = GUID,
    headline: str = "Ferry to sail again",
) -> str:
    """Return a news item of NewsML-G2, without the line of XML."""
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="3"
standard="NewsML-G2" standardversion="2.34" xml:lang="en-GB"><catalogRef href="http://example.org/c.xml"/>
<rightsInfo><copyrightHolder><name>Harbor Wire Ltd</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:HW"><name>Harbor Wire</name></provider>
<versionCreated>2026-03-10T09:15:00+01:00</versionCreated><firstCreated>2026-03-10T07:00:00Z</firstCreated>
{meta}<pubStatus qcode="{status}"/><signal qcode="sig:correction"/>
<edNote>Corrects the month</edNote></itemMeta>
<contentMeta><contentModified>2026-03-10T09:10:00+01:00</contentModified>
<located qcode="city:OLD"><name>Oldmere</name></located><infoSource role="isrol:origcont"><name>Harbor
Wire</name></infoSource><by>By Jon Asker</by><slugline>ISLANDS-FERRY</slugline><headline
role="hlrole:main">{headline}</headline><headline role="hlrole:kicker">Islands</headline>
<description role="drol:summary">Two years without a ferry.</description><language tag="en-GB"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    """Return a message of NewsML-G2 with these items."""
    inner = "".join(items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-10T08:16:00Z</sent></header>
<itemSet>{inner}</itemSet></newsMessage>"""


PACKAGE = """<packageItem guid="urn:pkg:1" version="1"><itemMeta/><groupSet root="g"><group id="g">
<itemRef residref="urn:x"><title>Ferry</title></itemRef></group></groupSet></packageItem>"""

NEWSML1 = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd" [<!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf;]>
<NewsML><NewsEnvelope><DateAndTime>20260310T091600Z</DateAndTime></NewsEnvelope><NewsItem><Identification>
<NewsIdentifier><ProviderId>harborwire.example</ProviderId><PublicIdentifier>{GUID}:1</PublicIdentifier>
</NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20260310T070000Z</FirstCreated><ThisRevisionCreated>20260310T081500Z</ThisRevisionCreated>
<Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines>
<HeadLine>Ferry to sail again</HeadLine>
<ByLine>By Jon Asker</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="Harbor Wire"/>
</Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>
<ContentItem><DataContent><nitf><body><body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf>
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""

CAPTION = "The ferry at its pier."
HTML = f"<p>{FIRST}</p><p>{SECOND}</p>"


def ninjs(version: int = 2, **values: Any) -> dict[str, Any]:
    """Return a news object as version 1, 2 or 3 of ninjs has it; ``None`` takes a property away."""
    common = {"uri": GUID, "type": "text", "language": "en-GB", "located": "Oldmere"}
    picture = {"uri": "urn:x:pic", "type": "picture", "headline": "Ferry"}
    if version == 1:
        own: dict[str, Any] = {
            "pubstatus": "usable", "versioncreated": "2026-03-10T08:15:00Z", "byline": "Jon Asker",
            "headline": "Ferry to sail again", "body_text": f"{FIRST}\n{SECOND}", "body_xhtml": HTML,
            "description_text": "Two years without a ferry.", "copyrightholder": "Harbor Wire",
            "infosource": [{"name": "Harbor Wire", "rel": "source"}], "ednote": "Corrects the month",
            "associations": {"main": {**picture, "description_text": CAPTION, "byline": "Ada Lund"}},
        }  # fmt: skip
    else:
        own = {
            "pubstatus": "usable", "versioncreated": "2026-03-10T08:15:00Z", "by": "By Jon Asker",
            "headlines": [
                {"role": "sub", "value": "Minister names a month"},
                {"role": "main", "value": "Ferry to sail again"},
            ],
            "bodies": [
                {"role": "text", "contenttype": "text/plain", "value": f"{FIRST}\n{SECOND}"},
                {"role": "html", "contenttype": "text/html", "value": f"<html><body>{HTML}</body></html>"},
            ],
            "copyrightholder": "Harbor Wire", "infosources": [{"name": "Harbor Wire"}],
            "associations": [
                {**picture, "descriptions": [{"value": CAPTION}], "by": "Ada Lund", "name": "main"}
            ],
        }  # fmt: skip
    if version == 3:
        for old, new in (
            ("pubstatus", "pubStatus"),
            ("versioncreated", "versionCreated"),
            ("copyrightholder", "copyrightHolder"),
        ):
            own[new] = own.pop(old)
    return {name: value for name, value in {**common, **own, **values}.items() if value is not None}


def ninjs_bytes(version: int = 2, **values: Any) -> bytes:
    """Return a news object as a file."""
    return json.dumps(ninjs(version, **values), indent=1).encode()
