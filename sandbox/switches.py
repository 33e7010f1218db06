"""The ways in which Azure may differ from day to day: what each switch means, and what it takes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sandbox.arm.hostile import KINDS as HOSTILE_TEXTS
from sandbox.estate.prefix_states import OUTCOMES
from sandbox.network.tables import ODDITIES

ID_TOKENS = (
    *("good", "absent", "access_token"),
    *("unsigned", "wrong_key", "unknown_key", "key_in_header", "key_address_in_header", "public_key_as_secret"),
    *("wrong_audience", "wrong_audience_list", "audience_list"),
    *("wrong_issuer", "wrong_tenant", "issuer_not_of_tenant", "tenant_not_of_issuer", "no_tenant"),
    *("expired", "no_expiry", "not_yet_valid", "no_nonce", "wrong_nonce"),
    *("no_object_id", "odd_object_id", "another_object_id", "markup_in_names", "hostile_claims"),
    *("no_roles", "odd_roles", "roles_as_text", "no_groups", "groups_by_name", "hasgroups"),
)
SUBSCRIPTION_STATES = ("Enabled", "Warned", "PastDue", "Disabled")
_LEFT_OUT = ("removed", "kept")
DISCOVERIES = (
    *("good", "wrong_issuer", "keys_elsewhere", "tokens_elsewhere", "people_elsewhere", "way_out_elsewhere"),
    "not_an_object",
)


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch in words, and how a value is checked."""

    meaning: str
    takes: str
    accepts: Callable[[object], bool]
    # What there is to choose from, where it is a few words.
    words: tuple[str, ...] = ()


def _on_or_off(meaning: str) -> Switch:
    return Switch(meaning, "true or false", lambda value: type(value) is bool)


def _whole(least: int, most: int, meaning: str) -> Switch:
    def accepts(value: object) -> bool:
        # True is an int to Python, and 50.0 equals 50.
        return type(value) is int and least <= value <= most

    return Switch(meaning, f"a whole number from {least} to {most}", accepts)


def _one_of(values: tuple[str, ...], meaning: str) -> Switch:
    return Switch(meaning, f"one of {', '.join(values)}", lambda value: value in values, values)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _are_actions(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(_is_text(one) for one in value))


def _are_some_of(known: Collection[str]) -> Callable[[object], bool]:
    def accepts(value: object) -> bool:
        words = value if isinstance(value, list) else [value]
        return value == "" or all(word in known for word in words)

    return accepts


def _is_no_end(value: object) -> bool:
    return _is_text(value) and str(value).casefold() not in {"succeeded", "failed", "canceled"}


