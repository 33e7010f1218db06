import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from crossconnections.arm import HostNotAllowed, check_host
from crossconnections.arm.hosts import endpoint_from

AZURE = "https://management.azure.com"

ALLOWED = [
    "https://management.azure.com",
    "https://management.azure.com/subscriptions?api-version=2026-03-01&$skiptoken=a%20b",
    "https://MANAGEMENT.Azure.com:443/x",
    "HTTPS://management.azure.com/x",
    "https://brazilus.management.azure.com/subscriptions/x/operations/y?api-version=1",
    "https://management.azure.com/#@evil.example",
    "https://management.azure.com?x=https://evil.example",
]
HOSTILE = [
    "",
    "management.azure.com",
    "//management.azure.com/x",
    "/subscriptions",
    "http://management.azure.com/x",
    "ftp://management.azure.com/x",
    "https:/management.azure.com/x",
    "https:management.azure.com",
    "https:///x",
    "https://evil.example/x",
    "https://evil.example/https://management.azure.com",
    "https://management.azure.com.evil.example/x",
    "https://evilmanagement.azure.com/x",
    "https://azure.com/x",
    "https://management.azure.com:8443/x",
    "https://management.azure.com:/x",
    "https://management.azure.com:99999/x",
    "https://management.azure.com:443:80/x",
    "https://management.azure.com:\u0664\u0664\u0663/x",
    "https://management.azure.com@evil.example/x",
    "https://user@management.azure.com/x",
    "https://user:password@management.azure.com/x",
    "https://@management.azure.com/x",
    "https://management.azure.com\\@evil.example/x",
    "https://evil.example\\@management.azure.com/x",
    "https://evil.example\\.management.azure.com/x",
    "https:\\\\management.azure.com\\x",
    "https://management.azure.com/\\x",
    "https://management.azure.com#@evil.example/x",
    "https://evil.example#.management.azure.com/x",
    "https://evil.example?.management.azure.com/x",
    "https://evil.example;.management.azure.com/x",
    "https://evil.example%2f.management.azure.com/x",
    "https://evil.example%00.management.azure.com/x",
    "https://management.azure.com./x",
    "https://.management.azure.com/x",
    "https://a..management.azure.com/x",
    "https://-a.management.azure.com/x",
    "https://*.management.azure.com/x",
    "https://management.azure.com /x",
    " https://management.azure.com/x",
    "https://management.azure.com/x\n",
    "https://management.azure.com/a b",
    "https://management.azure.com/\tx",
    "https://management.azure.com/\r\nHost: evil.example",
    "https://management.azure.com\x00.evil.example/x",
    "https://management.azure.com/\x7f",
    "https://management\u3002azure\u3002com/x",
    "https://management.\uff41zure.com/x",
    "https://management.azure.\u212aom/x",
    "https://m\u0430nagement.azure.com/x",
    "https://management.azure.com/\u2028",
    "https://[::1]/x",
    "https://[management.azure.com]/x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
]


@pytest.mark.parametrize("url", ALLOWED)
def test_the_configured_host_and_its_subdomains_may_see_the_token(url: str) -> None:
    check_host(url, AZURE)


@pytest.mark.parametrize("url", HOSTILE)
def test_no_other_address_may_see_the_token(url: str) -> None:
    with pytest.raises(HostNotAllowed):
        check_host(url, AZURE)


def test_the_port_of_the_endpoint_is_the_only_one() -> None:
    check_host("https://localhost:8443/x", "https://localhost:8443")
    for url in ("https://localhost/x", "https://localhost:443/x", "https://localhost:8444/x"):
        with pytest.raises(HostNotAllowed):
            check_host(url, "https://localhost:8443")


@pytest.mark.parametrize("url", ["https://2130706433:8443", "https://127.1:8443", "https://a.127.0.0.1:8443"])
def test_an_endpoint_that_is_an_ip_address_has_no_other_forms_and_no_subdomains(url: str) -> None:
    check_host("https://127.0.0.1:8443/x", "https://127.0.0.1:8443")
    with pytest.raises(HostNotAllowed):
        check_host(url, "https://127.0.0.1:8443")


@given(st.text(alphabet="htps:/\\@#?.%[]azure-evil com\n\t;0", max_size=12), st.text(max_size=6))
def test_what_passes_is_read_as_the_same_host_by_the_library_that_connects(middle: str, end: str) -> None:
    url = f"https://management.azure.com{middle}{end}"
    try:
        check_host(url, AZURE)
    except HostNotAllowed:
        return
    read = parse_url(url)
    assert (read.scheme, read.auth, read.host, read.port or 443) == ("https", None, "management.azure.com", 443)


def test_the_sentence_names_the_host_and_no_query() -> None:
    with pytest.raises(HostNotAllowed, match=r"evil\.example:443 is not the configured") as raised:
        check_host("https://evil.example/x?secret=1", AZURE)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("text", ["", "http://localhost", "https://a/b", "https://a//", "https://a?b", "https://u@a"])
def test_an_endpoint_must_be_https_with_nothing_behind_the_host(text: str) -> None:
    with pytest.raises(ValueError, match="is not an endpoint"):
        endpoint_from(text)


def test_an_endpoint_may_end_in_a_slash() -> None:
    assert endpoint_from("https://localhost:8443/") == "https://localhost:8443"
