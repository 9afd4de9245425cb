"""Traffic: where trips go when streets are shut, as a user equilibrium on the real road network.

``costs`` (how a link's time grows with its flow), ``problem`` (a network of links, edges and zones with its trips) and
``solution`` (flows, times, gap) are the words that every room here speaks. Upon them, each standing on those before:

- ``equilibrium`` solves, from nothing or from another solution;
- ``results`` reads off a solution who uses a street, what differs, what a path takes;
- ``demand`` makes the problem of a road network, and trips where nobody has a table;
- ``exchange`` reads and writes the field's files;
- ``assignment`` is one assignment told in words, ``impact`` what closures do to the city.
"""
