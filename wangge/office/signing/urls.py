"""Addresses of signing in and out, of the second factor and of the own account."""

from django.urls import path

from wangge.office.signing import confirming, own, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/<str:token>", views.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("confirm", confirming.confirm, name="confirm"),
    path("account", own.own_account, name="own_account"),
    path("account/password", own.own_password, name="own_password"),
    path("account/second-factor", confirming.set_up, name="factor_set_up"),
    path("account/recovery-codes", confirming.recovery_codes, name="recovery_codes"),
    path("account/recovery-codes/new", confirming.renew_codes, name="recovery_renew"),
]
