"""Addresses of the access page."""

from django.urls import path

from portal.access import views

urlpatterns = [
    path("settings/access/", views.access, name="access"),
    path("settings/access/assignments/<int:key>/end/", views.end_assignment, name="end-assignment"),
    path("settings/access/people/<int:key>/", views.person_access, name="person-access"),
]
