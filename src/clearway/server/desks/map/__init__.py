"""The map: its tiles, and streets looked up by place and by name; for every desk."""
