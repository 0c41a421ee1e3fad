"""Forms of signing in and of the own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.access import rules


class SignInForm(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label=_("Login"), max_length=40, widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=rules.PASSWORD_MOST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A one-time code of the app, or a recovery code."""

    code = forms.CharField(
        label=pgettext_lazy("one-time", "Code"),
        max_length=20,
        help_text=_("Six digits from the app. Without the phone: one of your recovery codes."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class FirstCodeForm(forms.Form):
    """The first code of an app that has just been set up."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordForm(forms.Form):
    """A new password, typed twice; the present one where there is one."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=rules.PASSWORD_MOST,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters; several words are easy to keep in mind. Not your name, place or birthday."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["present"]


class PreferencesForm(forms.Form):
    """What people call the account, and in which language Wangge speaks to it."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        required=False,
        max_length=rules.NAME_MOST,
        help_text=_("Shown beside what you did. Left empty, your login is shown."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("as the browser says")), *settings.LANGUAGES]
