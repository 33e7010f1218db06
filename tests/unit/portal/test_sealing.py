"""What is sealed can be read with the keys of the portal, and with no others."""

import pytest

from portal.sealing import SealBroken, seal, unseal

OLD, NEW = "an-older-key-of-32-characters-xyz", "a-newer-key-of-32-characters-0123"


def test_what_was_sealed_is_opened_and_cannot_be_read_before():
    sealed = seal("A1B2C3D4")
    assert unseal(sealed) == "A1B2C3D4"
    assert "A1B2C3D4" not in sealed


def test_the_same_secret_is_sealed_to_another_text_each_time():
    assert seal("A1B2C3D4") != seal("A1B2C3D4")


def test_a_former_key_still_opens_what_it_sealed(settings):
    settings.PORTAL_SEALING_KEYS = (OLD,)
    sealed = seal("A1B2C3D4")
    settings.PORTAL_SEALING_KEYS = (NEW, OLD)
    assert unseal(sealed) == "A1B2C3D4"


def test_the_newest_key_seals(settings):
    settings.PORTAL_SEALING_KEYS = (NEW, OLD)
    sealed = seal("A1B2C3D4")
    settings.PORTAL_SEALING_KEYS = (NEW,)
    assert unseal(sealed) == "A1B2C3D4"


def test_keys_that_are_set_later_leave_open_what_the_secret_key_sealed(settings):
    sealed = seal("A1B2C3D4")
    settings.PORTAL_SEALING_KEYS = (NEW,)
    assert unseal(sealed) == "A1B2C3D4"


@pytest.mark.parametrize("text", ["", "A1B2C3D4", "gAAAAAB-not-ours", "\N{SNOWMAN}"])
def test_what_none_of_the_keys_sealed_is_not_opened(text: str):
    with pytest.raises(SealBroken):
        unseal(text)


def test_a_key_that_is_gone_opens_nothing(settings):
    settings.PORTAL_SEALING_KEYS = (OLD,)
    sealed = seal("A1B2C3D4")
    settings.PORTAL_SEALING_KEYS = (NEW,)
    with pytest.raises(SealBroken):
        unseal(sealed)
