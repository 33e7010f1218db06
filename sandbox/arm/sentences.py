"""What Azure's errors say, in English as recorded and in German as a reader would expect it.

The words in braces are filled in by who refuses, whatever is in them. A key is an error's code; where a code has
several sentences, what is behind the slash tells them apart; "fault" is for codes that a test made up.
"""

ENGLISH = {
    "fault": "The sandbox was told to answer {status}.",
    "MissingApiVersionParameter": "The api-version query parameter (?api-version=) is required for all requests.",
    "InvalidApiVersionParameter": "The api-version '{version}' is invalid. The supported versions are '{supported}'.",
    "NoRegisteredProviderFound": "No registered resource provider found for location '{location}' and API version "
    "'{version}' for type '{type}'. The supported api-versions are '{supported}'. "
    "The supported locations are '{locations}'.",
    "InvalidSkipToken": "The skip token is invalid.",
    "InvalidFilter": "The filter '{filter}' is invalid.",
    "InvalidDevicePath": "The device path '{path}' is invalid. The supported values are 'primary,secondary'.",
    "InvalidLocation": "The peering location '{location}' is invalid.",
    "LocationRequired": "The location property is required for this definition.",
    "InvalidResourceLocation": "The resource '{name}' already exists in location '{from}' in resource group '{group}'. "
    "A resource with the same name cannot be created in location '{to}'. Please select a new resource name.",
    "InvalidRequestFormat": "Cannot parse the request.",
    "InvalidJson": "Error converting value: {reason}",
    "InvalidTags": "The tags are invalid. {reason}",
    "InvalidAzurePorts": "'{primary}' and '{secondary}' are not a port pair at the peering location '{location}'.",
    "InsufficientPortPairBandwidth": "The port pair of '{primary}' and '{secondary}' has {left} Mbps left, which is "
    "less than the {mbps} Mbps of the circuit.",
    "ExpressRouteCircuitReferenceInCrossConnectionCannotBeModified": "The Circuit Reference for an Express Route Cross "
    "Connection {id} cannot be modified from {from} to {to}.",
    "ExpressRoutePeeringLocationInCrossConnectionCannotBeModified": "The Peering Location for an Express Route Cross "
    "Connection {id} cannot be modified from {from} to {to}.",
    "ExpressRouteBandwidthInCrossConnectionCannotBeModified": "The Bandwidth for an Express Route Cross Connection "
    "{id} cannot be modified from {from} to {to}.",
    "MicrosoftPeeringConfigNotSpecified": "Microsoft Peering Config is not specified for Express Route Bgp "
    "Peering {id}.",
    "VlanIdInUse": "The VLAN ID {vlan} is in use by {other}.",
    "AzurePublicPeeringRetired": "Azure public peering is retired: {id} cannot be written.",
    "PreconditionFailed": "The condition '{condition}' of the request is not met by the current state of the resource.",
    "MissingSubscription": "The request did not have a subscription or a valid tenant level resource provider.",
    "SubscriptionNotFound": "The subscription '{subscription}' could not be found.",
    "InvalidResourceType": "The resource type could not be found in the namespace '{namespace}' for api version "
    "'{version}'.",
    "InvalidResourceNamespace": "The resource namespace '{namespace}' is invalid.",
    "ResourceGroupNotFound": "Resource group '{group}' could not be found.",
    "ResourceNotFound": "The Resource '{type}/{name}' under resource group '{group}' was not found.",
    "NotFound": "Resource {id} not found.",
    "NotFound/operation": "Operation {id} not found.",
    "ReadOnlyDisabledSubscription": "The subscription '{subscription}' is disabled and therefore marked as read only. "
    "You cannot perform any write actions on this subscription until it is re-enabled.",
    "AuthorizationFailed": "The client '{client}' with object id '{object}' does not have authorization to perform "
    "action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh "
    "your credentials.",
    "MissingSubscriptionRegistration": "The subscription is not registered to use namespace '{namespace}'. "
    "See https://aka.ms/rps-not-found for how to register subscriptions.",
    "SubscriptionNotRegisteredForFeature": "Subscription {subscription} is not registered for feature "
    "Microsoft.Network/{feature} required to carry out the requested operation.",
    "TooManyRequests": "Too many requests. Please try again after sometime.",
    "HttpMethodNotSupported": "The http method '{method}' is not supported for this resource.",
    "InternalServerError": "An error occurred.",
    "AnotherOperationInProgress": "Another operation on this or dependent resource is in progress. To retrieve status "
    "of the operation use uri: {url}.",
    "AuthenticationFailed/missing": "Authentication failed. The 'Authorization' header is missing.",
    "AuthenticationFailed/format": "Authentication failed. The 'Authorization' header is provided in an invalid "
    "format.",
    "InvalidAuthenticationToken": "The access token is invalid.",
    "InvalidAuthenticationToken/claims": "The access token does not carry the claims that are required.",
    "InvalidAuthenticationTokenAudience": "The access token has been obtained for wrong audience or resource "
    "'{audience}'. It should exactly match with one of the allowed audiences {allowed}.",
    "ExpiredAuthenticationToken": "The access token expiry UTC time '{expiry}' is earlier than current UTC time "
    "'{now}'.",
} | {
    f"{scope.capitalize()}RequestsThrottled/{kind}s": f"Number of {kind} requests for {scope} '{{id}}' exceeded the "
    "limit of '{limit}' for time interval '00:00:01'. Please try again after '{seconds}' seconds."
    for scope in ("subscription", "tenant")
    for kind in ("read", "write", "delete")
}
GERMAN = {
    "fault": "Die Sandbox soll mit {status} antworten.",
    "MissingApiVersionParameter": 'Der Abfrageparameter "api-version" (?api-version=) ist für alle Anforderungen '
    "erforderlich.",
    "InvalidApiVersionParameter": "Die API-Version '{version}' ist ungültig. Unterstützte Versionen: '{supported}'.",
    "NoRegisteredProviderFound": "Für den Standort '{location}' und die API-Version '{version}' wurde für den Typ "
    "'{type}' kein registrierter Ressourcenanbieter gefunden. Unterstützte API-Versionen: '{supported}'. "
    "Unterstützte Standorte: '{locations}'.",
    "InvalidSkipToken": "Das Skip-Token ist ungültig.",
    "InvalidFilter": "Der Filter '{filter}' ist ungültig.",
    "InvalidDevicePath": "Der Gerätepfad '{path}' ist ungültig. Unterstützte Werte: 'primary,secondary'.",
    "InvalidLocation": "Der Peeringstandort '{location}' ist ungültig.",
    "LocationRequired": "Die Eigenschaft 'location' ist für diese Definition erforderlich.",
    "InvalidResourceLocation": "Die Ressource '{name}' ist bereits am Standort '{from}' in der Ressourcengruppe "
    "'{group}' vorhanden. Am Standort '{to}' kann keine Ressource mit demselben Namen erstellt werden. Wählen Sie "
    "einen neuen Ressourcennamen aus.",
    "InvalidRequestFormat": "Die Anforderung kann nicht analysiert werden.",
    "InvalidJson": "Fehler beim Konvertieren des Werts: {reason}",
    "InvalidTags": "Die Tags sind ungültig. {reason}",
    "InvalidAzurePorts": "'{primary}' und '{secondary}' sind kein Portpaar am Peeringstandort '{location}'.",
    "InsufficientPortPairBandwidth": "Auf dem Portpaar aus '{primary}' und '{secondary}' sind noch {left} Mbit/s frei, "
    "weniger als die {mbps} Mbit/s der Leitung.",
    "ExpressRouteCircuitReferenceInCrossConnectionCannotBeModified": "Der Leitungsverweis für die "
    'ExpressRoute-Querverbindung "{id}" kann nicht von "{from}" in "{to}" geändert werden.',
    "ExpressRoutePeeringLocationInCrossConnectionCannotBeModified": "Der Peeringstandort für die "
    'ExpressRoute-Querverbindung "{id}" kann nicht von "{from}" in "{to}" geändert werden.',
    "ExpressRouteBandwidthInCrossConnectionCannotBeModified": "Die Bandbreite für die ExpressRoute-Querverbindung "
    '"{id}" kann nicht von "{from}" in "{to}" geändert werden.',
    "MicrosoftPeeringConfigNotSpecified": "Für das ExpressRoute-BGP-Peering {id} ist keine "
    "Microsoft-Peeringkonfiguration angegeben.",
    "VlanIdInUse": "Die VLAN-ID {vlan} wird bereits von {other} verwendet.",
    "AzurePublicPeeringRetired": "Das öffentliche Azure-Peering wurde eingestellt: {id} kann nicht geschrieben werden.",
    "PreconditionFailed": "Der aktuelle Zustand der Ressource erfüllt die Bedingung '{condition}' der Anforderung "
    "nicht.",
    "MissingSubscription": "Die Anforderung enthielt weder ein Abonnement noch einen gültigen Ressourcenanbieter auf "
    "Mandantenebene.",
    "SubscriptionNotFound": "Das Abonnement '{subscription}' wurde nicht gefunden.",
    "InvalidResourceType": "Der Ressourcentyp wurde im Namespace '{namespace}' für die API-Version '{version}' nicht "
    "gefunden.",
    "InvalidResourceNamespace": "Der Ressourcennamespace '{namespace}' ist ungültig.",
    "ResourceGroupNotFound": "Die Ressourcengruppe '{group}' wurde nicht gefunden.",
    "ResourceNotFound": "Die Ressource '{type}/{name}' in der Ressourcengruppe '{group}' wurde nicht gefunden.",
    "NotFound": "Die Ressource {id} wurde nicht gefunden.",
    "NotFound/operation": "Der Vorgang {id} wurde nicht gefunden.",
    "ReadOnlyDisabledSubscription": "Das Abonnement '{subscription}' ist deaktiviert und daher schreibgeschützt. "
    "Schreibvorgänge sind erst möglich, wenn es wieder aktiviert ist.",
    "AuthorizationFailed": "Der Client '{client}' mit der Objekt-ID '{object}' ist nicht berechtigt, die Aktion "
    "'{action}' über den Bereich '{scope}' auszuführen, oder der Bereich ist ungültig. Wenn der Zugriff kürzlich "
    "gewährt wurde, aktualisieren Sie Ihre Anmeldeinformationen.",
    "MissingSubscriptionRegistration": "Das Abonnement ist nicht für die Verwendung des Namespace '{namespace}' "
    "registriert. Informationen zum Registrieren von Abonnements finden Sie unter https://aka.ms/rps-not-found.",
    "SubscriptionNotRegisteredForFeature": "Das Abonnement {subscription} ist nicht für das Feature "
    "Microsoft.Network/{feature} registriert, das für den angeforderten Vorgang erforderlich ist.",
    "TooManyRequests": "Zu viele Anforderungen. Versuchen Sie es später noch einmal.",
    "HttpMethodNotSupported": "Die HTTP-Methode '{method}' wird für diese Ressource nicht unterstützt.",
    "InternalServerError": "Ein Fehler ist aufgetreten.",
    "AnotherOperationInProgress": "Ein anderer Vorgang für diese oder eine abhängige Ressource wird ausgeführt. Der "
    "Status des Vorgangs kann über diesen URI abgerufen werden: {url}.",
    "AuthenticationFailed/missing": "Fehler bei der Authentifizierung. Der Header 'Authorization' fehlt.",
    "AuthenticationFailed/format": "Fehler bei der Authentifizierung. Der Header 'Authorization' hat ein ungültiges "
    "Format.",
    "InvalidAuthenticationToken": "Das Zugriffstoken ist ungültig.",
    "InvalidAuthenticationToken/claims": "Dem Zugriffstoken fehlen erforderliche Ansprüche.",
    "InvalidAuthenticationTokenAudience": "Das Zugriffstoken wurde für eine falsche Zielgruppe oder Ressource "
    "'{audience}' abgerufen. Zulässige Zielgruppen: {allowed}.",
    "ExpiredAuthenticationToken": "Das Zugriffstoken ist abgelaufen: '{expiry}' liegt vor der aktuellen UTC-Zeit "
    "'{now}'.",
} | {
    f"{scope}RequestsThrottled/{kind}": f"Die Anzahl der {german} für {whose} '{{id}}' hat den Grenzwert von "
    "'{limit}' für das Zeitintervall '00:00:01' überschritten. Versuchen Sie es nach '{seconds}' Sekunden noch einmal."
    for scope, whose in (("Subscription", "das Abonnement"), ("Tenant", "den Mandanten"))
    for kind, german in (("reads", "Leseanforderungen"), ("writes", "Schreibanforderungen"), ("deletes", "Löschungen"))
}
