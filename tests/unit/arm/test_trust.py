import ssl
from pathlib import Path

import pytest
import trustme

from crossconnections.arm.trust import context_for


def certificates(file: Path) -> str:
    trustme.CA().cert_pem.write_to_path(str(file))
    return str(file)


def test_a_file_is_read_once_and_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = certificates(tmp_path / "ca.pem")
    context = context_for(path)
    assert context_for(path) is context
    Path(path).unlink()
    certificates(tmp_path / "ca.pem")
    assert context_for(path) is not context


def test_what_is_not_verified_is_not_trusted(tmp_path: Path) -> None:
    context = context_for(certificates(tmp_path / "ca.pem"))
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert [len(context.get_ca_certs())] == [1]


def test_nothing_older_than_tls_1_2_is_spoken(tmp_path: Path) -> None:
    assert context_for(certificates(tmp_path / "ca.pem")).minimum_version >= ssl.TLSVersion.TLSv1_2


def test_without_a_file_there_is_no_context(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        context_for(str(tmp_path / "none.pem"))
