"""A cordon as given: whether barriers that stand, or are to stand, seal a site, and what is missing."""
