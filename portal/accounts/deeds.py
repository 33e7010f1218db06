"""Signing in and out, in the words of the trail."""

from portal.activity.deeds import deed

SIGNED_IN = deed("sign-in.done", "Signed in", area="Sign-in")
SIGN_IN_REFUSED = deed("sign-in.refused", "Tried to sign in", area="Sign-in")
SIGNED_OUT = deed("sign-in.out", "Signed out", area="Sign-in")
