"""The Traffic desk: what closures do to the city."""
