"""The picture: what the room believes about a moment, given what it knew at another; a pure function of the record."""
