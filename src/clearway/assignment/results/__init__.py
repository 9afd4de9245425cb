"""What is read off solutions: select-link, differences, delay by street and suburb, times between zones and along paths."""
