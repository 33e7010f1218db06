import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.integration.pages.changes import held
from tests.integration.pages.rows import KEY, cross_connection, enlisted


def test_the_frame_names_the_person_their_role_and_the_way_out(viewer: Client) -> None:
    shown = viewer.get("/cross-connections/").content.decode()
    for words in ("Lotte de Vries", "Viewer", 'action="/sign-out/"', "csrfmiddlewaretoken", "Sandbox."):
        assert words in shown


@pytest.mark.parametrize(
    "address",
    [
        "/cross-connections/",
        f"/cross-connections/{KEY}/",
        "/communities/",
        "/changes/",
        "/changes/{number}/",
        "/activity/",
    ],
)
def test_no_id_stands_twice_on_a_page(viewer: Client, address: str) -> None:
    """The symbols of the icons are on every page as well, and the first of two is the one that is found."""
    number = held(cross_connection(enlisted(), KEY)).pk
    found = re.findall(r'\sid="([^"]+)"', viewer.get(address.format(number=number)).content.decode())
    assert sorted(set(found)) == sorted(found)


@pytest.mark.parametrize(
    ("address", "words"),
    [("/communities/", "Communities"), ("/ports/", "Port pairs"), ("/activity/", "Activity")],
)
def test_the_place_is_marked_in_the_bar_and_in_what_a_narrow_one_has_no_room_for(
    viewer: Client, address: str, words: str
) -> None:
    shown = viewer.get(address).content.decode()
    assert f"<h1>{words.split(maxsplit=1)[0]}" in shown
    assert len(re.findall(rf'<a (?:class="wide" )?href="{address}"[^>]* aria-current="page"', shown)) == 2
    assert shown.count('aria-current="page"') == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_theme_is_in_the_first_answer(viewer: Client, theme: str) -> None:
    viewer.cookies["theme"] = theme
    assert f'<html lang="en" data-theme="{theme}">' in viewer.get("/cross-connections/").content.decode()


def test_the_sign_in_page_keeps_where_the_person_wanted_to_go(client: Client) -> None:
    shown = client.get(
        "/sign-in/?next=/cross-connections/%3Fq%3Da%26location%3DB", HTTP_HOST="localhost"
    ).content.decode()
    assert 'href="/sign-in/start/?next=%2Fcross-connections%2F%3Fq%3Da%26location%3DB"' in shown


def test_a_page_that_is_not_there_has_a_link_out_for_everyone(client: Client, viewer: Client) -> None:
    for browser in (client, viewer):
        response = browser.get("/nope/", HTTP_HOST="localhost")
        assert response.status_code == 404
        assert 'href="/"' in response.content.decode()


def test_the_page_of_our_own_faults_needs_nothing() -> None:
    shown = render_to_string("errors/500.html")
    assert "Something went wrong" in shown
    assert 'href="/"' in shown


@pytest.mark.parametrize(
    "path",
    [
        "/cross-connections/",
        f"/cross-connections/{KEY}/",
        "/changes/",
        "/changes/{number}/",
        "/activity/",
        "/sign-in/",
        "/signed-out/",
    ],
)
def test_no_page_has_inline_script_or_style(viewer: Client, client: Client, path: str) -> None:
    number = held(cross_connection(enlisted(), KEY)).pk
    browser = client if path.startswith("/sign") else viewer
    shown = browser.get(path.format(number=number), HTTP_HOST="localhost").content.decode()
    for forbidden in (" style=", "<style", "hx-on", "onclick=", "<script>"):
        assert forbidden not in shown
