"""What the pages tell of the role is what the code asks for."""

import json
import re
from pathlib import Path

from crossconnections.readiness.actions import custom_role

ROOT = Path(__file__).parents[3]


def test_the_readme_has_the_actions_of_the_role_that_is_offered():
    [block] = re.findall(r"```json\n(\[.*?\])\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert json.loads(block) == json.loads(custom_role("x"))["Actions"]
