from datetime import UTC, datetime

from crossconnections.filters import Filters
from crossconnections.models import Subscription
from crossconnections.presenters.emptiness import Emptiness, show_emptiness
from crossconnections.queries import LocationSums

SYNCED = Subscription(label="Northlink", last_synced_at=datetime(2026, 11, 23, tzinfo=UTC))
NEVER_SYNCED = Subscription(label="Northlink")
EVERYTHING = [LocationSums("Amsterdam", {"Provisioned": 30}), LocationSums("Dublin", {"Provisioned": 7})]


def shown(
    *subscriptions: Subscription,
    filters: Filters | None = None,
    everything: list[LocationSums] | None = None,
    syncing: bool = False,
) -> Emptiness:
    return show_emptiness(
        filters=filters or Filters(), subscriptions=subscriptions, is_syncing=syncing, everything=everything or []
    )


def test_without_a_subscription_the_command_to_enlist_one_is_named() -> None:
    assert shown().command == "python manage.py enlist <subscription-id> --label NAME"


def test_during_the_first_sync_the_list_says_so() -> None:
    assert shown(NEVER_SYNCED, syncing=True).title == "The first sync is under way"


def test_before_the_first_sync_the_list_says_so() -> None:
    assert shown(NEVER_SYNCED).title == "Nothing was synced yet"


def test_an_empty_subscription_is_named() -> None:
    assert "None is in Northlink." in shown(SYNCED).text


def test_a_search_without_a_match_says_what_was_searched_and_where() -> None:
    empty = shown(SYNCED, filters=Filters(q="e7aa"), everything=EVERYTHING)
    assert empty.title == "No cross connection matches “e7aa”"
    assert "37 cross connections in 2 locations" in empty.text


def test_a_search_in_one_location_counts_only_what_is_there() -> None:
    empty = shown(SYNCED, filters=Filters(q="e7aa", location="dublin"), everything=EVERYTHING)
    assert empty.title == "No cross connection in Dublin matches “e7aa”"
    assert "7 cross connections in 1 location." in empty.text
