"""What a traffic management plan is on paper: the plan itself, an operation order, a leaflet, and a card for each gate."""
