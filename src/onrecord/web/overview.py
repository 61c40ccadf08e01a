"""What the record holds, in figures and as a network."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
