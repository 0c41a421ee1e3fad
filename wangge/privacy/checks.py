"""What fails the build: a column nobody declared, a personal one without holding, a word we never ask for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from wangge.journal.kinds import KINDS, Kind
from wangge.privacy.fields import PersonalField, TableFields, fields_of, registered_tables
from wangge.privacy.holdings import Holding, holding_of, registered_holdings
from wangge.privacy.masks import MASKS
from wangge.privacy.rules import Klass, Merge, Retention, forbidden_words

TAG = "privacy"
HOUSE = "wangge."


def register_checks() -> None:
    """Add the check of all tables to Django's checks, under the tag ``privacy``."""
    register(check_house, TAG)


def check_house(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Return every fault of the tables of our own apps, or of the apps asked for."""
    configs = apps.get_app_configs() if app_configs is None else app_configs
    models = [model for config in configs if config.name.startswith(HOUSE) for model in config.get_models()]
    found = [fault for model in models for fault in check_model(model, fields_of(model._meta.label))]
    if app_configs is None:
        found += list(_strangers({model._meta.label_lower for model in apps.get_models()}))
        found += list(check_kinds(KINDS.values()))
    return found


def check_model(model: type[Model], table: TableFields | None) -> list[CheckMessage]:
    """Return the faults of one model against what is declared for it and held by it."""
    label = model._meta.label
    columns = {field.name for field in model._meta.concrete_fields}
    faults: list[CheckMessage] = [
        _error("E001", f"{name} may not be a column: {words}", label) for name, words in _forbidden(columns)
    ]
    if table is None:
        return [*faults, _error("E002", "no column of this table is declared: call register_fields()", label)]
    faults += [
        _error("E003", f"column {name} is neither declared personal nor plain", label)
        for name in sorted(columns - set(table.personal) - table.plain)
    ]
    faults += [
        _error("E004", f"{name} is declared but is no column", label)
        for name in sorted((set(table.personal) | table.plain) - columns)
    ]
    faults += [
        _error("E005", f"column {name} is declared both personal and plain", label)
        for name in sorted(set(table.personal) & table.plain)
    ]
    for name, field in sorted(table.personal.items()):
        faults += [_error("E006", f"column {name}: {why}", label) for why in _wrong_words(field)]
    if table.personal and holding_of(label) is None:
        faults.append(_error("E007", "it has personal columns but no holding: call register_holding()", label))
    holding = holding_of(label)
    if holding is not None:
        faults += [_error("E008", f"holding: {why}", label) for why in check_holding(model, holding)]
    return faults


def check_holding(model: type[Model], holding: Holding) -> Iterator[str]:
    """Yield what is wrong with the holding of the model."""
    try:
        model._meta.get_field(holding.subject_column)
    except FieldDoesNotExist:
        yield f"{holding.subject_column} is no column"
    if holding.retention not in set(Retention):
        yield f"unknown retention {holding.retention!r}"


def check_kinds(kinds: Iterable[Kind]) -> Iterator[CheckMessage]:
    """Yield kinds of journal line whose facts are kept for a time nobody knows."""
    for kind in kinds:
        if kind.retention not in set(Retention):
            yield _error("E010", f"unknown retention {kind.retention!r}", kind.code)


def _forbidden(columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(columns):
        words = forbidden_words(name)
        if words:
            yield name, ", ".join(words)


def _wrong_words(field: PersonalField) -> Iterator[str]:
    for what, word, known in (
        ("class", field.klass, set(Klass)),
        ("retention", field.retention, set(Retention)),
        ("merge rule", field.merge, set(Merge)),
        ("mask", field.mask, set(MASKS)),
    ):
        if word not in known:
            yield f"unknown {what} {word!r}, one of {', '.join(sorted(known))}"
    if not field.purpose:
        yield "a purpose is missing"


def _strangers(labels: set[str]) -> Iterator[CheckMessage]:
    """Yield declarations of models that do not exist."""
    declared = {table.label for table in registered_tables()} | {holding.model for holding in registered_holdings()}
    for label in sorted(declared):
        if label.lower() not in labels:
            yield _error("E009", "declared, but there is no such table", label)


def _error(number: str, text: str, label: str) -> Error:
    return Error(text, obj=label, id=f"privacy.{number}")
