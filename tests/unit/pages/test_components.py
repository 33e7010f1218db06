from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError

from portal.templatetags.components import ICONS, icon, identifier, moment

SPRITE = Path("templates/components/sprite.svg.html").read_text()


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert icon("s-done", "ok") == '<svg class="i ok" aria-hidden="true"><use href="#s-done"/></svg>'


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="no icon 'nonsense'"):
        icon("nonsense")


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_in_the_sprite(name: str) -> None:
    assert f'<symbol id="{name}"' in SPRITE


def test_an_identifier_can_be_copied_and_is_escaped() -> None:
    shown = identifier('"><script>', label="circuit name")
    assert "<script>" not in shown
    assert 'data-copy="&quot;&gt;&lt;script&gt;"' in shown
    assert 'aria-label="Copy circuit name"' in shown


def test_a_moment_tells_the_absolute_time_in_utc() -> None:
    elsewhere = datetime(2026, 11, 3, 15, 2, tzinfo=timezone(timedelta(hours=1)))
    shown = '<time datetime="2026-11-03T14:02:00+00:00" title="3 Nov 2026, 14:02 UTC">2 min ago</time>'
    assert moment(elsewhere, "2 min ago") == shown


def test_a_moment_without_words_is_the_absolute_time() -> None:
    assert ">3 Nov 2026, 14:02 UTC</time>" in moment(datetime(2026, 11, 3, 14, 2, tzinfo=UTC))
