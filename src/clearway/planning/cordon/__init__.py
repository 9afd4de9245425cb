"""The cordon: the cheapest places for barriers that leave no way into a site, with proof."""
