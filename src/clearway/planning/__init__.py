"""Decisions on the network and the picture: cordon, access."""
