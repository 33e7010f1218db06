"""Looking changes nothing: not one statement writes, of objects that are there, whoever looks (ASVS 3.5.3)."""

import pytest

from tests.integration.access.matrix import World
from tests.integration.portal.security.walk import AND_TOLD, HTMX, rows_but_of, stops, tables_written, text_of

APART = {model._meta.db_table for model in AND_TOLD}


@pytest.mark.parametrize("who", ["anonymous", "vie@ams", "adminis"])
def test_no_get_and_no_head_writes_anything_but_that_somebody_was_here(world: World, who: str):
    before, wrote = rows_but_of(AND_TOLD), {}
    for name, address, _ in stops(world):
        for method, headers in (("GET", {}), ("HEAD", {}), ("GET", HTMX)):
            with tables_written() as tables:
                text_of(world.browser(who).generic(method, address, headers=headers))
            wrote[f"{method} {name}"] = tables - APART
    assert {what: tables for what, tables in wrote.items() if tables} == {}
    assert rows_but_of(AND_TOLD) == before
