"""What leaves the room: situation reports, and the drawings in them."""
