"""Handed-down lists: reading the sheet, matching it with the register, dealing its rows, giving the answer back.

``staging.stage_list`` reads a sheet into staging and ``bring_list`` opens it at once; ``answers`` takes a sheet of
findings in; ``wangge.situation.lists_given_back`` writes the same sheet with what became of each row.
"""
