"""The Plan desk: cordon, access, and both in sentences."""
