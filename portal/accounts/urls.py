"""Addresses of signing in and out."""

from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/start/", views.start, name="sign-in-start"),
    path("sign-in/callback/", views.callback, name="sign-in-callback"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("signed-out/", views.signed_out, name="signed-out"),
]
