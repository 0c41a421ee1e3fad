"""Importing a roster: read, map, match into staging outside the register, apply in small steps, undo.

``staging.stage_file`` reads; ``preview.preview`` and ``preview.progress`` look; ``applying.apply`` brings in;
``answering.answer_ask`` settles what was asked; ``undoing.undo`` takes back; ``finishing.finish_interrupted`` goes on
after a crash.
"""
