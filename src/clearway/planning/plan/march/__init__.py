"""Marches, parades, races and street events: streets that shut before the head and open behind the tail."""
