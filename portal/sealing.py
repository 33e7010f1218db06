"""Sealing: a short secret kept in the database until it is used, readable only with a key that is not in there.

MultiFernet: the newest key seals, every one of them opens. Without ``PORTAL_SEALING_KEYS`` the keys follow from the
secret key and its former ones.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class SealBroken(Exception):  # noqa: N818 - reads as what happened
    """None of the keys that are configured opens it."""


def seal(secret: str) -> str:
    """ASCII text that only :func:`unseal` makes something of."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret.

    Raises:
        SealBroken: see there.
    """
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        raise SealBroken from None


def _fernet() -> MultiFernet:
    secrets = (*settings.PORTAL_SEALING_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_fernet_key(secret)) for secret in secrets])


def _fernet_key(secret: str) -> bytes:
    return urlsafe_b64encode(salted_hmac("portal.sealing", "", secret=secret, algorithm="sha256").digest())
