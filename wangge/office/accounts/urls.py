"""Addresses of accounts and approvals."""

from django.urls import path

from wangge.office.accounts import approving, cards, duties, lists, one

urlpatterns = [
    path("accounts", lists.accounts, name="accounts"),
    path("accounts.csv", lists.accounts_csv, name="accounts_csv"),
    path("accounts/add", lists.add, name="account_add"),
    path("accounts/cards", cards.cards, name="sign_in_cards"),
    path("accounts/<uuid:account_id>/", one.account, name="account_one"),
    path("accounts/<uuid:account_id>/link", cards.link, name="account_link"),
    path("accounts/<uuid:account_id>/deactivate", one.deactivate, name="account_deactivate"),
    path("accounts/<uuid:account_id>/reactivate", one.reactivate, name="account_reactivate"),
    path("accounts/<uuid:account_id>/second-factor", one.drop_factor, name="account_drop_factor"),
    path("accounts/<uuid:account_id>/duties/add", duties.add, name="duty_add"),
    path("accounts/<uuid:account_id>/duties/<int:duty_id>/end", duties.end, name="duty_end"),
    path("approvals", approving.approvals, name="approvals"),
]
