"""Answers as Microsoft published them; each file's name says where it is from.

``trace_*``: Microsoft's published trace (cross-connections-api-development), api-version 2018-02-01.
``spec_*``: the examples of Azure/azure-rest-api-specs, 2018-02-01. ``errors``: error bodies seen in GitHub issues of
Azure/* and in recorded sessions of azure-cli-extensions and azure-powershell.
"""

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8"))
