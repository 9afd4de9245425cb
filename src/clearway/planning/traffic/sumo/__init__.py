"""A network with its trips for the simulator SUMO."""
