"""Words of messages that go out."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "gateways.channel_unknown": _("There is no way of sending called %(channel)s."),
    "gateways.body_empty": _("The message is empty."),
    "gateways.too_many_bytes": _("The message is too long: %(length)s bytes, at most %(most)s can be sent this way."),
    "gateways.too_many_characters": _(
        "The message is too long: %(length)s characters, at most %(most)s can be sent this way."
    ),
    "gateways.key_reused": _("A message with this key was written before with other content."),
    "gateways.disk": _("The message could not be written to the server's disk."),
}
