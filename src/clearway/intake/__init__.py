"""Reports to draft entries: what a text says, by rules and tables that can be read, tested and changed."""
