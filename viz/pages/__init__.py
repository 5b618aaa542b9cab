"""Answers as records → pages of HTML, in Vietnamese or English; no web server, no store."""
