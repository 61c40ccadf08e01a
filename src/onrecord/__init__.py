"""Who said what, about whom, when, and on whose word."""

__version__ = "0.1.0"
