"""Traffic assignment: user and system equilibrium on any network, a library of its own that knows nothing of closures.

``costs`` (how a link's time grows with its flow), ``problem`` (a network of links, edges and zones with its trips) and
``solution`` (flows, times, gap) are the words that every part speaks. Upon them: ``equilibrium`` solves, from nothing or from
another solution; ``results`` reads off a solution who uses a street, what differs, what a path takes; ``exchange`` reads and
writes the field's files.
"""
