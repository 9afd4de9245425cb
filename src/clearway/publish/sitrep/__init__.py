"""The situation report: one content as text, page and PDF. Every line comes from the picture; nothing is typed."""
