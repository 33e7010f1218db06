"""Every sentence that people read of a finding: whole, filled in, and with a turn and a next step."""

from dataclasses import replace
from string import Formatter

import pytest

from crossconnections.diagnosis.case import Absence, Record
from crossconnections.diagnosis.findings import Owner, Severity
from crossconnections.diagnosis.rules import RULES
from crossconnections.presenters.tables import findings
from crossconnections.presenters.tables.finding_facts import facts_of, list_in_words
from crossconnections.presenters.tables.finding_words import WORDS
from crossconnections.presenters.tables.findings import count_in_words, show_finding, show_findings
from tests.unit.diagnosis.cases import LAYER_2, LAYER_3, P1, PRIMARY, PRIVATE, a_case, private, the_finding
from tests.unit.diagnosis.rows.row import Holds, find
from tests.unit.diagnosis.rows.table import HOLDS

# Rules that have words and are not here yet.
_TO_COME = {"R59", "R60", "R60 alone", "R61"}  # said of an address that somebody asks for
_SENTENCES = [(key, text) for key, words in WORDS.items() for text in (words.why, words.next_step)]


def _keys(*rows: Holds) -> set[str]:
    return {findings._key(find(row)) for row in rows}


def _fields(key: str) -> set[str]:
    return {name for text in WORDS[key] for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("row", HOLDS, ids=lambda row: f"{row.rule} {row.when}")
def test_each_finding_reads_as_whole_sentences(row: Holds) -> None:
    shown = show_finding(find(row))
    said = (shown.full_claim, shown.why, shown.next_step)
    assert not [text for text in said if "  " in text or "{" in text or "}" in text or text != text.strip()]
    assert not [text for text in said if "not told" in text or "None" in text or " ." in text or " ," in text]
    assert not shown.full_claim.endswith(".")
    assert (shown.why[-1], shown.next_step[-1]) == (".", ".")
    assert shown.full_claim[0].isupper() or shown.full_claim[0].isdigit()
    assert shown.next_step[0].isupper()
    assert shown.text == f"{shown.full_claim}. {shown.why}"


@pytest.mark.parametrize("row", HOLDS, ids=lambda row: f"{row.rule} {row.when}")
def test_each_place_in_a_sentence_is_filled_from_what_the_rule_gives(row: Holds) -> None:
    facts, fields = facts_of(find(row)), _fields(findings._key(find(row)))
    assert fields <= set(facts)
    assert not [name for name in fields - {"theirs", "saves", "sku"} if facts[name] in {"", "not told"}]


@pytest.mark.parametrize("row", HOLDS, ids=lambda row: f"{row.rule} {row.when}")
def test_each_finding_names_a_turn_unless_nobody_has_one(row: Holds) -> None:
    turns = {Owner.US: "Your turn", Owner.CUSTOMER: "Customer's turn", Owner.MICROSOFT: "Microsoft's turn"}
    assert show_finding(find(row)).whose == ("" if row.severity == Severity.INFO else turns[row.owner])


def test_each_rule_and_each_variant_of_its_words_is_said_by_some_row() -> None:
    assert _keys(*HOLDS) == {key for key in WORDS if key not in _TO_COME}


def test_a_rule_that_has_come_is_not_one_to_come() -> None:
    assert not {key[:3] for key in _TO_COME} & {rule.id for rule in RULES}


@pytest.mark.parametrize(("key", "text"), _SENTENCES, ids=lambda value: value[:12])
def test_a_sentence_begins_with_a_capital_or_with_what_is_filled_in(key: str, text: str) -> None:
    assert text[0].isupper() or text[0] == "{"
    assert text.endswith((".", "{theirs}", "{takes}", "{saves}"))


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_claim_can_stand_behind_the_name_of_its_path(words) -> None:
    assert words.claim[0].islower() or words.claim.startswith(("BGP", "ARP", "Azure", "Microsoft", "AS ", "{"))
    assert not words.claim.endswith((".", " "))


def _shown(rule: str, when: str, **changes):
    (row,) = (one for one in HOLDS if (one.rule, one.when) == (rule, when))
    return show_finding(find(replace(row, case=replace(row.case, **changes))))


@pytest.mark.parametrize(
    ("rule", "when", "text"),
    [
        ("R01", "DeProvisioned", "Azure has it as Deprovisioned. Microsoft carries nothing for it."),
        ("R01", "Resting", "Azure has it as Resting. Microsoft carries nothing until it is marked Provisioned."),
        ("R03", "Creating itself", "It says Creating. The tables may still show how it was before."),
        ("R06", "BGP is up on one path",
         ("BGP is up, but not all of this is validated: 150.10.16.0/24 and 150.10.17.0/24. Traffic from the rest is "
         "dropped.")),
        ("R06", "and Azure names none",
         ("Validation is needed for the advertised prefixes: the routing registry does not show them as this AS "
         "number's. Microsoft keeps BGP off until they are accepted.")),
        ("R07", "not begun", "Their state is Not configured. BGP comes up only once it is Configured."),
        ("R07", "for longer than a day",
         "Their state has been Configuring for at least 1 d. BGP comes up only once it is Configured."),
        ("R06", "BGP is off and Azure names AsnValidationFailed",
         ("Validation is needed, and Microsoft keeps BGP off until it is done. Azure names the prefixes, with a "
         "reason.")),
        ("R07", "one of two is Configuring, all Configured",
         "Not configured yet: 150.10.17.0/24. Traffic from there is dropped until then."),
        ("R07", "one of two that wait for longer than a day",
         "Not configured for at least 2 d: 150.10.17.0/24. Traffic from there is dropped until then."),
        ("R08", "an unknown word", "Azure says “Resting”, which the portal does not know."),
        ("R09", "several are other than ours",
         ("Azure names the customer as the last to modify it, and holds otherwise than the provider had set: State, "
         "Peer ASN and Primary subnet.")),
        ("R20", "and one of them Microsoft's",
         ("Microsoft's router sees 10.255.0.1 and also 10.9.9.9 and 10.255.0.2. A link has two ends and no place for "
         "more.")),
        ("R21", "the oldest of two",
         "Its ARP entry is 1,000 minutes old; routers ask anew after four hours at most."),
        ("R22", "Microsoft peering's alone",
         ("The edge router answers for Private peering on the same port, so the port and the S-tag are right and C-tag "
         "301 is not.")),
        ("R34", "Idle (PfxCt): the other path works",
         ("The session with 10.255.0.1 is Idle (PfxCt). Microsoft takes 4,000 prefixes here, if the circuit is "
         "Standard (Premium takes 10,000), and drops the session above that.")),
        ("R34", "it had come to the limit of Premium",
         "The session with 10.255.0.1 is Idle. Microsoft takes 10,000 prefixes here and drops the session above that."),
        ("R34", "Microsoft peering's limit",
         ("The session with 150.10.0.1 is Idle (PfxCt). Microsoft takes 200 prefixes here and drops the session above "
         "that.")),
        ("R34", "no limit is known",
         ("The session with 10.255.0.1 is Idle (PfxCt). How many prefixes Microsoft takes here is not known; it drops "
         "the session above that.")),
        ("R41", "only the primary has it",
         "Only the primary path has it. When that path fails, internet traffic leaves Azure directly, without notice."),
        ("R41", "gone from the secondary",
         "The secondary path had it at the last reading. Without it, internet traffic leaves Azure directly."),
        ("R41", "gone from both",
         "Both paths had it at the last reading. Without it, internet traffic leaves Azure directly."),
        ("R46", "a VNet's",
         ("In a virtual network's or a link's addresses, and yet announced over this link: 172.16.0.0/16. Traffic may "
         "go the wrong way.")),
        ("R51", "801 of IPv4", "801 of 1,000 IPv4 prefixes. At the limit the gateway's connection drops."),
        ("R53", "one each",
         ("10.3.0.0/16 on the primary only; 10.4.0.0/16 on the secondary only. If the path that has them fails, they "
         "cannot be reached.")),
        ("R53", "two on the secondary",
         "10.3.0.0/16 and 10.4.0.0/16 on the secondary only. If the path that has them fails, they cannot be reached."),
        ("R54", "each way once",
         ("The AS path of 10.3.0.0/16 is longer on the primary; the AS path of 10.4.0.0/16 is longer on the "
         "secondary: traffic prefers the other path. That may be meant as active and standby.")),
        ("R55", "layer 2 fails: our turn",
         "Only one BGP session stands; the primary one does not. The service level needs both."),
        ("R57", "by two percent and one", "1,000 on the primary, 979 on the secondary."),
        ("R58", "more than a fifth has gone", "79 now, 100 then."),
        ("R64", "no word",
         "Microsoft's router lists the session with 10.255.0.1 and tells neither its state nor a number of prefixes."),
        ("R64", "an unknown word", "Microsoft's router says “Resting”, which the portal does not know."),
        ("R66", "by one Mbps", "501 Mbps now, 500 Mbps at the reading before."),
        ("R67", "everything moved",
         ("Since the reading before: peering location Paris to Amsterdam, S-tag 7 to 41, primary port A to AMS-A, "
         "secondary port B to AMS-B.")),
    ],
    ids=lambda value: value[:24],
)  # fmt: skip
def test_what_was_seen_is_told_in_words(rule: str, when: str, text: str) -> None:
    assert _shown(rule, when).why == text


@pytest.mark.parametrize(
    ("rule", "when", "claim"),
    [
        ("R49", "one network, by both instances of its gateway",
         "Primary: 1 network of virtual networks can be reached"),
        ("R49", "two networks", "Primary: 2 networks of virtual networks can be reached"),
        ("R32", "a second less than ten minutes ago", "Primary: BGP came up 9 min ago"),
        ("R53", "one each", "The two paths do not announce the same networks"),
        ("R04", "nobody said who", "No peering is set up yet"),
        ("R08", "both for one reason", "Microsoft wants proof of who holds 150.10.16.0/24 and 150.10.17.0/24"),
        ("R08", "a prefix without its name", "Microsoft has refused an advertised prefix"),
        ("R08", "SignatureVerificationFailed, all are Configured", "The signature of 150.10.17.0/24 does not fit"),
        *(
            ("R64", f"{table} {why} on the secondary", f"Secondary: no verdict: the {name} was not read")
            for table, name in (("arp", "ARP table"), ("routes-summary", "BGP summary"), ("routes", "route table"))
            for why in (Absence.FAILED, Absence.STOPPED)
        ),
    ],
)  # fmt: skip
def test_a_claim_begins_with_the_path_that_it_is_about(rule: str, when: str, claim: str) -> None:
    assert _shown(rule, when).full_claim == claim


@pytest.mark.parametrize(
    ("record", "next_step"),
    [
        (LAYER_2, "Ask the customer to check which networks the router announces to Microsoft, and the export filter."),
        (LAYER_3, "Check which networks the router announces to Microsoft, and the export filter."),
        (
            Record(),
            (
                "Check which networks the router announces to Microsoft, and the export filter. If the router is the "
                "customer's, ask them to."
            ),
        ),
    ],
)
def test_the_next_step_is_for_whoever_speaks_bgp(record: Record, next_step: str) -> None:
    assert _shown("R31", "the other path works", record=record).next_step == next_step


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((), ""),
        (("a",), "a"),
        (("a", "b"), "a and b"),
        (("a", "b", "c"), "a, b and c"),
        (("a", "b", "c", "d"), "a, b, c and d"),
        (("a", "b", "c", "d", "e"), "a, b, c and 2 more"),
        (tuple(str(n) for n in range(1_003)), "0, 1, 2 and 1,000 more"),
    ],
)
def test_a_list_names_three_unless_there_are_four(values: tuple[str, ...], text: str) -> None:
    assert list_in_words(values) == text