SWITCHES = {
    "unregistered": _on_or_off(
        "Microsoft.Network is registered in no subscription: its resources answer 409 "
        "MissingSubscriptionRegistration, in each subscription until somebody registers it there."
    ),
    "unenrolled": _on_or_off(
        "No subscription is enrolled as a partner: cross connections and ports answer 404 InvalidResourceType."
    ),
    "subscription_state": _one_of(
        SUBSCRIPTION_STATES,
        "The state of every subscription. A disabled one refuses writes with 409 ReadOnlyDisabledSubscription.",
    ),
    "port_pairs_unregistered": _on_or_off(
        "No subscription is registered for the feature AllowExpressRoutePorts: port pairs answer 400 "
        "SubscriptionNotRegisteredForFeature. Circuits can be moved all the same."
    ),
    "missing_permission": Switch(
        "Actions that nobody granted, * for any letters: what needs one answers 403 AuthorizationFailed.",
        "an action such as Microsoft.Network/expressRouteCrossConnections/read, or a list of them",
        _are_actions,
    ),
    "claims_challenge": _whole(
        0,
        1_000_000,
        "That many requests answer 401 insufficient_claims, but for tokens that were asked with the claims.",
    ),
    "quota": _whole(
        1, 1_000_000, "Reads that a subscription's bucket holds; it refills by 25 a second, and empty it answers 429."
    ),
    "throttle_without_retry_after": _on_or_off(
        "An empty bucket answers 429 TooManyRequests without Retry-After, as the resource provider does."
    ),
    "localised_messages": _on_or_off(
        "Errors are told in German, whatever language is asked for; codes stay. Who prefers German has them so anyway."
    ),
    "folded_ids": _on_or_off("Ids come with resourcegroups, and the group in lower case."),
    "list_page_size": _whole(1, 1000, "Entries on a page of a list of cross connections."),
    "peering_edit_moves_etag": _on_or_off(
        "Whoever edits a peering moves the etag of its cross connection as well; which of the two is not documented."
    ),
    "peering_write_updates_parent": _on_or_off(
        "While a peering is written or deleted its cross connection is Updating as well, and ends as the peering does; "
        "whether it is so is not documented."
    ),
    "table_answers": _one_of(
        ("accepted", "at_once"),
        "Whether a table is promised by a 202 with Location, or comes at once in a 200.",
    ),
    "table_operation_header": _on_or_off(
        "The 202 for a table has Azure-AsyncOperation beside Location: the state of the operation, as for a write."
    ),
    "table_oddities": Switch(
        "What is odd about every table, beside what conditions and peerings make of it: a list of them for several "
        "at once, an empty text for none.",
        f"one of {', '.join(ODDITIES)}",
        _are_some_of(ODDITIES),
    ),
    "hostile_texts": Switch(
        "What stands in every text of Azure's that somebody typed: names, notes, tags, ports, rows of tables, messages "
        "of errors. A list for several at once, an empty text for none.",
        f"one of {', '.join(HOSTILE_TEXTS)}",
        _are_some_of(HOSTILE_TEXTS),
    ),
    "parallel_table_reads": _one_of(
        ("allowed", "refused_429", "refused_400", "fails"),
        "What becomes of a table's read while another one or a write of the same circuit runs: "
        "AnotherOperationInProgress as the refusal of the request, or as the error of an operation that was accepted.",
    ),
    "parallel_writes": _one_of(
        ("refused_429", "refused_400", "fails", "allowed"),
        "What becomes of a write while another one of the same circuit runs: AnotherOperationInProgress as the refusal "
        "of the request, or as the error of an operation that was accepted and changes nothing. One that is allowed "
        "decides what becomes of the resource.",
    ),
    "writes_during_table_reads": _one_of(
        ("allowed", "refused"),
        "Whether a write is refused with 429 AnotherOperationInProgress while a table of the same circuit is read.",
    ),
    "if_match": _one_of(
        ("ignored", "honoured"),
        "Whether a write whose If-Match names another etag answers 412 PreconditionFailed.",
    ),
    "left_out_peerings": _one_of(
        _LEFT_OUT, "What becomes of the peerings when a PUT of the cross connection has no list of them."
    ),
    "missing_peerings": _one_of(
        _LEFT_OUT, "What becomes of a peering that is missing in the list of a PUT of the cross connection."
    ),
    "key_left_out": _one_of(_LEFT_OUT, "What becomes of a peering's shared key when it is written without one."),
    "shared_key_echoed": _on_or_off(
        "Answers show the shared keys of peerings, to who writes them and to who reads them."
    ),
    "failed_write_leaves": _one_of(
        ("before", "asked"),
        "What a write leaves whose operation fails: what was there before, or what was asked; Failed it is either way.",
    ),
    "duplicate_vlan": _one_of(
        ("not_applied", "applied", "refused"),
        "What becomes of the write of a peering whose VLAN ID another one of the circuit has: it succeeds and changes "
        "nothing, or is applied, or is refused with 400 VlanIdInUse.",
    ),
    "prefix_validation": _one_of(
        OUTCOMES,
        "What Azure comes to about the public prefixes that a partner writes, where they are new or their AS or "
        "registry is another one.",
    ),
    "prefix_validation_seconds": _whole(
        0, 86_400, "For how long after the write such prefixes are Configuring, before Azure comes to anything."
    ),
    "operation_word": Switch(
        "The word for an operation that runs: whichever it is, only Succeeded, Failed and Canceled are an end.",
        "a printable ASCII text that is none of Succeeded, Failed and Canceled in any case",
        _is_no_end,
    ),
    "failed_operation_word": _one_of(("Failed", "Canceled"), "The word for an operation that failed."),
    "operation_host": Switch(
        "Where Location and Azure-AsyncOperation point, such as https://brazilus.management.azure.com; empty, here.",
        "a printable ASCII text without spaces",
        lambda value: _is_text(value) and " " not in str(value),
    ),
    "clock_skew_seconds": _whole(
        -86_400,
        86_400,
        "How far Azure Resource Manager's clock is ahead: in Date and the routing id of its answers, and in judging "
        "nbf and exp of tokens. Entra's clock, by which they are issued, stays right.",
    ),
    "id_token": _one_of(ID_TOKENS, "What is wrong with the id token of who signs in, or what it tells of another."),
    "id_token_skew_seconds": _whole(
        -86_400, 86_400, "How far ahead of Entra's clock the times in id tokens are: iat, nbf and exp."
    ),
    "discovery": _one_of(DISCOVERIES, "What is wrong with the authority's discovery document."),
}
