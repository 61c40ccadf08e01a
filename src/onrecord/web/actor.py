"""Who an actor is, and what was said by and about him."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
