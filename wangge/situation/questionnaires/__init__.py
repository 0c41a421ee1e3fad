"""Questionnaires while they are edited and compared: changes to a draft, and what differs between two versions."""
