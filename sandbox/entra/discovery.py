"""What a client reads first: where everything is, and the keys that tokens are signed with."""

from typing import Any

from sandbox.world import World


def told_discovery(world: World) -> dict[str, Any] | list[Any]:
    """The document, with the defect that is asked for."""
    document = discovery_document(world)
    changes: dict[str, dict[str, Any]] = {
        "wrong_issuer": {"issuer": "https://login.elsewhere.example/v2.0"},
        "keys_elsewhere": {"jwks_uri": "https://login.elsewhere.example/keys"},
        "tokens_elsewhere": {"token_endpoint": "https://login.elsewhere.example/token"},
        "people_elsewhere": {"authorization_endpoint": "https://login.elsewhere.example/authorize"},
        "way_out_elsewhere": {"end_session_endpoint": "https://login.elsewhere.example/logout"},
    }
    if world.behaviour.discovery == "not_an_object":
        return [document]
    return document | changes.get(world.behaviour.discovery, {})


def discovery_document(world: World) -> dict[str, Any]:
    """OpenID Connect discovery, as Entra's v2.0 endpoint has it; people's pages are on another origin."""
    tenant = world.identity.tenant_id
    authority, people = f"{world.settings.origin}/{tenant}", f"{world.settings.people_origin}/{tenant}"
    return {
        "issuer": world.issuer,
        "authorization_endpoint": f"{people}/oauth2/v2.0/authorize",
        "token_endpoint": f"{authority}/oauth2/v2.0/token",
        "jwks_uri": f"{authority}/discovery/v2.0/keys",
        "end_session_endpoint": f"{people}/oauth2/v2.0/logout",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "http_logout_supported": True,
        "frontchannel_logout_supported": False,
    }


def published_keys(world: World) -> dict[str, Any]:
    """The JSON web key set."""
    return {"keys": [{**world.signing_key.published(), "issuer": world.issuer}]}