def test_what_azure_does_not_tell_is_said_not_to_be_told() -> None:
    blank = a_case(private(primary=P1.without_edge(), vlan_id=None), primary_azure_port="", s_tag=None)
    assert show_finding(the_finding(blank, "R11")).next_step == (
        "Check that C-tag not told inside S-tag not told reaches not told, and that 10.255.0.1 with the mask of "
        "10.255.0.0/30 is up on the edge router."
    )


def test_braces_in_azures_words_are_only_words() -> None:
    shown = show_finding(the_finding(a_case(private(primary=P1.down("{port}"))), "R64"))
    assert shown.why == "Microsoft's router says “{port}”, which the portal does not know."


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ([], ""),
        (["high", "warning", "warning"], "1 high, 2 to check"),
        (["critical", "critical"], "2 critical"),
    ],
)
def test_findings_are_counted_by_degree(severities: list[str], words: str) -> None:
    assert count_in_words(severities) == words


@pytest.mark.parametrize(
    ("rule", "when", "anchor"),
    [
        ("R01", "Resting", ""),
        ("R05", "nobody knows who did it", ""),
        ("R11", "1: the other path works", "primary-arp"),
        ("R23", "the primary's", "primary-arp"),
        ("R24", "of the only peering", ""),
        ("R25", "Idle: the other path works", "primary-routes-summary"),
        ("R38", "of RFC 1918", "routes"),
        ("R53", "one each", "routes"),
    ],
)
def test_a_finding_leads_to_the_part_of_the_page_that_shows_it(rule: str, when: str, anchor: str) -> None:
    assert _shown(rule, when).anchor == anchor


@pytest.mark.parametrize(
    ("rule", "when", "glyph", "tone", "degree"),
    [
        ("R01", "Resting", "s-fail", "bad", "Critical"),
        ("R02", "it failed", "s-fail", "bad", "High"),
        ("R07", "not begun", "s-warn", "warn", "To check"),
        ("R13", "only the edge's row", "s-info", "", "To know"),
    ],
)
def test_a_finding_has_a_word_and_a_glyph_for_its_degree(rule, when, glyph, tone, degree) -> None:
    shown = show_finding(find(next(one for one in HOLDS if (one.rule, one.when) == (rule, when))))
    assert (shown.glyph, shown.tone, shown.degree) == (glyph, tone, degree)


def test_a_finding_keeps_what_the_rule_found() -> None:
    (row,) = (one for one in HOLDS if (one.rule, one.when) == ("R25", "Idle: the other path is down"))
    finding, shown = find(row), show_finding(find(row))
    assert (shown.rule, shown.severity, shown.owner) == ("R25", "critical", "customer")
    assert (shown.peering, shown.path, shown.source) == (PRIVATE, PRIMARY, finding.source)
    assert show_findings([finding, finding]) == [shown, shown]
