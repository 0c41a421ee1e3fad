"""Words of accounts and duties."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "access.forbidden": _("Your account may not do this here. Ask whoever manages your area."),
    "access.account_unknown": _("There is no active account %(login)s that you manage."),
    "access.account_inactive": _("This account is not active as a worker here."),
    "access.first_account_exists": _("There is an account already."),
    "access.login_malformed": _("A login has 2 to 40 letters, digits, dots, hyphens or underscores."),
    "access.login_taken": _("The login %(login)s is taken. Choose another."),
    "access.role_unknown": _("There is no role called %(role)s."),
    "access.period_reversed": _("The last day must come after the first."),
    "access.area_unknown": _("This area does not exist or is not yours."),
    "access.own_duty": _("Nobody changes their own duties. Ask somebody above you."),
    "access.own_account": _("Nobody changes their own account in this way. Ask somebody above you."),
    "access.duty_unknown": _("There is no such duty that you manage."),
    "access.link_dead": _("This link has been used or is too old. Ask for a new one."),
    "access.password_short": _("A password has at least 8 characters."),
    "access.password_long": _("A password has at most 128 characters."),
    "access.password_guessable": _("This password is tried first by others. Choose a longer or rarer one."),
}
