import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.supervisor.environment import FolderInUse, folder_of_our_own, for_azure, for_sandbox

MANIFEST = {
    "arm": "https://localhost:8443",
    "authority": "https://localhost:8443",
    "ca": "/ca.pem",
    "tenant_id": "t",
    "client_id": "c",
    "client_secret": "s",
}


def test_the_sandbox_gets_nothing_of_the_azure_that_a_persons_shell_points_at(tmp_path: Path):
    given = {
        "PATH": "/bin",
        "AZURE_CLIENT_SECRET": "real",
        "AZURE_CLIENT_SECRET_FILE": "/real",
        "ENTRA_CLIENT_ID": "real",
        "PORTAL_ARM_ENDPOINT": "https://management.azure.com",
        "DATABASE_URL": "postgres://production/data",
    }
    environment = for_sandbox(tmp_path, 8010, given, MANIFEST)
    assert "real" not in environment.values()
    assert "/real" not in environment.values()
    assert environment["AZURE_CLIENT_SECRET"] == environment["ENTRA_CLIENT_SECRET"] == "s"
    assert environment["PORTAL_ARM_ENDPOINT"] == "https://localhost:8443"
    assert environment["DATABASE_URL"].startswith(f"sqlite:///{tmp_path}")
    assert environment["PATH"] == "/bin"


def test_the_sandbox_takes_from_the_shell_how_to_work(tmp_path: Path):
    given = {
        "PORTAL_SESSION_IDLE_SECONDS": "20",
        "PORTAL_ACTIVITY_KEYS_FILE": "/keys",
        "PORTAL_CA_BUNDLE_FILE": "/real",
    }
    environment = for_sandbox(tmp_path, 8010, given, MANIFEST)
    assert environment["PORTAL_SESSION_IDLE_SECONDS"] == "20"
    assert environment["PORTAL_ACTIVITY_KEYS_FILE"] == "/keys"
    assert "PORTAL_CA_BUNDLE_FILE" not in environment


def test_a_persons_own_settings_win_over_the_embedded_ones(tmp_path: Path):
    given = {"PORTAL_BASE_URL": "https://portal.example.net", "PORTAL_SECRET_KEY": "mine"}
    environment = for_azure(tmp_path, 8000, given)
    assert environment["PORTAL_BASE_URL"] == "https://portal.example.net"
    assert "PORTAL_SECRET_KEY_FILE" not in environment
    assert environment["CELERY_BROKER_URL"] == f"filesystem://{tmp_path}/broker"


def test_the_secret_key_is_made_once_and_for_the_owner_only(tmp_path: Path):
    first = Path(for_azure(tmp_path, 8000, {})["PORTAL_SECRET_KEY_FILE"])
    key = first.read_text()
    assert Path(for_azure(tmp_path, 8000, {})["PORTAL_SECRET_KEY_FILE"]).read_text() == key
    assert len(key) >= 50
    assert first.stat().st_mode & 0o077 == 0


@pytest.fixture
def _umask_as_before():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask_as_before")
def test_the_folder_is_for_its_owner_only_whatever_it_was_before(tmp_path: Path):
    tmp_path.chmod(0o755)
    with folder_of_our_own(tmp_path):
        (tmp_path / "new").touch()
        assert tmp_path.stat().st_mode & 0o077 == 0
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("_umask_as_before")
def test_two_supervisors_do_not_share_a_folder(tmp_path: Path):
    with folder_of_our_own(tmp_path), pytest.raises(FolderInUse), folder_of_our_own(tmp_path):
        pass
    with folder_of_our_own(tmp_path):
        pass


def test_a_command_without_a_demo_says_what_to_start(tmp_path: Path):
    command = [sys.executable, "-m", "portal.supervisor", "--var", str(tmp_path), "--manage", "verify_activity"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "make demo" in done.stdout) == (1, True)
