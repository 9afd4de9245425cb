"""Options side by side: what each does by the desks' own figures, the least restrictive first, no score."""
