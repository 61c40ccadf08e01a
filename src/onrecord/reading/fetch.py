from __future__ import annotations
from onrecord.article import Page


def fetch(url: str, *, allow_private: bool = False) -> Page:
    raise NotImplementedError
