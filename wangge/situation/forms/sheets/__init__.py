"""Sheets as files: Excel, text, paper."""
