"""The picture of a path, drawn from a row that comes with its peerings."""

from itertools import combinations
from typing import Any

import pytest

from crossconnections.models import CrossConnection, Peering
from crossconnections.presenters.last_known import Session, Wire
from crossconnections.presenters.path import Picture, show_path
from crossconnections.presenters.path.drawing import MONO_WIDTH, SANS_WIDTH, Drawing, Text, cut

PRIVATE = {
    "peering_type": "AzurePrivatePeering",
    "state": "Enabled",
    "vlan_id": 200,
    "peer_asn": 65020,
    "azure_asn": 12076,
    "primary_prefix": "172.16.18.0/30",
    "secondary_prefix": "172.16.18.4/30",
}
MICROSOFT = PRIVATE | {"peering_type": "MicrosoftPeering", "vlan_id": 300, "peer_asn": 64496}
LONG_IPV6 = "2001:db8:1234:5678:9abc:def0:1234:4560/126"


def row(*peerings: dict[str, Any], **values: Any) -> CrossConnection:
    defaults = {
        "provider_provisioning_state": "Provisioned",
        "circuit_name": "er-contoso-prod-ams",
        "s_tag": 412,
        "primary_azure_port": "AMS-06GMR-CIS-3-PRI-A",
        "secondary_azure_port": "AMS-06GMR-CIS-3-SEC-A",
        "read_at": "2026-11-24T08:00:00Z",
    }
    shown = CrossConnection(pk=1, **(defaults | values))
    shown._prefetched_objects_cache = {"peerings": [Peering(**one) for one in peerings]}  # type: ignore[attr-defined]
    return shown


def picture(*peerings: dict[str, Any], **values: Any) -> Picture | None:
    return show_path(row(*peerings, **values))


def drawn(*peerings: dict[str, Any], **values: Any) -> Picture:
    shown = picture(*peerings, **values)
    assert shown is not None
    return shown


def words(drawing: Drawing) -> list[str]:
    return [text.words for text in drawing.texts]


def wires(drawing: Drawing) -> set[str]:
    """How the links between the edges are drawn; the customer's side is never seen by Azure."""
    edge = next(text for text in drawing.texts if text.words == "Your edge")
    after = [line for line in drawing.lines if (line.x1 > edge.x if drawing.name == "wide" else line.y1 > edge.y)]
    return {str(line.kind) for line in after if line.kind}


@pytest.mark.parametrize("number", [0, 1])
def test_both_drawings_tell_ports_tags_and_both_ends_of_each_link(number: int) -> None:
    told = words(drawn(PRIVATE).drawings[number])
    for word in ("S-tag 412", "AS 65020", "AS 12076", "Private", "VLAN 200", "172.16.18.1", "172.16.18.6"):
        assert word in told


def test_the_words_tell_the_same_uncut() -> None:
    port = "P" * 80
    told = drawn(PRIVATE, MICROSOFT, primary_azure_port=port).words
    assert f"Primary link to Azure port {port}: Private, VLAN 200, you 172.16.18.1, Microsoft 172.16.18.2" in told
    assert "Microsoft, VLAN 300" in told


def test_the_words_tell_the_whole_circuit_and_whose_each_asn_is() -> None:
    told = drawn(PRIVATE, MICROSOFT | {"peer_asn": None}, circuit_name="c" * 80).words
    assert f"Customer circuit {'c' * 80}." in told
    assert "Private: peer AS 65020, Azure AS 12076. Microsoft: Azure AS 12076." in told


def test_sessions_that_were_read_are_drawn_link_by_link() -> None:
    sessions = {
        ("AzurePrivatePeering", "primary"): Session(Wire.UP, "up, 12 min ago", "38 prefixes"),
        ("AzurePrivatePeering", "secondary"): Session(Wire.DOWN, "down, 3 d ago"),
    }
    shown = show_path(row(PRIVATE, MICROSOFT), sessions)
    assert shown is not None
    for drawing in shown.drawings:
        assert wires(drawing) == {"up", "down", "un"}
        assert {"up, 12 min ago", "down, 3 d ago", "sessions not read"} <= set(words(drawing))
    assert "Microsoft 172.16.18.2, up, 12 min ago, 38 prefixes; Microsoft, VLAN 300" in shown.words
    assert "Microsoft 172.16.18.6, down, 3 d ago; Microsoft, VLAN 300" in shown.words


def test_sessions_never_make_a_disabled_peering_look_up() -> None:
    up = {("AzurePrivatePeering", "primary"): Session(Wire.UP, "up, just now")}
    shown = show_path(row(PRIVATE | {"state": "Disabled"}), up)
    assert shown is not None
    assert wires(shown.drawings[0]) == {"wait"}
    assert "just now" not in shown.words


@pytest.mark.parametrize(("read_at", "word"), [("2026-11-24T08:00:00Z", "not told"), (None, "not read yet")])
def test_a_port_that_is_missing_says_whether_azure_was_asked(read_at: str | None, word: str) -> None:
    shown = drawn(PRIVATE, secondary_azure_port="", read_at=read_at)
    assert f"Secondary link, Azure port {word}:" in shown.words
    assert all(word in words(drawing) for drawing in shown.drawings)


