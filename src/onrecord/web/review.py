"""The review queue, and how far two coders agree."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
