"""The record: what was reported, by whom, and when the room could know it; append-only."""
