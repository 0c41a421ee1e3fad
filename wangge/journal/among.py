"""Asking for rows by many values at once: what Django does for each value of ``__in`` costs more than the database."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup
from django.db.models.sql.compiler import SQLCompiler

from wangge.journal.inserting import convert_of

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup  # only the type checker's stubs know it with parameters


class Among(_Lookup):
    """Tells whether a column holds one of many values, given as the column has them in Python."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Give PostgreSQL the values as one array, and SQLite each by itself."""
        column, given = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*given, self.rhs)
        convert = convert_of(self.lhs.output_field, connection.vendor)
        values = self.rhs if convert is None else [convert(value) for value in self.rhs]
        return f"{column} IN ({', '.join(['%s'] * len(values))})", (*given, *values)


def among(column: str, values: Collection[Any]) -> Among:
    """Return the condition that a column, or one that it leads to, holds one of the values; none of them is None."""
    return Among(F(column), list(values))
