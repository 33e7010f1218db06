"""The 22 rules of signing in, and that each has a test. ``@pytest.mark.rule(7)`` says which one a test is for."""

import importlib
import pkgutil
from collections.abc import Iterator

from tests.integration.portal import sign_in

RULES = {
    1: "alg none, HS256 with the public key, an unknown kid (one refresh of the keys a minute), keys in the header",
    2: "wrong aud, as a text and as a list",
    3: "wrong iss, a tid that is not allowed, not that of iss, or missing",
    4: "exp past or missing, nbf in the future, a skew of 120 s at most",
    5: "nonce wrong or missing",
    6: "no id_token; an access token sent as one",
    7: "state absent, wrong, of another session, replayed; a second tab; no flow; a flow older than ten minutes",
    8: "PKCE with S256",
    9: "the callback's error, escaped",
    10: "a hostile next, judged again at the redirect",
    11: "the session's key rotates; the old one is anonymous",
    12: "signing in as somebody else leaves nothing of the one before",
    13: "a person is tenant and object id, whatever the e-mail address",
    14: "roles and groups as the latest token has them, case-exact; without any a 403; never staff or superuser",
    15: "who is deactivated is out at the next request",
    16: "a role is stale no longer than a session; all sessions of a person can be ended",
    17: "groups overage is no groups",
    18: "signing out: POST, CSRF, ends the session on the server, one way back",
    19: "no password",
    20: "the authority down, failing, slow or talking nonsense",
    21: "no token, code, secret or claims in the log",
    22: "no header moves the redirect URI",
}


def marked() -> Iterator[int]:
    for module in pkgutil.iter_modules(sign_in.__path__):
        for name, found in vars(importlib.import_module(f"{sign_in.__name__}.{module.name}")).items():
            if name.startswith("test_"):
                yield from (mark.args[0] for mark in getattr(found, "pytestmark", []) if mark.name == "rule")


def test_each_rule_has_a_test():
    assert set(marked()) == set(RULES)
