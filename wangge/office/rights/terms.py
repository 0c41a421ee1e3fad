"""Words for what is held about somebody: tables, fields, classes, purposes, how long, and what looks were for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.frame import zone
from wangge.people.rules.origins import origin_name
from wangge.words import label

Words = str | Promise

TABLES: dict[str, Words] = {
    "people.Resident": gettext_lazy("In the register"),
    "people.Phone": gettext_lazy("Telephone numbers"),
    "people.Household": gettext_lazy("The household"),
    "people.PriorityFlag": gettext_lazy("Flags"),
    "people.Stay": gettext_lazy("Stays at another door"),
    "people.Joining": gettext_lazy("Rows that were joined"),
    "surveys.DoorVisit": gettext_lazy("Visits at the door"),
    "surveys.Sighting": gettext_lazy("When a worker met this person"),
    "surveys.Response": gettext_lazy("What was answered"),
    "surveys.Contradiction": gettext_lazy("Answers that contradict each other"),
    "surveys.SpotCheck": gettext_lazy("When a second person looked at the door again"),
    "surveys.CampaignDoor": gettext_lazy("Whether the household has declared"),
    "surveys.TeamDoor": gettext_lazy("Evening calls at the door"),
    "surveys.CampaignTeam": gettext_lazy("Evening teams"),
    "surveys.CodeTry": gettext_lazy("Tries of codes"),
    "surveys.ListEntry": gettext_lazy("Rows of lists that were handed down"),
    "surveys.ListFinding": gettext_lazy("What was found for these lists"),
    "surveys.HandedDownList": gettext_lazy("Lists that were handed down"),
    "journal.LineFacts": gettext_lazy("Journal of what was done"),
    "journal.PersonDay": gettext_lazy("Days on which this person was counted"),
    "imports.ImportRow": gettext_lazy("Rows of sheets that were read in"),
    "imports.ImportUpload": gettext_lazy("Sheets that wait to be brought in"),
    "imports.ImportSheet": gettext_lazy("What sheets say beside their rows, kept a week to be given back"),
    "forms.Export": gettext_lazy("Forms taken out, as long as the file is kept"),
    "agenda.Due": gettext_lazy("What is planned"),
    "gateways.OutgoingMessage": gettext_lazy("Messages to this person"),
}

# Column > words, and the group of codes its values are taken from where there is one.
COLUMNS: dict[str, tuple[Words, str]] = {
    "name": (pgettext_lazy("person", "Name"), ""),
    "pinyin": (gettext_lazy("Name in pinyin (for search)"), ""),
    "initials": (gettext_lazy("Initials in pinyin (for search)"), ""),
    "other_initials": (gettext_lazy("Initials in another reading (for search)"), ""),
    "sex": (gettext_lazy("Sex"), "people.sex"),
    "birth_on": (gettext_lazy("Date of birth"), ""),
    "id_kind": (gettext_lazy("Document"), "people.id_kind"),
    "id_number": (gettext_lazy("Document number"), ""),
    "id_sealed": (gettext_lazy("Document number, encrypted"), ""),
    "id_index": (gettext_lazy("Keyed index of the document number"), ""),
    "id_last4": (gettext_lazy("Keyed index of its last four"), ""),
    "id_doubt": (gettext_lazy("Why the number is doubted"), ""),
    "relation": (gettext_lazy("Relation to head"), "people.relation"),
    "is_head": (gettext_lazy("Head of household"), ""),
    "guardian": (gettext_lazy("Guardian"), ""),
    "presence": (gettext_lazy("Presence"), "people.presence"),
    "state": (gettext_lazy("State"), "people.state"),
    "state_on": (gettext_lazy("State since"), ""),
    "added_at": (gettext_lazy("Added"), ""),
    "opened_at": (gettext_lazy("Added"), ""),
    "address": (gettext_lazy("Address as written"), ""),
    "note": (gettext_lazy("Note"), ""),
    "number": (gettext_lazy("Number"), ""),
    "phones": (gettext_lazy("Telephone"), ""),
    "sealed": (gettext_lazy("As it was written, encrypted"), ""),
    "index": (gettext_lazy("Keyed index"), ""),
    "last4": (gettext_lazy("Keyed index of its last four"), ""),
    "reason": (gettext_lazy("Reason"), "people.flag"),
    "basis": (gettext_lazy("Basis"), ""),
    "origin": (gettext_lazy("Came from"), ""),
    "came_on": (gettext_lazy("Day of arrival"), ""),
    "from_on": (gettext_lazy("From"), ""),
    "until_on": (gettext_lazy("Until"), ""),
    "ended_on": (gettext_lazy("Ended"), ""),
    "review_on": (gettext_lazy("Looked at again"), ""),
    "end_reason": (gettext_lazy("Why it ended"), ""),
    "before": (gettext_lazy("How it was before, encrypted"), ""),
    "after": (gettext_lazy("A digest of how it was left"), ""),
    "whom": (gettext_lazy("A keyed index of whom it means"), ""),
    "cells": (gettext_lazy("The row of the sheet, encrypted, for a week"), ""),
    "samples": (gettext_lazy("How its cells look, encrypted"), ""),
    "joined_at": (gettext_lazy("Joined"), ""),
    "undone_at": (gettext_lazy("Undone"), ""),
    "at": (gettext_lazy("When"), ""),
    "received_at": (gettext_lazy("Received"), ""),
    "remarks": (gettext_lazy("Remarks"), ""),
    "questionnaire": (gettext_lazy("Questionnaire"), ""),
    "version": (gettext_lazy("Version"), ""),
    "how": (gettext_lazy("How it came"), "answers.source"),
    "answers": (gettext_lazy("Answers"), ""),
    "helper": (gettext_lazy("Who wrote for somebody"), ""),
    "members": (gettext_lazy("Members of the team"), ""),
    "digest": (gettext_lazy("A digest of the code"), ""),
    "client": (gettext_lazy("A keyed index of who tried"), ""),
    "question": (gettext_lazy("Question"), ""),
    "found_at": (pgettext_lazy("contradiction", "Found"), ""),
    "drawn_at": (gettext_lazy("Drawn"), ""),
    "kind": (gettext_lazy("What"), ""),
    "facts": (gettext_lazy("Details"), ""),
    "day": (gettext_lazy("Day"), ""),
    "path": (gettext_lazy("Grid in which it counted"), ""),
    "counter": (gettext_lazy("Counted as"), ""),
    "file": (gettext_lazy("File"), ""),
    "list": (pgettext_lazy("list", "List"), ""),
    "source": (gettext_lazy("Who sent it"), ""),
    "words": (gettext_lazy("In whose words"), ""),
    "original": (gettext_lazy("As it came, encrypted"), ""),
    "person": (gettext_lazy("Keyed index of number and name"), ""),
    "differs": (gettext_lazy("In what it differs from the register"), ""),
    "layout": (gettext_lazy("The sheet around the rows, encrypted"), ""),
    "sheet": (gettext_lazy("Sheet"), ""),
    "row": (gettext_lazy("Row"), ""),
    "outcome": (gettext_lazy("What became of it"), ""),
    "staged_at": (gettext_lazy("Read in"), ""),
    "form": (gettext_lazy("Form"), ""),
    "purpose": (gettext_lazy("What for"), ""),
    "until_at": (gettext_lazy("Kept until"), ""),
    "fingerprint": (gettext_lazy("Keyed index of the row"), ""),
    "codes": (gettext_lazy("What was doubtful in it"), ""),
    "due_at": (gettext_lazy("Planned for"), ""),
    "done_at": (gettext_lazy("Done"), ""),
    "channel": (gettext_lazy("How"), ""),
    "target": (gettext_lazy("Sent to"), ""),
    "target_sealed": (gettext_lazy("To whom, encrypted"), ""),
    "target_index": (gettext_lazy("Keyed index of to whom"), ""),
    "body": (gettext_lazy("Message text"), ""),
    "made_at": (gettext_lazy("Written"), ""),
    "not_sent": (gettext_lazy("Why it was not sent"), ""),
}
# Groups of codes that hold in one table only.
GROUPS = {
    ("surveys.DoorVisit", "state"): "surveys.state",
    ("surveys.ListEntry", "outcome"): "lists.outcome",
    ("surveys.ListFinding", "outcome"): "lists.outcome",
}
COUNTED = {"persons_seen": gettext_lazy("met at the door")}

CLASSES: dict[str, Words] = {
    "identity": pgettext_lazy("class of data", "who somebody is"),
    "contact": pgettext_lazy("class of data", "how to reach somebody"),
    "address": pgettext_lazy("class of data", "where somebody lives"),
    "family": pgettext_lazy("class of data", "family"),
    "care": pgettext_lazy("class of data", "what help is needed"),
    "health": pgettext_lazy("class of data", "health (sensitive)"),
    "whereabouts": pgettext_lazy("class of data", "whereabouts (sensitive)"),
    "money": pgettext_lazy("class of data", "money (sensitive)"),
    "survey": pgettext_lazy("class of data", "what was found at the door"),
    "work": pgettext_lazy("class of data", "work"),
    "note": pgettext_lazy("class of data", "notes"),
    "credential": pgettext_lazy("class of data", "signing in"),
    "record": pgettext_lazy("class of data", "records of what was done"),
}
PURPOSES: dict[str, Words] = {
    "security": gettext_lazy("safety of the server"),
    "register": pgettext_lazy("purpose", "the register of who lives where"),
    "care": pgettext_lazy("purpose", "help for those who need it"),
    "survey": pgettext_lazy("purpose", "going from door to door"),
    "list": pgettext_lazy("purpose", "answering lists that were handed down"),
    "proof": pgettext_lazy("purpose", "proof of what was done"),
    "count": pgettext_lazy("purpose", "counting nobody twice"),
    "audit": pgettext_lazy("purpose", "watching who looked"),
    "notice": pgettext_lazy("purpose", "telling somebody something"),
    "work": pgettext_lazy("purpose", "organising the work"),
}
KEPT: dict[str, Words] = {
    "response": gettext_lazy("Deleted when this response ends."),
    "kind": gettext_lazy("Deleted when this response ends; some lines earlier."),
    "duty": gettext_lazy("Deleted when the duty ends."),
    "ledger": gettext_lazy("Kept as the law on accounts asks."),
}
LOOKED: dict[str, Words] = {
    "register": pgettext_lazy("look", "opened a page of the register"),
    "search": pgettext_lazy("look", "searched"),
    "survey": pgettext_lazy("look", "recorded a visit"),
    "import": pgettext_lazy("look", "read in a sheet"),
    "list": pgettext_lazy("look", "answered a handed-down list"),
    "printout": pgettext_lazy("look", "printed what is held"),
    "audit": pgettext_lazy("look", "checked who looked"),
    "account.manage": pgettext_lazy("look", "managed accounts"),
    "call": pgettext_lazy("look", "whole numbers, to telephone"),
    "check": pgettext_lazy("look", "whole numbers, to check a document"),
    "form": pgettext_lazy("look", "whole numbers, to fill in a form"),
}
CHANNELS: dict[str, Words] = {
    "desk": pgettext_lazy("channel", "desk"),
    "phone": pgettext_lazy("channel", "phone"),
    "import": pgettext_lazy("channel", "sheet"),
    "cli": pgettext_lazy("channel", "server"),
    "worker": pgettext_lazy("channel", "server"),
}
LISTS: dict[str, Words] = {
    "search": gettext_lazy("Hits of a search"),
    "households": gettext_lazy("List of households"),
    "residents": gettext_lazy("List of people"),
    "building": gettext_lazy("Sheet of a building"),
    "accounts": gettext_lazy("List of accounts"),
    "looks": gettext_lazy("Log of who looked"),
    "indicator": gettext_lazy("People behind a number"),
    "form": gettext_lazy("First rows of a form"),
    "exports": gettext_lazy("List of exports"),
    "list_rows": gettext_lazy("Rows of a handed-down list"),
    "list_work": gettext_lazy("People to check"),
    "round_doors": gettext_lazy("Doors of a survey round"),
    "round_changes": gettext_lazy("What a survey round found changed"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with its heading."""

    label: str
    words: str


