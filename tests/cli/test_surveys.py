"""``wangge survey`` as it is typed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.calling import Installation
from wangge.kernel.periods import local_day

ZONE = "Asia/Shanghai"
