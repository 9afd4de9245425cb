"""Traffic: where trips go when streets are shut, on the solver of :mod:`clearway.assignment`.

``demand`` makes the problem of a road network, and trips where nobody has a table; ``sumo`` writes both for the simulator;
``assign`` is one assignment in words, ``impact`` what closures do to the city.
"""
