"""The fewest vehicles to move, wish by wish."""
