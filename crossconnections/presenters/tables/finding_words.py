"""What each rule says to people: what is so, why it matters, and what to do next. The only place for these sentences.

A sentence names what its finding brings as evidence (crossconnections.diagnosis.rules) in braces. Where a rule has
several things to say, the key is its id and the word that tells them apart (see findings.py). They are read aloud to
customers and pasted into tickets, so nobody is "you" but whoever takes the next step; the partner is the provider.
``{check}`` and ``{theirs}`` fit whoever speaks BGP with Microsoft.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """``claim`` without the path it is about, which stands before it."""

    claim: str
    why: str
    next_step: str


_LAYER_2_CHECK = (
    "Check that C-tag {vlan_id} inside S-tag {s_tag} reaches {port}, and that {edge} with the mask of {prefix} is up "
    "on "
    "the edge router."
)
_BGP_IS_UP = "BGP is up on this path, so layer 2 works: the router may list its entries late, or not all of them."
_DROPPED = "Traffic from there is dropped until that is mended."
_READ_AGAIN = "Nothing while BGP is up. Read the tables again to be sure."

WORDS: dict[str, Words] = {
    "R01": Words(
        "the provider has not provisioned this circuit",
        "Azure has it as {state}. Microsoft carries nothing until it is marked Provisioned.",
        "Finish layer 2 on both ports and mark it Provisioned. If it was Provisioned before, see its history for who "
        "changed it.",
    ),
    "R01 up": Words(
        "BGP is up, but the provider has not provisioned this circuit",
        "Azure has it as {state}. The customer cannot rely on it until it is marked Provisioned.",
        "Mark it Provisioned if layer 2 is finished on both ports. If it is being taken out of service, go on.",
    ),
    "R01 leaving": Words(
        "the provider is taking this circuit out of service",
        "Azure has it as {state}. Microsoft carries nothing for it.",
        "Finish removing layer 2 and mark it Not provisioned. If it should stay, mark it Provisioned.",
    ),
    "R02": Words(
        "the last change of this cross connection failed in Azure",
        "Azure says Failed and names no reason here. What is configured may not be what was asked for.",
        "Sync it. If it still says Failed, ask the customer to press Refresh on the circuit, then open a Microsoft "
        "ticket.",
    ),
    "R02 peering": Words(
        "the last change of this peering failed in Azure",
        "Azure says Failed and names no reason here. What is configured may not be what was asked for.",
        "Send the same settings once more. If it fails again, ask the customer to press Refresh on the circuit, then "
        "open a Microsoft ticket.",
    ),
    "R03": Words(
        "Azure is working on a change right now",
        "It says {state}. The tables may still show how it was before.",
        "Wait until it has ended, then read the tables again.",
    ),
    "R04": Words(
        "no peering is set up yet",
        "Layer 2 is done, but without a peering there is no BGP session and no traffic.",
        "Set up the peering that the customer ordered.",
    ),
    "R04 customer": Words(
        "no peering is set up yet",
        "Layer 2 is done. On this layer-2 service the customer adds the peering.",
        "Ask the customer to add the peering on their circuit in Azure.",
    ),
    "R05": Words(
        "this peering is switched off",
        "It is Disabled in Azure, which shuts both BGP sessions.",
        "Find out who disabled it and why, then enable it.",
    ),
    "R05 customer": Words(
        "the customer has switched this peering off",
        "It is Disabled in Azure, which shuts both BGP sessions, and the customer was the last to change it.",
        "Ask the customer whether they meant to. They, or the provider, enable it again.",
    ),
    "R05 up": Words(
        "this peering is switched off, yet BGP is up",
        "It is Disabled in Azure, which shuts both BGP sessions; the routers have not followed, or the tables are from "
        "before.",
        "Read the tables again. If BGP stays up, sync the cross connection, then open a Microsoft ticket.",
    ),
    "R06": Words(
        "Microsoft does not accept the advertised prefixes",
        "Validation is needed for {prefixes}: the routing registry does not show them as this AS number's. Microsoft "
        "keeps BGP off until they are accepted.",
        "Ask the customer to check the registry entry and the AS number, and to open a Microsoft ticket with a letter "
        "of authorization if both are right.",
    ),
    "R06 up": Words(
        "Microsoft does not accept all advertised prefixes",
        "BGP is up, but not all of this is validated: {prefixes}. Traffic from the rest is dropped.",
        "Ask the customer to check the registry entry and the AS number, and to open a Microsoft ticket with a letter "
        "of authorization if both are right.",
    ),
    "R06 named": Words(
        "Microsoft does not accept the advertised prefixes",
        "Validation is needed, and Microsoft keeps BGP off until it is done. Azure names the prefixes, with a reason.",
        "Have each of the prefixes that Azure names put right: what it takes stands with it.",
    ),
    "R07": Words(
        "Microsoft is still checking the advertised prefixes",
        "Their state is {state}. BGP comes up only once it is Configured.",
        "Wait, then sync. If it takes longer than a day, open a Microsoft ticket.",
    ),
    "R07 long": Words(
        "Microsoft has been checking the advertised prefixes for more than a day",
        "Their state has been {state} for at least {lasts}. BGP comes up only once it is Configured.",
        "Open a Microsoft ticket: the check seems to be stuck.",
    ),
    "R07 some": Words(
        "Microsoft is still checking some advertised prefixes",
        "Not configured yet: {prefixes}. Traffic from there is dropped until then.",
        "Wait, then sync. If it takes longer than a day, open a Microsoft ticket.",
    ),
    "R07 some long": Words(
        "Microsoft has been checking some advertised prefixes for more than a day",
        "Not configured for at least {lasts}: {prefixes}. Traffic from there is dropped until then.",
        "Open a Microsoft ticket: the check seems to be stuck.",
    ),
    "R08 manual": Words(
        "Microsoft wants proof of who holds {prefixes}",
        f"Validation is needed, and Microsoft does not come to it by the routing registry alone. {_DROPPED}",
        "Ask the customer to open a Microsoft ticket with a letter of authorization of whoever holds it, or to sign "
        "the text that stands on the circuit's page.",
    ),
    "R08 failed": Words(
        "Microsoft has refused {prefixes}",
        f"The validation failed, and Azure names no further reason. {_DROPPED}",
        "Ask the customer to check the holder and the AS number in the routing registry, and to open a Microsoft "
        "ticket with a letter of authorization if both are right.",
    ),
    "R08 asn": Words(
        "the AS number of {prefixes} is not validated",
        f"The routing registry does not show that under the AS number that the peering names. {_DROPPED}",
        "Ask the customer to check the registry entry, and the registry and the AS numbers of the peering. If all are "
        "right, they open a Microsoft ticket with a letter of authorization.",
    ),
    "R08 certificate": Words(
        "the certificate for {prefixes} is not in the routing registry",
        f"Microsoft looks there for what it checks the signature with. {_DROPPED}",
        "Ask the customer to put the certificate into the routing registry, or to open a Microsoft ticket with a "
        "letter of authorization.",
    ),
    "R08 encoding": Words(
        "Microsoft cannot read the signature of {prefixes}",
        f"It is not encoded as Microsoft expects it. {_DROPPED}",
        "Ask the customer to encode the signature anew and to send it once more; the text to sign stands on the "
        "circuit's page.",
    ),
    "R08 signature": Words(
        "the signature of {prefixes} does not fit",
        f"It is of another text, or by another key than that of the certificate in the routing registry. {_DROPPED}",
        "Ask the customer to sign the text that stands on the circuit's page anew, with the private key of that "
        "certificate.",
    ),
    "R08 unknown": Words(
        "no verdict on {prefixes}: an unknown state of validation",
        "Azure says “{states}”, which the portal does not know.",
        "Sync the cross connection. If it stays, tell Microsoft support the word.",
    ),
    "R09": Words(
        "the customer has changed a peering that the provider manages",
        "This is a layer-3 service, and Azure names the customer as the last to modify the peering.",
        "Compare the settings with the last good ones, agree with the customer, and restore them.",
    ),
    "R09 ours": Words(
        "the customer has changed a peering that the provider set up",
        "Azure names the customer as the last to modify it, and holds otherwise than the provider had set: {what}.",
        "Agree with the customer, then press Restore ours on the circuit's page and review what changes.",
    ),
    "R10": Words(
        "Microsoft's router has no ARP entry at all",
        "Azure answered with an empty table: its router does not have this peering up on {port}.",
        "If the provider set up the peering, ask the customer to press Refresh on the circuit. If the table stays "
        "empty, open a "
        "Microsoft ticket for layer 2 on {port}.",
    ),
    "R10 up": Words("the ARP table is empty although BGP is up", _BGP_IS_UP, _READ_AGAIN),
    "R11": Words(
        "the edge router does not answer ARP",
        "Microsoft's router on {port} asks for {edge} and nobody answers, so layer 2 is broken between the edge router "
        "and Microsoft. BGP cannot come up until it works.",
        _LAYER_2_CHECK,
    ),
    "R11 up": Words("an ARP entry is incomplete although BGP is up", _BGP_IS_UP, _READ_AGAIN),
    "R12": Words(
        "no ARP entry of the edge router",
        "Microsoft's router on {port} sees itself, and no MAC address for {edge}: layer 2 is broken between the edge "
        "router and Microsoft. BGP cannot come up until it works.",
        _LAYER_2_CHECK,
    ),
    "R12 up": Words("the ARP table lacks the edge router although BGP is up", _BGP_IS_UP, _READ_AGAIN),
    "R13": Words(
        "Microsoft's own ARP entry is not listed",
        "Some of Microsoft's routers do not list themselves. The edge router is there with {mac}.",
        "Nothing: this is normal.",
    ),
    "R14": Words(
        "ARP shows another address than the configured one",
        "Microsoft's router lists {told}. Configured is {edge} for the edge router and {microsoft} for Microsoft.",
        "Compare the address on the edge router with {prefix}: it has the first usable address.",
    ),
    "R15": Words(
        "the two ends of the link are swapped",
        "The edge router uses {microsoft}, which is Microsoft's end of {prefix}; its own end is {edge}.",
        "Change the edge router's address to {edge}.",
    ),
    "R16": Words(
        "Microsoft's own frames come back",
        "Both ends show the MAC address {mac}: something on the way sends Microsoft's frames back to it.",
        "Look for a layer-2 loop or a port that reflects on the way to {port}.",
    ),
    "R17": Words(
        "both paths end on one device",
        "Primary and secondary show the same MAC address {mac} for the edge router. If that device fails, both paths "
        "fail.",
        "Ask whether that is meant. Two devices are what the service level assumes.",
    ),
    "R18": Words(
        "the edge router has another MAC address than before",
        "It shows {mac}; the reading before had {expected}. Either the device was replaced, or the VLAN leads to "
        "somebody else's.",
        "Ask network operations or the customer whether the device was replaced.",
    ),
    "R18 record": Words(
        "the edge router has another MAC address than on record",
        "It shows {mac}; on record is {expected}. Either the device was replaced, or the VLAN leads to somebody "
        "else's.",
        "Ask network operations or the customer whether the device was replaced, and note the new one.",
    ),
    "R19": Words(
        "Microsoft shows two MAC addresses on this path",
        "This peering has {mac}, another one has {other}; one router should end both.",
        "Nothing while both work. If layer 2 fails, name it in the Microsoft ticket.",
    ),
    "R20": Words(
        "somebody else answers on this link",
        "Microsoft's router sees {edge} and also {others}. A link has two ends and no place for more.",
        "Find out who that is in C-tag {vlan_id}, and take it out.",
    ),
    "R21": Words(
        "the edge router has not been heard for long",
        "Its ARP entry is {minutes} minutes old; routers ask anew after four hours at most.",
        "Read the tables again. If it does not get younger, check the edge router's interface.",
    ),
    "R22": Words(
        "only this peering's C-tag is broken",
        "The edge router answers for {well} on the same port, so the port and the S-tag are right and C-tag {vlan_id} "
        "is not.",
        "Check C-tag {vlan_id} from the edge router to the handover.",
    ),
    "R23": Words(
        "nothing answers on {port}",
        "No peering's edge router answers on this path, while one does on the other: the fault is in the port, its "
        "fibre, or the S-tag on this path.",
        "Have network operations check that port and S-tag {s_tag} on it.",
    ),
    "R24": Words(
        "nothing answers on either path",
        "No edge router answers for any peering: the cause is probably something that both paths share.",
        "Check S-tag {s_tag}, the provisioning, and the device that both paths use; ask the customer whether their "
        "router is on.",
    ),
    "R25": Words(
        "the BGP session is down, though layer 2 works",
        "The edge router {neighbor} answers ARP, but its session is {state}.",
        "{check} on the router {neighbor}: the neighbour is {microsoft} with AS 12076, its own AS is {peer_asn}, the "
        "MD5 "
        "key is the same on both ends, and no filter stops TCP port 179.{theirs}",
    ),
    "R25 alone": Words(
        "the BGP session is down",
        "The session with {neighbor} is {state}. Whether layer 2 works, this reading does not tell.",
        "Read the ARP table first. {check} then on the router {neighbor}: the neighbour's address, AS 12076, its own "
        "AS {peer_asn} and the MD5 key.{theirs}",
    ),
    "R25 ipv6": Words(
        "the IPv6 BGP session is down",
        "The session with {neighbor} is {state}. IPv6 has no ARP, so whether layer 2 works this reading does not tell.",
        "{check} on the router {neighbor}: it reaches {microsoft}, its neighbour has AS 12076, its own AS is "
        "{peer_asn}, "
        "and the MD5 key is the same on both ends.{theirs}",
    ),
    "R25 shut": Words(
        "the BGP session is shut by an administrator",
        "The session with {neighbor} is {state}: somebody has switched it off.",
        "Find out who shut it. If it was on Microsoft's side and the peering is Enabled, open a Microsoft ticket.",
    ),
    "R26": Words(
        "the two routers do not agree on a BGP session",
        "It is {state} for the second time in a row: they reach each other, and one refuses what the other says.",
        "{check} on the router {neighbor}: its AS is {peer_asn}, Microsoft's is 12076, and the MD5 key is the same on "
        "both ends.{theirs}",
    ),
    "R26 once": Words(
        "the BGP session is not up yet",
        "It is {state}: the two routers are talking. It may be coming up right now.",
        "Read the tables again in a minute. If it is still so, compare the AS numbers and the MD5 key.",
    ),
    "R28": Words(
        "Microsoft's router has a session with an unexpected neighbour",
        "It lists {neighbor}; the edge router of this link is {edge}.",
        "Read the tables again. If it stays, compare the link prefixes in Azure with those on the edge router.",
    ),
    "R29": Words(
        "the AS number is not the configured one",
        "The session shows AS {told}, configured in Azure is AS {expected}.",
        "{check} the AS number on the router, and correct the side that is wrong.{theirs}",
    ),
    "R30": Words(
        "Microsoft's router lists no BGP session",
        "The summary is empty: BGP is not set up on Microsoft's router for this peering.",
        "Sync the cross connection and look whether the peering is Enabled and its prefixes are Configured. If both "
        "are "
        "so, open a Microsoft ticket.",
    ),
    "R30 ipv4": Words(
        "Microsoft's router lists no IPv4 session",
        "IPv6 has one. BGP is not set up for IPv4 on Microsoft's router for this peering.",
        "Sync the cross connection and look whether its IPv4 subnets are those that the customer uses. If they are, "
        "open a "
        "Microsoft ticket.",
    ),
    "R31": Words(
        "BGP is up but no network is announced",
        "The session with {neighbor} stands and brought no prefix, so Azure has no way back to the customer.",
        "{check} which networks the router announces to Microsoft, and the export filter.{theirs}",
    ),
    "R32": Words(
        "BGP came up {up_for} ago",
        "The session was away shortly before.",
        "Ask whether somebody worked on it. If not, put it on watch and ask for the logs of both ends.",
    ),
    "R32 flapped": Words(
        "the BGP session was away since the last reading",
        "It stood then, and has been up for only {up_for} now.",
        "Ask whether somebody worked on it. If not, put it on watch and ask for the logs of both ends.",
    ),
    "R33": Words(
        "both BGP sessions came up at the same moment",
        "Both are up for {up_for}: one event, such as maintenance or a restart, took both paths.",
        "Ask whether somebody worked on it at that time.",
    ),
    "R34": Words(
        "too many prefixes: Microsoft has shut the session",
        "The session with {neighbor} is {state}. {takes}",
        "{check} what the router announces, and aggregate or filter it. The session returns by itself below the "
        "limit.{theirs}",
    ),
    "R35": Words(
        "{percent} % of the prefixes that private peering takes",
        "{count} of {limit} IPv4 prefixes{sku}. Above the limit Microsoft drops the session.{saves}",
        "{check} what can be aggregated, before the limit is reached.{theirs}",
    ),
    "R36": Words(
        "{percent} % of the IPv6 prefixes that private peering takes",
        "{count} of {limit} IPv6 prefixes. Above the limit Microsoft drops the session.{saves}",
        "{check} what can be aggregated, before the limit is reached.{theirs}",
    ),
    "R37": Words(
        "{percent} % of the prefixes that Microsoft peering takes",
        "{count} of {limit} prefixes. Above the limit Microsoft drops the session.{saves}",
        "{check} what can be aggregated, before the limit is reached.{theirs}",
    ),
    "R38": Words(
        "networks that are not public are announced to Microsoft",
        "{networks} came over this link. Only public networks may, and the provider has to filter the others.",
        "Filter them on the provider's edge.",
    ),
    "R39": Words(
        "a default route is announced to Microsoft",
        "{networks} came over this link. On Microsoft peering it is not allowed, and the provider has to filter it.",
        "Filter it on the provider's edge.",
    ),
    "R40": Words(
        "a default route is announced",
        "With {networks}, all internet traffic of the customer's virtual networks goes through the customer's site. "
        "Windows activation in Azure may fail.",
        "Ask the customer whether that is meant.",
    ),
    "R41": Words(
        "the default route is on one path only",
        "Only the {has} path has it. When that path fails, internet traffic leaves Azure directly, without notice.",
        "{check} that both paths announce the default route, or neither.{theirs}",
    ),
    "R41 gone": Words(
        "the default route has gone",
        "{gone} had it at the last reading. Without it, internet traffic leaves Azure directly.",
        "{check} whether it was withdrawn on purpose.{theirs}",
    ),
    "R42": Words(
        "networks are announced that are not on the list",
        "{networks} came over this link, and the advertised prefixes of this peering do not cover them: Microsoft "
        "drops "
        "them.",
        "Add them to the advertised prefixes, which Microsoft then validates, or stop announcing them.",
    ),
    "R43": Words(
        "advertised prefixes are not announced",
        "On the peering's list, without a route over either path: {prefixes}.",
        "Announce what is used, and take the rest off the list.",
    ),
    "R44": Words(
        "AS numbers for documentation are announced",
        "The AS path of {networks} has one of 64496 to 64511, which Microsoft peering does not allow.",
        "{check} the AS numbers on the router.{theirs}",
    ),
    "R45": Words(
        "private AS numbers in the AS path",
        "{networks}: Microsoft takes private AS numbers out, so prepending with them does nothing.",
        "Prepend with a public AS number where a path has to look longer.",
    ),
    "R46": Words(
        "announced networks overlap Azure's",
        "In a virtual network's or a link's addresses, and yet announced over this link: {networks}. Traffic may go "
        "the wrong way.",
        "Ask the customer to correct the addressing.",
    ),
    "R47": Words(
        "another AS number comes first",
        "The AS path of {networks} does not begin with AS {peer_asn}, which the peering is configured for.",
        "{check} the router's own AS number.{theirs}",
    ),
    "R48": Words(
        "Microsoft's own routes come back",
        "The AS path of {networks} contains AS 12076. ExpressRoute carries no transit.",
        "Filter what was learned from Microsoft out of what is announced to it.",
    ),
    "R49": Words(
        "{count_of_networks} of virtual networks can be reached",
        "Azure announces {networks}.",
        "Nothing. Tell the customer if they miss one.",
    ),
    "R50": Words(
        "no virtual network is linked",
        "BGP is up and Azure announces no network: nothing is connected behind this circuit yet.",
        "Ask the customer to link a virtual network gateway to the circuit.",
    ),
    "R51": Words(
        "the virtual networks come near their limit",
        "{count} of {limit} IPv{version} prefixes. At the limit the gateway's connection drops.",
        "Ask the customer to aggregate the address spaces of their virtual networks.",
    ),
    "R53": Words(
        "the two paths do not announce the same networks",
        "{one_sided}. If the path that has them fails, they cannot be reached.",
        "{check} that both paths announce the same.{theirs}",
    ),
    "R54": Words(
        "one path is prepended",
        "{longer}: traffic prefers the other path. That may be meant as active and standby.",
        "{check} whether that is meant. Firewalls that keep state suffer where each direction takes another "
        "path.{theirs}",
    ),
    "R55": Words(
        "redundancy is lost",
        "Only one BGP session stands; the {down} one does not. The service level needs both.",
        "Mend the {down} path, and do no work on the other one until then.",
    ),
    "R56": Words(
        "both BGP sessions are down",
        "Nothing is carried on this peering.",
        "Begin with the lowest layer that fails below.",
    ),
    "R57": Words(
        "the two paths bring different numbers of prefixes",
        "{primary} on the primary, {secondary} on the secondary.",
        "Read the routes of both paths to see which networks are missing where.",
    ),
    "R58": Words(
        "many IPv{version} prefixes have gone since the last reading",
        "{now} now, {before} then.",
        "{check} whether networks were withdrawn on purpose; compare the two readings.{theirs}",
    ),
    "R59": Words(
        "{target} has no route",
        "Neither path has a route that covers it, so Azure cannot send there.",
        "{check} that the network is announced.{theirs}",
    ),
    "R60": Words(
        "{target} is routed",
        "Both paths have a route that covers it. If it still does not work, the cause is not the routing of this "
        "circuit.",
        "Ask the customer to look at firewalls, network security groups, their own routes, and NAT.",
    ),
    "R60 alone": Words(
        "{target} is routed one way",
        "Both paths have a route that covers it, but nothing is announced the other way, so no answer comes back.",
        "Ask the customer whether a virtual network is linked to the circuit.",
    ),
    "R61": Words(
        "{target} is routed on the {only} path alone",
        "It works until that path fails.",
        "{check} that both paths announce it.{theirs}",
    ),
    "R62": Words(
        "two neighbours announce the same networks on this path",
        "{networks} came with several next hops, none of them a gateway in Azure.",
        "{check} which of them should announce it.{theirs}",
    ),
    "R63": Words(
        "preferences are set on routes",
        "A local preference or a weight of its own is set on {networks}.",
        "Nothing, if that is meant.",
    ),
    "R64": Words(
        "no verdict: the {what} was not read",
        "That says nothing about the customer's link.",
        "Retry that table.",
    ),
    "R64 stopped": Words(
        "no verdict: the {what} was not read",
        "The reading was stopped before it came. That says nothing about the customer's link.",
        "Read the tables again.",
    ),
    "R64 state": Words(
        "no verdict: an unknown BGP state",
        "Microsoft's router says “{state}”, which the portal does not know.",
        "Read the tables again. If it stays, tell Microsoft support the word.",
    ),
    "R64 blank": Words(
        "no verdict: no BGP state",
        "Microsoft's router lists the session with {neighbor} and tells neither its state nor a number of prefixes.",
        "Read the tables again. If it stays, tell Microsoft support.",
    ),
    "R64 link": Words(
        "no verdict: the link is not known",
        "The peering's subnets for this path are missing, or are no networks of two ends, so its tables cannot be "
        "judged.",
        "Sync the cross connection. If it stays, correct the subnets of the peering.",
    ),
    "R66": Words(
        "the customer has raised the bandwidth",
        "{now_mbps} Mbps now, {before_mbps} Mbps at the reading before.",
        "Raise the limits of layer 2 to it. Billing of the new size begins with the provider's notice.",
    ),
    "R67": Words(
        "the circuit has moved to another port or tag",
        "Since the reading before: {what}.",
        "Check that layer 2 follows, on both paths.",
    ),
}
