"""Errors in German: what a program must not read, it must not be able to read everywhere."""

import re
from collections.abc import Mapping
from typing import Any

# {} stands for what the English message has in quotes, in the same order.
_MESSAGES = {
    "AuthenticationFailed": "Fehler bei der Authentifizierung.",
    "AuthorizationFailed": "Der Client '{}' mit der Objekt-ID '{}' ist nicht berechtigt, die Aktion '{}' über den "
    "Bereich '{}' auszuführen, oder der Bereich ist ungültig.",
    "ExpiredAuthenticationToken": "Das Zugriffstoken ist abgelaufen: '{}' liegt vor der aktuellen UTC-Zeit '{}'.",
    "InvalidResourceType": "Der Ressourcentyp wurde im Namespace '{}' für die API-Version '{}' nicht gefunden.",
    "MissingSubscriptionRegistration": "Das Abonnement ist nicht für die Verwendung des Namespace '{}' registriert.",
    "NotFound": "Die Ressource wurde nicht gefunden.",
    "ResourceGroupNotFound": "Die Ressourcengruppe '{}' wurde nicht gefunden.",
    "ResourceNotFound": "Die Ressource '{}' in der Ressourcengruppe '{}' wurde nicht gefunden.",
    "SubscriptionNotFound": "Das Abonnement '{}' wurde nicht gefunden.",
    "SubscriptionRequestsThrottled": "Die Anzahl der Leseanforderungen für das Abonnement '{}' hat den Grenzwert von "
    "'{}' für das Zeitintervall '{}' überschritten. Versuchen Sie es nach '{}' Sekunden noch einmal.",
    "TooManyRequests": "Zu viele Anforderungen. Versuchen Sie es später noch einmal.",
}
_OTHERWISE = "Ein Fehler ist aufgetreten."


def wants_english(headers: Mapping[str, str]) -> bool:
    """Whether the client said so; one that says nothing has to take what comes."""
    return headers.get("accept-language", "").strip().casefold().startswith("en")


def in_german(body: dict[str, Any]) -> dict[str, Any]:
    """An error body with its messages translated and its codes as they are."""
    return {"error": _translate(body["error"])}


def _translate(error: dict[str, Any]) -> dict[str, Any]:
    template, quoted = _MESSAGES.get(error["code"], _OTHERWISE), re.findall(r"'([^']*)'", error["message"])
    fits = template.count("{}") == len(quoted)
    translated = {**error, "message": template.format(*quoted) if fits else template.replace("'{}'", "…")}
    if "details" in error:
        translated["details"] = [_translate(one) for one in error["details"]]
    return translated
