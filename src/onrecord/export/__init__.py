"""SHOW: files that other tools open. One module a format, and a codebook for all of them."""

from __future__ import annotations

from onrecord.export.codebook import COLUMNS, Column, write_codebook
from onrecord.export.csv import write_csv
from onrecord.export.files import check_target, replacing
from onrecord.export.jsonl import write_jsonl

__all__ = ["COLUMNS", "Column", "check_target", "replacing", "write_codebook", "write_csv", "write_jsonl"]
