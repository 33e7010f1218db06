"""Sign-in and sign-out. ``/sign-in/`` is a page with a link: a form would be stopped by ``form-action 'self'``."""

import structlog
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts import entra, flows, people, sessions
from portal.accounts.decorators import open_to_everyone
from portal.accounts.deeds import SIGN_IN_REFUSED, SIGNED_OUT
from portal.activity.trail import record_anyway, record_refusal
from portal.actors import WEB, Actor, at_browser
from portal.addresses import client_address
from portal.limits.decorators import address, limited

log = structlog.get_logger(__name__)

NOT_BEGUN_HERE = "this sign-in was not begun in this browser, or more than ten minutes ago"
NOT_CONFIRMED = "Microsoft Entra ID did not confirm who you are"
DEACTIVATED = "your account is deactivated in the portal"


@open_to_everyone
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page with the link to Entra ID; a person who is signed in goes on to where they wanted."""
    next_path = flows.local_path(request.GET.get("next", "/"))
    if request.user.is_authenticated:
        return redirect(next_path)
    words = {"next": next_path, "has_ended": "ended" in request.GET}
    return render(request, "accounts/sign_in.html", words)


@open_to_everyone
@require_safe
@limited("sign-in-start", most=60, by=address)
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to Entra ID."""
    try:
        flow = entra.begin(redirect_uri=_address("sign-in-callback"))
    except (entra.AuthorityUnreachable, entra.SignInRefused) as error:
        return _unreachable(request, error, request.GET.get("next", "/"))
    flows.keep(request.session, flow=flow, next_path=request.GET.get("next", "/"))
    return redirect(flow["auth_uri"])


@open_to_everyone
@require_safe
@limited("sign-in-callback", most=60, by=address)
def callback(request: HttpRequest) -> HttpResponse:
    """Back from Entra ID: redeem the code once, admit the person, rotate the session's key."""
    kept = flows.take(request.session, state=request.GET.get("state", ""))
    if kept is None:
        return _refused(request, NOT_BEGUN_HERE)
    flow, next_path = kept
    try:
        identity = entra.complete(flow=flow, answer=request.GET.dict())
    except entra.AuthorityUnreachable as error:
        return _unreachable(request, error, next_path)
    except entra.SignInRefused as error:
        log.warning("sign_in_refused", reason=str(error))
        return _refused(request, NOT_CONFIRMED, next_path, because=str(error))
    return _signed_in(request, identity, next_path)


@open_to_everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here; the page that follows offers to end the one at Entra ID."""
    by = at_browser(request)
    auth.logout(request)
    if by.user:
        record_anyway(SIGNED_OUT, by=by)
    response = HttpResponseRedirect(reverse("signed-out"), status=303)
    # Not "cookies": that empties the whole registrable domain, other applications' too (W3C Clear Site Data, 3.1). The
    # session's own is gone by now, here and in the browser. Browsers heed the header over https only.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@open_to_everyone
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out here, with a link to Entra ID's own sign-out."""
    try:
        end_session = entra.end_session_url(return_to=_address("sign-in"))
    except (entra.AuthorityUnreachable, entra.SignInRefused):
        end_session = ""
    return render(request, "accounts/signed_out.html", {"end_session_url": end_session})


def _signed_in(request: HttpRequest, identity: entra.Identity, next_path: str) -> HttpResponse:
    address = client_address(request)
    user = people.admit(identity, address=address)
    if not user.is_active:
        return _refused(request, DEACTIVATED, by=Actor(WEB, user.name, user, address))
    sessions.begin(request, user)
    log.info("signed_in", user_id=user.pk)
    return redirect(next_path)


def _refused(
    request: HttpRequest, reason: str, next_path: str = "/", *, because: str = "", by: Actor | None = None
) -> HttpResponse:
    """The page with the reason, which is on record with what the person need not know."""
    told = f"{reason[0].upper()}{reason[1:]}."
    # Not whoever is signed in here already: the address can be opened by anybody's link.
    who = by or Actor(WEB, "", None, client_address(request))
    record_refusal(SIGN_IN_REFUSED, by=who, reason=told, details={"because": because})
    return render(request, "accounts/sign_in.html", {"next": next_path, "refused": reason}, status=400)


def _unreachable(request: HttpRequest, error: Exception, next_path: str) -> HttpResponse:
    log.warning("authority_unreachable", reason=str(error))
    words = {"next": flows.local_path(next_path), "unreachable": True}
    return render(request, "accounts/sign_in.html", words, status=503)


def _address(name: str) -> str:
    # From the settings, never from the request: a forged Host header must not move the redirect (ASVS 3.7.2).
    return settings.PORTAL_BASE_URL + reverse(name)
