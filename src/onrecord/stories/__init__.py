"""RECORD: which articles print one wire text, so that it is counted once."""
