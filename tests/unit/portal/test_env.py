from pathlib import Path

import pytest

from portal import env


def test_a_missing_variable_stops_the_process_with_one_line_that_says_what_it_takes():
    with pytest.raises(SystemExit) as stop:
        env.text("NOT_SET_ANYWHERE", takes="a long text")
    assert str(stop.value) == "crossconnect: NOT_SET_ANYWHERE is missing: it takes a long text."


def test_an_empty_variable_counts_as_missing(monkeypatch):
    monkeypatch.setenv("SOMETHING", "  ")
    assert env.text("SOMETHING", takes="a text", default="instead") == "instead"


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path: Path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))
    assert env.text("A_SECRET", takes="a secret") == "from the file"


def test_a_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("OTHER_SECRET_FILE", "/nowhere/at/all")
    with pytest.raises(env.BadSetting, match="OTHER_SECRET_FILE names a file that cannot be read"):
        env.text("OTHER_SECRET", takes="a secret")


def test_a_secret_that_begins_with_a_dollar_is_taken_as_it_is(monkeypatch):
    monkeypatch.setenv("DOLLARS", "$HOME")
    assert env.text("DOLLARS", takes="a secret") == "$HOME"


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten", "١"])
def test_a_number_is_whole_and_large_enough(monkeypatch, value: str):
    monkeypatch.setenv("SECONDS", value)
    with pytest.raises(env.BadSetting, match="SECONDS is"):
        env.integer("SECONDS", takes="seconds", default=5)


@pytest.mark.parametrize(
    "value",
    [
        "portal.example.net",
        "ftp://portal.example.net",
        "https://",
        "https://portal.example.net/path",
        "https://user@portal.example.net",
        "https://portal.example.net?x=1",
        "https://portal.example.net:port",
        "https://[::1",
    ],
)
def test_an_origin_has_scheme_and_host_and_nothing_else(monkeypatch, value: str):
    monkeypatch.setenv("ORIGIN", value)
    with pytest.raises(env.BadSetting, match="ORIGIN is"):
        env.origin("ORIGIN", takes="an origin")


def test_an_origin_loses_its_trailing_slash(monkeypatch):
    monkeypatch.setenv("ORIGIN", "https://portal.example.net:8443/")
    assert env.origin("ORIGIN", takes="an origin") == "https://portal.example.net:8443"


@pytest.mark.parametrize("value", ["nonsense", "mysql://host/name", "https://example.net"])
def test_a_database_url_names_sqlite_or_postgresql(monkeypatch, value: str):
    monkeypatch.setenv("SOME_DATABASE", value)
    with pytest.raises(env.BadSetting, match="SOME_DATABASE"):
        env.database("SOME_DATABASE", default="sqlite://:memory:")
