from __future__ import annotations
from onrecord.article import Page
from onrecord.reading import html
from onrecord.reading.draft import Draft


def read_html(page: Page, path: str) -> Draft:
    return html.read_html(page.data, path, page.charset, page.url)
