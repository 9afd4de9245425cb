"""The papers of towing and of offers to park elsewhere."""
