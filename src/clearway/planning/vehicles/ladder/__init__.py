"""The ladder: where each job stands, what holds its next step back, what a tow still lacks; and a step that is taken."""
