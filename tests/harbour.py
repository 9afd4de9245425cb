"""A part of the map over open water: whoever looks at a panel alone need not wait until streets are drawn."""

HARBOUR = "v=174.86000,-41.26000,15.00"
