"""The room in the browser: routes, tiles, the built user interface."""
