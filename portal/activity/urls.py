"""Addresses of the trail."""

from django.urls import path

from portal.activity.views import activity, activity_csv, activity_json_lines

urlpatterns = [
    path("activity/", activity, name="activity"),
    path("activity/export.csv", activity_csv, name="activity-csv"),
    path("activity/export.jsonl", activity_json_lines, name="activity-jsonl"),
]
