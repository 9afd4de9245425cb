"""The stages of a plan on the ground: which crew does what in which order, in the least time, with proof."""
