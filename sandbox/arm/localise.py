"""The language of errors: what a program must not read, it must not be able to read everywhere."""

from collections.abc import Mapping

from sandbox.arm.sentences import ENGLISH, GERMAN


def sentences_for(headers: Mapping[str, str], *, always_german: bool) -> Mapping[str, str]:
    """German for who prefers it, or for everybody; English for all others, whatever they prefer."""
    is_german = always_german or _preferred(headers.get("accept-language", "")).split("-")[0] == "de"
    return GERMAN if is_german else ENGLISH


def _preferred(accepted: str) -> str:
    """The language with the highest quality, the first of several (RFC 9110, 12.5.4)."""
    languages = [entry.partition(";") for entry in accepted.casefold().split(",")]
    wanted = {name.strip(): _quality(parameter) for name, _, parameter in reversed(languages)}
    return max(reversed(wanted), key=lambda name: wanted[name], default="")


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
