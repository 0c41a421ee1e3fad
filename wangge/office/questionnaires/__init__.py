"""Questionnaires on the desk: their list, versions, a try on a phone, the editor, Excel forms and paper."""
