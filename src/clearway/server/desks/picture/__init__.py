"""The Picture desk: an operation's record, its picture, and what is new in it."""
