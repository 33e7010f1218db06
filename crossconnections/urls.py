"""Addresses of cross connections. Fixed words stand before the service key, which takes any text."""

from django.urls import path, register_converter

from crossconnections.converters import WorkflowKind
from crossconnections.views.change import (
    ask_again,
    cancel_change,
    change,
    change_json,
    confirm_change,
    look_again,
    settle_change,
)
from crossconnections.views.change_forms import provisioning, tags
from crossconnections.views.change_sets import cancel_change_set, change_set, confirm_change_set
from crossconnections.views.changes import changes, changes_json
from crossconnections.views.communities import catalogues_state, communities, read_catalogues, service_communities
from crossconnections.views.cross_connection import cross_connection, refresh_cross_connection, settle_attention
from crossconnections.views.cross_connections import cross_connections, location_rows
from crossconnections.views.documents import cross_connection_json, cross_connections_json
from crossconnections.views.export import export_csv
from crossconnections.views.handover import handover, handover_text
from crossconnections.views.jump import jump
from crossconnections.views.onboarding import begin_onboarding, onboarding
from crossconnections.views.peering_forms import check_peering, peering, remove_peering
from crossconnections.views.placement import placement
from crossconnections.views.ports import ports, ports_state, read_ports
from crossconnections.views.readiness import readiness, readiness_state
from crossconnections.views.record import record
from crossconnections.views.records import export_records, import_records
from crossconnections.views.review import review
from crossconnections.views.several import several, several_review
from crossconnections.views.snapshots import comment_snapshot, retry_read, snapshot, stop_snapshot
from crossconnections.views.subscriptions import subscription, subscription_state, subscriptions
from crossconnections.views.syncs import sync_now, sync_state
from crossconnections.views.table_files import snapshot_json, table_csv
from crossconnections.views.troubleshooting import troubleshooting
from crossconnections.views.watch import end_watch, watch
from crossconnections.views.workflow import workflow, workflow_end, workflow_finding, workflow_step
from crossconnections.views.workflow_order import workflow_order

register_converter(WorkflowKind, "workflow")

# One reading of one cross connection.
_SNAPSHOT = "cross-connections/<str:service_key>/snapshots/<int:number>"
_WORKFLOW = "cross-connections/<str:service_key>/<workflow:kind>"
_PEERING = "cross-connections/<str:service_key>/peerings/<str:peering_type>"

urlpatterns = [
    path("cross-connections.json", cross_connections_json, name="cross-connections-json"),
    path("cross-connections/", cross_connections, name="cross-connections"),
    path("cross-connections/export.csv", export_csv, name="cross-connections-csv"),
    path("cross-connections/records.csv", export_records, name="records-csv"),
    path("cross-connections/records/import/", import_records, name="import-records"),
    path("cross-connections/rows/", location_rows, name="location-rows"),
    path("cross-connections/sync/", sync_now, name="sync-now"),
    path("cross-connections/sync/state/", sync_state, name="sync-state"),
    path("cross-connections/<str:service_key>.json", cross_connection_json, name="cross-connection-json"),
    path("cross-connections/<str:service_key>/", cross_connection, name="cross-connection"),
    path("cross-connections/<str:service_key>/refresh/", refresh_cross_connection, name="refresh"),
    path("cross-connections/<str:service_key>/attention/", settle_attention, name="settle"),
    path("cross-connections/<str:service_key>/provisioning/", provisioning, name="provisioning"),
    path("cross-connections/<str:service_key>/placement/", placement, name="placement"),
    path("cross-connections/<str:service_key>/tags/", tags, name="tags"),
    path("cross-connections/<str:service_key>/record/", record, name="record"),
    path(f"{_PEERING}/", peering, name="peering"),
    path(f"{_PEERING}/check/", check_peering, name="check-peering"),
    path(f"{_PEERING}/remove/", remove_peering, name="remove-peering"),
    path("cross-connections/<str:service_key>/review/<uuid:draft>/", review, name="review"),
    path("cross-connections/<str:service_key>/troubleshooting/", troubleshooting, name="troubleshooting"),
    path(f"{_SNAPSHOT}/", snapshot, name="snapshot"),
    path(f"{_SNAPSHOT}.json", snapshot_json, name="snapshot-json"),
    path(f"{_SNAPSHOT}/stop/", stop_snapshot, name="stop-snapshot"),
    path(f"{_SNAPSHOT}/retry/", retry_read, name="retry-read"),
    path(f"{_SNAPSHOT}/comment/", comment_snapshot, name="comment-snapshot"),
    path(f"{_SNAPSHOT}/<str:peering>/<str:device_path>/<str:table>.csv", table_csv, name="table-csv"),
    path("cross-connections/<str:service_key>/handover/", handover, name="handover"),
    path("cross-connections/<str:service_key>/handover.txt", handover_text, name="handover-text"),
    path("cross-connections/<str:service_key>/watch/", watch, name="watch"),
    path("cross-connections/<str:service_key>/watch/end/", end_watch, name="end-watch"),
    path(f"{_WORKFLOW}/", workflow, name="workflow"),
    path(f"{_WORKFLOW}/order/", workflow_order, name="workflow-order"),
    path(f"{_WORKFLOW}/steps/<str:step>/", workflow_step, name="workflow-step"),
    path(f"{_WORKFLOW}/findings/", workflow_finding, name="workflow-finding"),
    path(f"{_WORKFLOW}/end/", workflow_end, name="workflow-end"),
    path("onboarding/", onboarding, name="onboarding"),
    path("onboarding/begin/", begin_onboarding, name="begin-onboarding"),
    path("changes.json", changes_json, name="changes-json"),
    path("changes/", changes, name="changes"),
    path("changes/<int:number>.json", change_json, name="change-json"),
    path("changes/<int:number>/", change, name="change"),
    path("changes/<int:number>/look/", look_again, name="look-again"),
    path("changes/<int:number>/cancel/", cancel_change, name="cancel-change"),
    path("changes/<int:number>/go-ahead/", confirm_change, name="confirm-change"),
    path("changes/<int:number>/settle/", settle_change, name="settle-change"),
    path("changes/<int:number>/again/", ask_again, name="ask-again"),
    path("changes/several/", several, name="several"),
    path("changes/several/<uuid:draft>/", several_review, name="several-review"),
    path("changes/sets/<int:number>/", change_set, name="change-set"),
    path("changes/sets/<int:number>/cancel/", cancel_change_set, name="cancel-change-set"),
    path("changes/sets/<int:number>/confirm/", confirm_change_set, name="confirm-change-set"),
    path("jump/", jump, name="jump"),
    path("communities/", communities, name="communities"),
    path("communities/service/", service_communities, name="service-communities"),
    path("communities/read/", read_catalogues, name="read-catalogues"),
    path("communities/state/", catalogues_state, name="catalogues-state"),
    path("ports/", ports, name="ports"),
    path("ports/read/", read_ports, name="read-ports"),
    path("ports/state/", ports_state, name="ports-state"),
    path("readiness/", readiness, name="readiness"),
    path("readiness/state/", readiness_state, name="readiness-state"),
    path("settings/subscriptions/", subscriptions, name="subscriptions"),
    path("settings/subscriptions/<uuid:subscription_id>/", subscription, name="subscription"),
    path("settings/subscriptions/<uuid:subscription_id>/state/", subscription_state, name="subscription-state"),
]
