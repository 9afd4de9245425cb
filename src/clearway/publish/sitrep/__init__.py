"""The situation report: one content, told as text, page and PDF. Every line comes from the picture; nothing is typed."""
