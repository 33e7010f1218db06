"""One circuit: what Azure has of it, and what its customer and the network can do to it."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse

from sandbox.estate.documents import Document
from sandbox.estate.places import bandwidths
from sandbox.page.forms import Form, Refusal, ungrouped
from sandbox.page.layout import CIRCUITS, HOME, card, code, facts, page
from sandbox.page.markup import Html, join, tag
from sandbox.page.network import network_card
from sandbox.page.peerings import peering_cards
from sandbox.page.words import circuit_name, email, speed, subscription_label
from sandbox.world import World

# "Workflows": a circuit that is Provisioning or Provisioned cannot be deleted.
_KEPT = frozenset({"Provisioning", "Provisioned"})


def show_circuit(
    world: World, document: Document, query: Mapping[str, str], refusal: Refusal | None = None
) -> HTMLResponse:
    """The page; 400 with what was typed where something was refused."""
    was, address = refusal or Refusal(), f"{CIRCUITS}/{document['name']}"
    back = tag("p", tag("a", "Circuits", href=HOME), class_="crumbs")
    aside = (_bandwidth(document, address, was), _deletion(document, address, was))
    network = network_card(world, document, address, was)
    main = (_facts(document), _email(document), peering_cards(document, address, was), network)
    columns = tag("div", tag("div", *main), tag("div", *aside), class_="columns")
    title, status = circuit_name(document) or "(no name)", 400 if refusal else 200
    return page(title, back, columns, here=CIRCUITS, query=query, refusal=refusal, status=status)


def reason_not_to_delete(document: Document) -> str | None:
    """Why Azure would not let the customer delete it; None where it would. The JSON control deletes whatever."""
    state = document["properties"]["serviceProviderProvisioningState"]
    if state not in _KEPT:
        return None
    return (
        f"Azure does not let a customer delete a circuit that is {state}: first the provider has to deprovision it, "
        "until it is NotProvisioned again."
    )


def show_missing(service_key: str) -> HTMLResponse:
    """The page of a circuit that is not there."""
    words = tag("p", "There is no circuit ", code(service_key), ". Somebody deleted it, or a reset took it away.")
    back = tag("p", tag("a", "To the circuits", href=HOME))
    return page("No such circuit", words, back, here=CIRCUITS, status=404)


def _facts(document: Document) -> Html:
    known, name = document["properties"], document["properties"]["expressRouteCircuit"]["id"]
    told: dict[str, object] = {
        "Service key": code(document["name"]),
        "Provider's state": known["serviceProviderProvisioningState"],
        "Azure's own state": known["provisioningState"],
        "Bandwidth": speed(known["bandwidthInMbps"]),
        "Peering location": known["peeringLocation"],
        "S-tag": code(known["sTag"]),
        "Primary Azure port": code(known["primaryAzurePort"]),
        "Secondary Azure port": code(known["secondaryAzurePort"]),
        "Provider's subscription": subscription_label(document),
        "Provider's note": known.get("serviceProviderNotes", ""),
        "Tags": ", ".join(f"{tag}: {value}" for tag, value in document.get("tags", {}).items()),
        "Circuit": code(name),
    }
    return card("What Azure has of it", facts(told), class_="wide")


def _email(document: Document) -> Html:
    box = tag("label", tag("span", "To copy"), tag("textarea", "\n", email(document), readonly=True, rows=15))
    is_new = document["properties"]["serviceProviderProvisioningState"] == "NotProvisioned"
    lead = "What a customer sends once a circuit is ordered; the portal's onboarding page takes it whole."
    return card("The e-mail to the provider", tag("details", tag("summary", "Show it"), box, open=is_new), lead=lead)


def _bandwidth(document: Document, address: str, refusal: Refusal) -> Html:
    now = document["properties"]["bandwidthInMbps"]
    larger = [one for one in bandwidths() if one > now]
    form = Form("raise", address, refusal)
    if not larger and not form.is_refused:
        return card("Raise the bandwidth", tag("p", f"{speed(now)} is the most that there is.", class_="empty"))
    choice = form.choice("bandwidth_mbps", "New bandwidth", ungrouped((one, speed(one)) for one in larger))
    lead = f"Now {speed(now)}. Azure lets a customer raise it at any time, and nobody lower it."
    return card("Raise the bandwidth", form.whole(choice, button="Raise it"), lead=lead)


def _deletion(document: Document, address: str, refusal: Refusal) -> Html:
    form, reason = Form("delete", address, refusal), reason_not_to_delete(document)
    if reason and not form.is_refused:
        return card("Delete the circuit", tag("p", reason, class_="empty"))
    sure = join(tag("summary", "Delete it …"), form.whole(button="Delete for good", kind="danger"))
    return card("Delete the circuit", tag("details", sure, open=form.is_refused), lead="Its service key never returns.")
