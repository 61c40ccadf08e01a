"""Corrections: each is a judgement with author and time."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
