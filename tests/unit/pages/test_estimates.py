from datetime import timedelta

import pytest

from crossconnections.presenters.tables.estimates import usual_span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ([12] * 4, ""),
        ([12] * 5, "usually 12 s here"),
        ([8, 9, 10, 12, 14], "usually 8–14 s here"),
        # One that took for ever is not usual, nor is one that was there at once.
        ([0, *range(8, 15), 500], "usually 8–14 s here"),
        ([0.2] * 9, "usually under 1 s here"),
        ([0.2, 0.4, 1.2, 2.4, 3.1], "usually 1–3 s here"),
        ([60, 120, 180, 240, 300], "usually 1–5 min here"),
        ([-1] * 5, "usually under 1 s here"),
    ],
)
def test_from_the_10th_to_the_90th_percentile_in_whole_numbers(seconds: list[float], words: str) -> None:
    assert usual_span([timedelta(seconds=one) for one in seconds]) == words
