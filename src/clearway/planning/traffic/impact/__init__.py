"""What closures do to the city: who gains and loses, the worst streets, buses, ambulance and fire."""
