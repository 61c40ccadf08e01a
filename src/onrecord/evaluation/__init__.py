"""Scorers for anyone's marked articles: what the finder gets right, and how sure it may be of it.

The definitions are at the head of :mod:`onrecord.evaluation.attributions` and
:mod:`onrecord.evaluation.statements`.
"""

from onrecord.evaluation.report import Bin, Calibration, Count, Report, Row, calibrate, tabulate
from onrecord.evaluation.scoring import Extract, Kind, Read, agreement, evaluate

__all__ = [
    "Bin",
    "Calibration",
    "Count",
    "Extract",
    "Kind",
    "Read",
    "Report",
    "Row",
    "agreement",
    "calibrate",
    "evaluate",
    "tabulate",
]
