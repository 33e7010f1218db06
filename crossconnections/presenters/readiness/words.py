"""The sentences of the readiness checks, by check and outcome. What stands in braces is told by the check.

Those of the token stand in proofs.py, for they differ by how the portal proves itself.

Sources of the commands: Azure CLI reference (learn.microsoft.com): az role, az provider, az feature, az account,
az ad app credential. Whom to ask: "cross-connections-api-development" (the ExpressRoute engineering contact).
"""

from dataclasses import dataclass

from crossconnections.readiness.checks import Check
from crossconnections.readiness.judging import CANNOT_REGISTER, Trouble


@dataclass(frozen=True, slots=True)
class Words:
    """``meaning`` says what it means, ``mend`` what to do, ``command`` is to be typed where Azure's CLI is signed in.

    ``click`` is what an administrator can have done from here, ``afterwards`` what to expect then.
    """

    title: str
    meaning: str
    mend: str = ""
    command: str = ""
    click: str = ""
    afterwards: str = ""


REGISTER = "register"

_GIVE_ROLE = 'az role assignment create --assignee {client_id} --role "Network Contributor" --scope /subscriptions/{id}'
_MINUTES = "Azure needs up to 5 minutes to apply it. Then check again."
_CONTACT = "Ask your ExpressRoute engineering contact at Microsoft"
_NETWORK = (
    "Look at the network between the portal's hosts and Azure: name service, firewall, HTTPS_PROXY, PORTAL_CA_BUNDLE. "
    "On the host of a worker:"
)
_REGISTER_BY_HAND = "az provider register --namespace Microsoft.Network --subscription {id}"
_CLOCK = "Turn on time synchronisation on every host of the portal:"
_NTP = "timedatectl set-ntp true"
# Whatever the portal proves itself by to Azure, people sign in by a secret (portal/settings.py: ENTRA_CLIENT_SECRET).
_SIGN_IN_ENDS = "The client secret for signing in does end, and Entra ID does not tell the portal when."
_WHEN_IT_ENDS = "Renew it before that, for nobody can sign in afterwards. When it ends:"
_END_OF_SIGN_IN = 'az ad app credential list --id {sign_in_client_id} --query "[].endDateTime"'
_SIGN_IN_TOO = f"The client secret for signing in ends as well. When: {_END_OF_SIGN_IN}"
_WORKERS = "Start it, or look into its log. On a host with systemd:"

