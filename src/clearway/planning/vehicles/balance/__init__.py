"""Stock and flow: what can be true of the number of vehicles at each moment, and which statements cannot all hold."""
