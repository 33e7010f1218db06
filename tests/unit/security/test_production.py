"""What a production installation has not: what shows its inside, and the sandbox (ASVS 13.4, 15.2.3)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.portal.settings_read import COMPLETE

ROOT = Path(__file__).parents[3]
ASK = """
import json
from portal import settings
names = ("DEBUG", "INSTALLED_APPS", "MIDDLEWARE", "ALLOWED_HOSTS", "PORTAL_CLOUD")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
PACKAGES_OF_THE_SANDBOX = {"starlette", "uvicorn", "trustme", "python-multipart", "regex"}
OF_DEVELOPERS = {"pytest", "playwright", "hypothesis", "django-debug-toolbar", "ipython", "django-extensions"}


@pytest.mark.parametrize("asked", [{}, {"DEBUG": "1", "DJANGO_DEBUG": "true", "PORTAL_DEBUG": "1"}])
def test_there_is_no_way_to_switch_debugging_on(asked: dict[str, str]):
    environment = {"PATH": os.environ["PATH"]} | COMPLETE | asked
    told = json.loads(subprocess.check_output([sys.executable, "-c", ASK], env=environment, cwd=ROOT))
    assert (told["DEBUG"], told["ALLOWED_HOSTS"], told["PORTAL_CLOUD"]) == (False, ["portal.contoso.net"], "AzureCloud")
    assert not [
        name for name in told["INSTALLED_APPS"] + told["MIDDLEWARE"] if re.search("admin|debug|sandbox|docs", name)
    ]


def test_the_image_has_the_portal_in_it_and_neither_sandbox_nor_tests_nor_history():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "docker" / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert set(copied) == {"requirements.txt", "manage.py", "portal", "crossconnections", "templates", "static"}


def test_what_is_installed_in_production_is_locked_with_hashes_and_is_neither_the_sandboxs_nor_a_developers():
    lines = (ROOT / "requirements.txt").read_text()
    packages = dict.fromkeys(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==\S+ \\$", lines, flags=re.MULTILINE))
    assert {"django", "msal", "cryptography"} <= packages.keys()
    assert not packages.keys() & (PACKAGES_OF_THE_SANDBOX | OF_DEVELOPERS)
    pinned = re.split(r"^(?=\S+==)", lines, flags=re.MULTILINE)[1:]
    assert [one.split()[0] for one in pinned if "--hash=sha256:" not in one] == []