def test_a_peering_that_is_enabled_is_never_drawn_as_up() -> None:
    for drawing in drawn(PRIVATE).drawings:
        assert wires(drawing) == {"un"}
        assert "sessions not read" in words(drawing)


@pytest.mark.parametrize(
    ("peerings", "values", "word"),
    [
        ([PRIVATE | {"state": "Disabled"}], {}, "disabled"),
        ([PRIVATE], {"provider_provisioning_state": "NotProvisioned"}, "not provisioned"),
        ([], {}, "not set up"),
        ([], {"read_at": None, "provider_provisioning_state": "NotProvisioned"}, "not provisioned"),
    ],
)
def test_what_carries_nothing_is_dashed_and_says_why(
    peerings: list[dict[str, Any]], values: dict[str, Any], word: str
) -> None:
    for drawing in drawn(*peerings, **values).drawings:
        assert wires(drawing) == {"wait"}
        assert word in words(drawing)


def test_a_row_that_was_not_read_is_not_said_to_have_no_peering() -> None:
    unread = {"read_at": None, "s_tag": None, "primary_azure_port": "", "secondary_azure_port": ""}
    for drawing in drawn(**unread).drawings:
        assert wires(drawing) == {"un"}
        assert "Peerings" in words(drawing)
        assert "No peering" not in words(drawing)


def test_the_tall_drawing_says_whose_end_an_address_is() -> None:
    told = words(drawn(PRIVATE | {"ipv6_primary_prefix": "2001:db8::/126"}).drawings[1])
    at = told.index("your end")
    ends = ["your end", "172.16.18.1", "2001:db8::1", "Microsoft's end", "172.16.18.2", "2001:db8::2"]
    assert told[at : at + 6] == ends


def test_an_ipv6_only_peering_has_its_addresses() -> None:
    prefixes = {"primary_prefix": "", "secondary_prefix": "", "ipv6_primary_prefix": "2001:db8::/126"}
    for drawing in drawn(PRIVATE | prefixes).drawings:
        assert {"2001:db8::1", "2001:db8::2"} <= set(words(drawing))


def test_a_long_ipv6_address_is_told_whole_in_both_drawings() -> None:
    wide, tall = drawn(PRIVATE | {"ipv6_primary_prefix": LONG_IPV6}).drawings
    assert "2001:db8:1234:5678:9abc:def0:1234:4561" in words(wide)
    assert "2001:db8:1234:5678:9abc:def0:1234:4561" in "".join(words(tall))


def extent(text: Text) -> tuple[float, float]:
    """From where to where a text reaches, from left to right."""
    width = len(text.words) * (MONO_WIDTH if text.kind == "m" else SANS_WIDTH)
    start = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
    return start, start + width


@pytest.mark.parametrize("name", ["circuit_name", "primary_azure_port", "secondary_azure_port"])
def test_a_long_name_stays_inside_its_box(name: str) -> None:
    for drawing in drawn(PRIVATE, MICROSOFT, **{name: "n" * 80}).drawings:
        text = next(one for one in drawing.texts if one.words.startswith("nnn"))
        boxes = [box for box in drawing.boxes if box.x < text.x < box.x + box.width]
        box = next(one for one in boxes if one.y < text.y < one.y + one.height)
        assert extent(text)[1] <= box.x + box.width
        assert "…" in text.words


@pytest.mark.parametrize("six", ["", LONG_IPV6])
def test_no_two_texts_run_into_each_other(six: str) -> None:
    long = {"ipv6_primary_prefix": six, "ipv6_secondary_prefix": six, "peer_asn": 4294967295, "vlan_id": 4094}
    names = dict.fromkeys(("circuit_name", "primary_azure_port", "secondary_azure_port"), "n" * 80)
    for drawing in drawn(PRIVATE | long, MICROSOFT | long | {"peer_asn": 4294967294}, **names).drawings:
        for one, other in combinations(drawing.texts, 2):
            (start, end), (begin, finish) = extent(one), extent(other)
            assert abs(one.y - other.y) > 12 or end <= begin or finish <= start, (one, other)


@pytest.mark.parametrize("peerings", [[], [PRIVATE], [MICROSOFT], [PRIVATE | {"ipv6_primary_prefix": LONG_IPV6}] * 2])
def test_nothing_is_drawn_outside_of_the_picture(peerings: list[dict[str, Any]]) -> None:
    for drawing in drawn(*peerings).drawings:
        lowest = max(box.y + box.height for box in drawing.boxes)
        assert lowest <= drawing.height
        assert all(0 < text.y < lowest for text in drawing.texts)
        assert all(0 < text.x < drawing.width for text in drawing.texts)


def test_what_is_gone_has_no_path() -> None:
    assert picture(PRIVATE, gone_at="2026-11-24T08:00:00Z") is None


def test_a_text_is_cut_only_where_it_is_too_long() -> None:
    assert cut("AMS-06GMR-CIS-3-PRI-A", 180, "m") == "AMS-06GMR-CIS-3-PRI-A"
    assert cut("AMS-06GMR-CIS-3-PRI-A", 70, "m") == "AMS-06GMR…"
    assert cut("EUAP-ARMTEST-06GMR-CIS-1-PRI-A", 180, "m") == "EUAP-ARMTEST-06G…-1-PRI-A"
