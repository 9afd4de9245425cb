"""Where ambulance crews meet patients of a ring: chosen exactly, with two approaches each, and a certificate."""
