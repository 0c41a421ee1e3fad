"""The questionnaires that come with Wangge: data files; every installation keeps them as published ones of its area."""

import json
from functools import cache
from pathlib import Path

from wangge.surveys.rules.questionnaires import Definition, read_definition


@cache
def shipped() -> dict[str, Definition]:
    """Return the shipped questionnaires by code."""
    files = sorted(Path(__file__).parent.glob("*.json"))
    return {file.stem: read_definition(json.loads(file.read_text("utf-8"))) for file in files}
