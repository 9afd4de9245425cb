"""The after-action report as PDF: it assembles itself from the record, and leaves open what people are to learn of it."""
