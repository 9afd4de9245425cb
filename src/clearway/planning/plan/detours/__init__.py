"""The detour for traffic that a plan cuts: signed legs, warnings upstream, ways on foot, loads of the traffic engine."""
