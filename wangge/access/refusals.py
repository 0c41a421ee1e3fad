"""The codes with which access says no, and the facts each carries."""

CODES: dict[str, tuple[str, ...]] = {
    "access.forbidden": (),
    "access.account_unknown": ("login",),
    "access.account_inactive": (),
    "access.first_account_exists": (),
    "access.login_malformed": (),
    "access.login_taken": ("login",),
    "access.role_unknown": ("role",),
    "access.period_reversed": (),
    "access.area_unknown": (),
    "access.own_duty": (),
    "access.own_account": (),
    "access.duty_unknown": (),
    "access.link_dead": (),
    "access.password_short": (),
    "access.password_long": (),
    "access.password_guessable": (),
}
