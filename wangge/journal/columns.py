"""Columns that several rooms need."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField  # only the type checker's stubs know it with parameters


class PathField(_Text):
    """An area path, ordered by bytes on both databases, so that an area is a range of text."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Ask PostgreSQL for the C collation; SQLite compares bytes anyway and knows no collation of that name."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
