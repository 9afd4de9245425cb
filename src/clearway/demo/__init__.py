"""The Wellington demonstration: bundled inputs and how a network and a scenario are made of them."""
