"""The solver: static user equilibrium and system optimum by pairs of alternative segments."""
