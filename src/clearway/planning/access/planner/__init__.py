"""Emergency access: who is reached, how fast, before and after closures."""
