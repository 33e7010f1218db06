"""The portal as a WSGI application, for gunicorn."""

import os

import django

from portal.handler import Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup(set_prefix=False)
application = Handler()