WORDS: dict[tuple[Check, str], Words] = {
    (Check.TOKEN, "not-taken-by-the-clock"): Words(
        "Azure does not take the token: the clocks differ",
        "Entra ID gives a token, and Azure Resource Manager takes none whose times do not fit its clock. The worker's "
        "is "
        "{seconds} s {direction} Azure's.",
        _CLOCK,
        _NTP,
    ),
    (Check.REACHABLE, "answers"): Words("Azure Resource Manager reachable", "{endpoint} answers."),
    (Check.REACHABLE, Trouble.NOT_CONNECTED): Words(
        "Azure Resource Manager not reachable",
        "No connection to {endpoint} came about, so nothing about the subscription could be asked.",
        _NETWORK,
        "curl -sS -o /dev/null -w '%{{http_code}}\\n' {endpoint}",
    ),
    (Check.REACHABLE, Trouble.NO_ANSWER): Words(
        "Azure Resource Manager does not answer",
        "{endpoint} was asked and gave no whole answer in time.",
        "It may pass: check again in a minute. If it goes on, look at the proxy between the portal and Azure. On the "
        "host "
        "of a worker:",
        "curl -sS -m 30 -o /dev/null -w '%{{http_code}}\\n' {endpoint}",
    ),
    (Check.REACHABLE, Trouble.NOT_UNDERSTOOD): Words(
        "Something else answers in Azure's place",
        "What came from {endpoint} is no answer of Azure Resource Manager's: a proxy or a portal of the network may "
        "stand "
        "in between.",
        "See what answers there, from the host of a worker:",
        "curl -sS -i {endpoint}/subscriptions/{id}?api-version=2022-12-01",
    ),
    (Check.CLOCK, "right"): Words("Clock", "The worker's clock and Azure's agree within {within} s."),
    (Check.CLOCK, "off"): Words(
        "Clock {seconds} s {direction} Azure",
        "Times in the trail of activity may not match Azure's; above 120 s nobody can sign in.",
        _CLOCK,
        _NTP,
    ),
    (Check.CLOCK, "far-off"): Words(
        "Clock {seconds} s {direction} Azure",
        "Above 120 s nobody can sign in, and above 300 s Azure refuses the portal's token.",
        _CLOCK,
        _NTP,
    ),
    (Check.CLOCK, "not-told"): Words("Clock", "Azure's answer told no time, so the clocks could not be compared."),
    (Check.SUBSCRIPTION, "enabled"): Words("Subscription", "{name} is enabled and visible to the portal."),
    (Check.SUBSCRIPTION, "warned"): Words(
        "Subscription is {state}",
        "{name} still works. Azure disables it if what it is warned of is not settled.",
        "Whoever owns the subscription's billing settles it. What Azure says of it:",
        "az account show --subscription {id} --query state",
    ),
    (Check.SUBSCRIPTION, "disabled"): Words(
        "Subscription is {state}",
        "Azure only lets {name} be read: nothing can be changed until it is enabled again.",
        "Its owner enables it again, or settles its billing:",
        "az account subscription enable --subscription-id {id}",
    ),
    (Check.SUBSCRIPTION, "unknown"): Words(
        "Azure does not know the subscription",
        "There is none by this id in {cloud}, or the portal's application has no role in it.",
        "Compare the id, and the cloud in PORTAL_CLOUD. If both are right, an owner gives the application a role:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.SUBSCRIPTION, Trouble.NOT_PERMITTED): Words(
        "No role in the subscription",
        "Azure does not let the portal's application see the subscription at all.",
        "An owner of the subscription gives it one:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.REGISTRATION, "registered"): Words("Resource provider", "Microsoft.Network is registered."),
    (Check.REGISTRATION, "registering"): Words(
        "Microsoft.Network is being registered", "Azure takes a minute or two for it. The next check follows by itself."
    ),
    (Check.REGISTRATION, "not-registered"): Words(
        "Microsoft.Network is not registered",
        "Azure answers nothing about cross connections until the subscription is registered for Microsoft.Network.",
        "An administrator can have it registered by a press on the page Readiness. Or an owner runs:",
        _REGISTER_BY_HAND,
        click=REGISTER,
        afterwards="Azure takes a minute or two for it.",
    ),
    (Check.REGISTRATION, f"{CANNOT_REGISTER}{Trouble.NOT_PERMITTED}"): Words(
        "Microsoft.Network could not be registered",
        "The portal's application may not register it: it lacks Microsoft.Network/register/action.",
        "An owner of the subscription runs:",
        _REGISTER_BY_HAND,
        afterwards="Azure takes a minute or two for it.",
    ),
    (Check.PERMISSIONS, "all"): Words("Permissions", "The application may do all that the portal asks for."),
    (Check.PERMISSIONS, "vital"): Words(
        "Permissions are missing",
        "Azure will refuse some of what the portal asks for. To read tables is a POST: the role Reader is not enough. "
        "Missing:",
        "Give the application Network Contributor on the subscription, or the custom role below. An owner runs:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.PERMISSIONS, "some"): Words(
        "Some permissions are missing",
        "Cross connections, peerings and tables work; these do not:",
        "Give the application Network Contributor on the subscription, or the custom role below. An owner runs:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.PERMISSIONS, Trouble.NOT_PERMITTED): Words(
        "Permissions could not be seen",
        "Azure does not let the application see its own permissions, so whether they are enough shows only in use.",
        "An owner of the subscription gives it a role:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.ENROLMENT, "some"): Words("Partner subscription", "Enrolled: Azure lists cross connections."),
    (Check.ENROLMENT, "empty"): Words(
        "Partner subscription", "Enrolled. There is no cross connection yet: no customer has ordered one here."
    ),
    (Check.ENROLMENT, "not-enrolled"): Words(
        "Not enrolled as a partner's",
        "Azure knows no cross connections in this subscription. That is not the same as having none: Microsoft has not "
        "enrolled it, or it is a customer's subscription.",
        f"{_CONTACT} to enrol {{id}} for cross connections, and compare the id with the one that they have.",
    ),
    (Check.ENROLMENT, Trouble.NOT_PERMITTED): Words(
        "Cross connections may not be read",
        "The application lacks Microsoft.Network/expressRouteCrossConnections/read, so whether the subscription is "
        "enrolled is not known either.",
        "An owner of the subscription gives it a role:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.PORT_PAIRS, "some"): Words("Port pairs", "Azure shows {count} with the feature AllowExpressRoutePorts."),
    (Check.PORT_PAIRS, "none"): Words("Port pairs", "The feature is registered; Azure lists no port pair here."),
    (Check.PORT_PAIRS, "no-feature"): Words(
        "Port pairs are not shown",
        "The subscription is not registered for the feature AllowExpressRoutePorts. Circuits work; how full ports are, "
        "and which pair a circuit could move to, is not known.",
        f"{_CONTACT} to allow it. An owner asks for it with:",
        "az feature register --namespace Microsoft.Network --name AllowExpressRoutePorts --subscription {id}",
        afterwards="Once it says Registered: az provider register --namespace Microsoft.Network, then check again.",
    ),
    (Check.PORT_PAIRS, "unknown-type"): Words(
        "Port pairs are not known here",
        "Azure does not know port pairs in this subscription. Circuits work without them.",
        f"{_CONTACT} whether it is enrolled for port pairs.",
    ),
    (Check.PORT_PAIRS, Trouble.NOT_PERMITTED): Words(
        "Port pairs may not be read",
        "The application lacks Microsoft.Network/expressRouteProviderPorts/read. Circuits work without it.",
        "An owner of the subscription gives it a role:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    (Check.QUOTA, "left"): Words("Quota", "{reads} reads are left{writes_too}."),
    (Check.QUOTA, "few"): Words(
        "Few reads are left",
        "Azure has {reads} reads left before the application has to wait. Syncs slow down by themselves, so "
        "that "
        "people go first.",
        "Nothing, if it passes. If it stays so, something else reads with the same application: give the portal one of "
        "its own.",
    ),
    (Check.QUOTA, "not-told"): Words("Quota", "Azure's answers told nothing about how many calls are left."),
    (Check.DATABASE, "answers"): Words("Database", "{database} answers; no migration is pending."),
    (Check.DATABASE, "down"): Words(
        "Database",
        "It does not answer, or a migration is missing.",
        "Start it, or bring it up to date:",
        "python manage.py migrate",
    ),
    (Check.BROKER, "answers"): Words("Broker", "{kind} answers."),
    (Check.BROKER, "away"): Words(
        "The broker does not answer",
        "Nothing is lost: what was asked for stands in the database, and goes on once {kind} is back. Until then "
        "nothing "
        "is asked of Azure.",
        "Start it, and see that CELERY_BROKER_URL names it. Which of them are up:",
        "curl -sS {base}/readyz",
    ),
    (Check.WORKERS, "alive"): Words("Workers", "All queues have one; the last sign was {seconds} s ago."),
    (Check.WORKERS, "silent"): Words(
        "No worker for {queues}",
        "The last sign of life of {first} was {seconds} s ago. {waiting}",
        _WORKERS,
        "systemctl restart {units}",
    ),
    (Check.WORKERS, "never"): Words(
        "No worker for {queues}",
        "There never was one for {first}. {waiting}",
        "Start one. On the host of the portal:",
        "celery -A portal worker --queues {names}",
    ),
    (Check.TICKS, "alive"): Words("Clock process", "Its last tick was carried out {seconds} s ago."),
    (Check.TICKS, "silent"): Words(
        "The clock process is silent",
        "Its last tick was carried out {seconds} s ago. Syncs, watches and what a lost message left do not go on.",
        "If the workers above are alive, start it. On a host with systemd:",
        "systemctl restart crossconnect-clock",
    ),
    (Check.TICKS, "never"): Words(
        "The clock process never ran",
        "Syncs, watches and what a lost message left do not go on by themselves.",
        "Start exactly one. On the host of the portal:",
        "celery -A portal beat",
    ),
    (Check.SYNC, "fresh"): Words("Mirror", "Every subscription was synced lately."),
    (Check.SYNC, "stale"): Words(
        "The mirror is old",
        "A subscription was not synced for a while. Pages show what was true then.",
        "What failed stands on the page Connections. To sync now and see why not:",
        "python manage.py sync",
    ),
    (Check.SYNC, "failed"): Words(
        "A sync failed",
        "The last sync of a subscription failed: its pages show what was true before.",
        "The page Connections says which one and why. To sync now and see:",
        "python manage.py sync",
    ),
    (Check.SYNC, "all-paused"): Words(
        "Every subscription is paused",
        "Nothing is read from Azure.",
        "An administrator resumes one under Subscriptions.",
    ),
    (Check.SYNC, "none"): Words(
        "No subscription is looked after",
        "Nothing is read from Azure.",
        "An administrator enlists one under Subscriptions. Or on the host of the portal:",
        "python manage.py enlist <subscription-id> --label NAME --kind production",
    ),
    (Check.ROLES, "some"): Words("App roles", "Of {people} who signed in within 30 days, {with_roles} have one."),
    (Check.ROLES, "no-roles"): Words(
        "No token has an app role",
        "{people} signed in within 30 days, none with an app role: they see only what was given to them or "
        "to "
        "their groups under Access.",
        "Add the app roles Portal.Viewer, Portal.Support, Portal.Operator and Portal.Administrator to the app "
        "registration "
        "that people sign in through, and assign them. Which there are:",
        "az ad app show --id {sign_in_client_id} --query appRoles[].value",
    ),
    (Check.ROLES, "overages"): Words(
        "Too many groups for a token",
        "{overages} of {people} people are in more groups than a token carries, so no role comes to them by a group.",
        "In the token configuration of the app registration, choose Groups assigned to the application. It is:",
        "az ad app update --id {sign_in_client_id} --set groupMembershipClaims=ApplicationGroup",
    ),
    (Check.ROLES, "nobody"): Words("App roles", "Nobody has signed in within 30 days, so no token could be looked at."),
    (Check.SECRETS, "managed"): Words(
        "Secrets",
        f"A managed identity: there is no secret for Azure to renew. {_SIGN_IN_ENDS}",
        _WHEN_IT_ENDS,
        _END_OF_SIGN_IN,
    ),
    (Check.SECRETS, "federated"): Words(
        "Secrets",
        f"A federated token: there is no secret for Azure to renew. {_SIGN_IN_ENDS}",
        _WHEN_IT_ENDS,
        _END_OF_SIGN_IN,
    ),
    (Check.SECRETS, "secret"): Words(
        "Secrets",
        "Two client secrets are in use, for Azure and for signing in. Entra ID does not tell the portal when they end.",
        "When they end, first that for Azure:",
        f'az ad app credential list --id {{client_id}} --query "[].endDateTime"\n{_END_OF_SIGN_IN}',
    ),
    (Check.SECRETS, "certificate"): Words(
        "Secrets",
        f"The application's certificate is good for {{days}} more days. {_SIGN_IN_ENDS}",
        _WHEN_IT_ENDS,
        _END_OF_SIGN_IN,
    ),
    (Check.SECRETS, "ends-soon"): Words(
        "The certificate ends in {days} days",
        "After that Entra ID gives the portal no token, and nothing can be asked of Azure.",
        "Make a new one, add it to the application, and put it where AZURE_CLIENT_CERTIFICATE_PATH points:",
        "az ad app credential reset --id {client_id} --append --cert @new-certificate.pem",
        afterwards=_SIGN_IN_TOO,
    ),
    (Check.SECRETS, "expired"): Words(
        "The certificate has ended",
        "Entra ID gives the portal no token any more, and nothing can be asked of Azure.",
        "Make a new one, add it to the application, and put it where AZURE_CLIENT_CERTIFICATE_PATH points:",
        "az ad app credential reset --id {client_id} --append --cert @new-certificate.pem",
        afterwards=_SIGN_IN_TOO,
    ),
    (Check.SECRETS, "unreadable"): Words(
        "The certificate cannot be read",
        "The file of AZURE_CLIENT_CERTIFICATE_PATH is missing, or is no certificate with its key.",
        "See what it is, on the host of a worker:",
        "openssl x509 -noout -enddate -in $AZURE_CLIENT_CERTIFICATE_PATH",
        afterwards=_SIGN_IN_TOO,
    ),
    (Check.TRAIL, "whole"): Words(
        "Trail of activity", "All {entries} entries were as they were written when the clock looked, {looked}."
    ),
    (Check.TRAIL, "old"): Words(
        "The trail was not verified lately",
        "The clock last looked {looked}, and should each hour: what happened since is not known.",
        "See that the clock process and the workers are alive, or look now:",
        "python manage.py verify_activity",
    ),
    (Check.TRAIL, "broken"): Words(
        "The trail of activity is not intact",
        "Somebody or something has changed what was recorded.",
        "Keep a copy of the database first, then see what was found; docs/security.md says what to do:",
        "python manage.py verify_activity",
    ),
    (Check.TRAIL, "not-yet"): Words("Trail of activity", "It was not verified yet: the clock does it each hour."),
}

# What was to be found out by each check of a subscription, for the troubles that may meet any of them.
_WHAT = {
    Check.SUBSCRIPTION: "the subscription",
    Check.REGISTRATION: "the registration",
    Check.PERMISSIONS: "the permissions",
    Check.ENROLMENT: "cross connections",
    Check.PORT_PAIRS: "port pairs",
}
_TROUBLES = {
    Trouble.NOT_PERMITTED: Words(
        "Azure does not let the portal see {what}",
        "The application lacks a role for it.",
        "An owner of the subscription gives it one:",
        _GIVE_ROLE,
        afterwards=_MINUTES,
    ),
    Trouble.NOT_REGISTERED: Words(
        "Azure does not show {what}",
        "The subscription is not registered for Microsoft.Network.",
        "An administrator can have it registered by a press on the page Readiness. Or an owner runs:",
        _REGISTER_BY_HAND,
        click=REGISTER,
    ),
    Trouble.THROTTLED: Words(
        "Azure was too busy to show {what}",
        "Too many calls were made with this application in this subscription. It passes by itself.",
        "Check again in a minute.",
    ),
    Trouble.FAILED: Words(
        "Azure failed to show {what}",
        "A fault of Azure's own: it tells nothing of the set-up.",
        "Check again in a few minutes. If it goes on, give Microsoft's support the ids below.",
    ),
    Trouble.VERSION_REFUSED: Words(
        "Azure does not know the api-version",
        "It refuses the version in which the portal asks for {what}.",
        "Set PORTAL_ARM_API_VERSION to one that this cloud has, and restart. Which they are:",
        "az provider show --namespace Microsoft.Network --query \"resourceTypes[?resourceType=='expressRouteCircuits']"
        '.apiVersions"',
    ),
    Trouble.NO_ANSWER: Words(
        "Azure gave no answer about {what}",
        "The way to Azure broke off in between.",
        "Check again in a minute. If it goes on, look at the proxy between the portal and Azure.",
    ),
    Trouble.PORTAL_FAULT: Words(
        "The portal failed while it asked about {what}",
        "A fault of its own: it tells nothing of the set-up, and a registration that was wanted may not have been "
        "asked for.",
        "Check again. If it goes on, the log of the worker says what went wrong:",
        "journalctl -u crossconnect-worker -n 100",
    ),
}
_ANYTHING_ELSE = Words(
    "Azure did not show {what}",
    "Its answer was another one than expected.",
    "Check again in a few minutes. If it goes on, give Microsoft's support the ids below.",
)
# Whether Azure got the request that somebody asked for. What has no answer may have come to something all the same, and
# to ask twice harms nothing.
_WHY_NOT_REGISTERED = {
    Trouble.THROTTLED: "Azure was too busy to take it, so the registration was not asked for.",
    Trouble.NOT_CONNECTED: "No connection to Azure came about, so the registration was not asked for.",
    Trouble.NO_ANSWER: "Azure gave no answer, so whether the registration was asked for is not known.",
    Trouble.NOT_UNDERSTOOD: "What answered was not Azure, so the registration was probably not asked for.",
    Trouble.FAILED: "Azure failed over it, so whether the registration was asked for is not known.",
}
_REFUSED_TO_REGISTER = "Azure refused it: its code and the log of the worker say why."
_WAITS = Words("{subject}", "Not checked: it waits until “{waits_for}” is right.")


# What stands still while nobody takes a queue (crossconnections/queue.py).
WAITING = {
    "people": "What people press waits in the database: changes, readings of tables, checks.",
    "background": "Syncs, sweeps and watches stop: the pages show what was true before.",
}


def words_of(check: Check, outcome: str) -> Words:
    """What a check's outcome is told by; ``{what}`` stands for what was asked about, where the trouble is general."""
    if outcome == "not-run":
        return _WAITS
    if own := WORDS.get((check, outcome)):
        return own
    if outcome.startswith(CANNOT_REGISTER):
        return _cannot_register(outcome.removeprefix(CANNOT_REGISTER))
    return next((words for word, words in _TROUBLES.items() if word == outcome), _ANYTHING_ELSE)


def _cannot_register(trouble: str) -> Words:
    """Of a registration that an administrator pressed for; nothing asks again by itself."""
    why = next((words for word, words in _WHY_NOT_REGISTERED.items() if word == trouble), _REFUSED_TO_REGISTER)
    return Words(
        "Microsoft.Network could not be registered",
        f"{why} The portal does not ask again by itself.",
        "An administrator can ask again by a press on the page Readiness. Or an owner runs:",
        _REGISTER_BY_HAND,
        click=REGISTER,
        afterwards="Azure takes a minute or two for it.",
    )


def what_of(check: Check) -> str:
    """What a check was to find out."""
    return _WHAT.get(check, "it")


SUBJECTS = {
    Check.TOKEN: "Credentials",
    Check.REACHABLE: "Azure Resource Manager reachable",
    Check.CLOCK: "Clock",
    Check.SUBSCRIPTION: "Subscription",
    Check.REGISTRATION: "Resource provider",
    Check.PERMISSIONS: "Permissions",
    Check.ENROLMENT: "Partner subscription",
    Check.PORT_PAIRS: "Port pairs",
    Check.QUOTA: "Quota",
    Check.DATABASE: "Database",
    Check.BROKER: "Broker",
    Check.WORKERS: "Workers",
    Check.TICKS: "Clock process",
    Check.SYNC: "Mirror",
    Check.ROLES: "App roles",
    Check.SECRETS: "Secrets",
    Check.TRAIL: "Trail of activity",
}
