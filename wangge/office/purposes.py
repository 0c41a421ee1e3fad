"""What is asked of everybody who takes something out: what for, and above 500 people a second person's yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wangge.access.rules import PURPOSE_MOST


class PurposeForm(forms.Form):
    """The purpose, and the approval where one is needed."""

    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=PURPOSE_MOST,
        help_text=gettext_lazy("To whom, for what. It is written down for everybody in the sheet."),
        error_messages={"required": gettext_lazy("Say what it is for.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    approval = forms.CharField(
        label=gettext_lazy("Approval code of a second person"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Somebody who leads this area makes it on their own desk, for the same purpose."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, asks_approval: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_approval:
            del self.fields["approval"]
