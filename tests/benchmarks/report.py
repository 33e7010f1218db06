"""The table of a run, and what is beyond its limit."""

from typing import Any

# How many times its floor a page may cost, on either database; about half as much again as was measured when
# each was set, and no limit rises because a page grew slower.
LIMITS: dict[str, float] = {
    "ok": 2.5,
    "list": 4.5,
    "location": 16.0,
    "search": 6.0,
    "search for a customer": 8.0,
    "detail": 6.0,
    "CSV of 10,000": 18.0,
    "2 x 10,000 routes": 3.0,
    "search in them": 3.0,
    "press to Azure": 15.0,
    "list of a part": 15.0,
    "sync, unchanged": 20.0,
}


def table(measured: list[dict[str, Any]]) -> str:
    """Milliseconds, the ratio, its limit, queries, and bytes plain and packed."""
    head = f"{'':<22}{'ours':>10}{'floor':>10}{'ratio':>8}{'limit':>7}{'queries':>9}{'bytes':>11}{'gzip':>9}"
    return "\n".join([head, *map(_line, measured)])


def judge(measured: list[dict[str, Any]]) -> list[str]:
    """A sentence for each ratio that is beyond its limit."""
    return [
        f"{one['name']} costs {one['ratio']:.1f} times its floor, {LIMITS[one['name']]} are allowed."
        for one in measured
        if one["ratio"] > LIMITS[one["name"]]
    ]


def _line(one: dict[str, Any]) -> str:
    times = f"{one['ours_ms']:>7.1f} ms{one['floor_ms']:>7.1f} ms{one['ratio']:>8.2f}{LIMITS[one['name']]:>7.1f}"
    return f"{one['name']:<22}{times}{one['queries']:>9}{one['bytes']:>11,}{one['packed']:>9,}"