def looked_for(purpose: str) -> str:
    """Return what a look was for, in words; what somebody wrote themselves is quoted."""
    code, _sep, said = purpose.partition(": ")
    if said and code == "other":
        return _("whole numbers: %(said)s") % {"said": said}
    if said and code == "export":
        return _("handed out as a sheet: %(said)s") % {"said": said}
    return str(LOOKED.get(purpose, purpose))


def field_words(name: str) -> str:
    """Return what a column, or a field of a form, is called."""
    return str(COLUMNS[name][0]) if name in COLUMNS else label("forms.field", name)


def fields_words(names: Iterable[str]) -> str:
    """Return what several columns are called, as a list, each word once."""
    return _listed(dict.fromkeys(field_words(name) for name in names))


def _listed(words: Iterable[str]) -> str:
    return pgettext("in a list", ", ").join(words)


def cells(model: str, row: Mapping[str, object]) -> Iterator[Cell]:
    """Yield the values of one row that is held about somebody, without those that are empty."""
    for name, value in row.items():
        words = _value(model, name, value)
        if words:
            yield Cell(field_words(name), words)


def _value(model: str, name: str, value: object) -> str:
    if name == "facts":
        return _facts(value)
    if name == "kind" and "." in str(value):
        return label(f"{str(value).partition('.')[0]}.kind", str(value))
    if name == "counter":
        return str(COUNTED.get(str(value), value))
    if name == "origin":
        return origin_name(str(value))
    group = GROUPS.get((model, name)) or COLUMNS.get(name, ("", ""))[1]
    return label(group, str(value)) if group and value else _plain(value)


def _facts(facts: object) -> str:
    """Return which fields a journal line names; its other facts are numbers of rows, which say nothing to anybody."""
    named = facts.get("fields") if isinstance(facts, dict) else None
    return _listed(label("people.field", str(one)) for one in named) if isinstance(named, list) else ""


def _plain(value: object) -> str:
    """Return a value as people read it: local days and hours, yes and no."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    instant = _instant(value)
    if instant is not None:
        return f"{local_day(instant, zone()).isoformat()} {wording.hour(instant, zone())}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _listed(str(one) for one in value)
    return str(value)


def _instant(value: object) -> datetime | None:
    """Return an instant, also one that was written as ISO 8601 text; None for anything else."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    return None
