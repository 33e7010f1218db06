"""Requests to one address: most of each is as it should be, so that what is wrong with it gets far."""

from collections.abc import Sequence
from urllib.parse import quote

from hypothesis import strategies as st

from tests.integration.hostile.addresses import parts_of, target
from tests.integration.hostile.survey import Survey, Taken
from tests.integration.hostile.texts import bad_percents, encoded, rarely_huge, texts
from tests.integration.hostile.wire import TOKEN, Asked, Header

Fields = list[tuple[str, str]]
_URLENCODED = "application/x-www-form-urlencoded"
_BOUNDARY = "x--hostile--x"
_FRAGMENT: tuple[Header, ...] = (("HX-Request", "true"), ("X-By-Person", "1"))
_VARIANTS: Sequence[tuple[Header, ...]] = ((), (), _FRAGMENT, (*_FRAGMENT, ("HX-Trigger", "filters")))


def _value(name: str, found: Survey, *, is_form: bool) -> st.SearchStrategy[str]:
    """Something that was seen there, or anything."""
    bad = rarely_huge if is_form else texts
    known = found.values.get(name)
    return st.one_of(st.sampled_from(known), st.sampled_from(known), bad) if known else bad


def fields_of(names: Sequence[str], found: Survey, *, is_form: bool) -> st.SearchStrategy[Fields]:
    """Some of the names, each once or several times, and now and then one that nobody knows."""
    one = st.sampled_from([*names, "unheard-of"]).flatmap(
        lambda name: st.tuples(st.just(name), _value(name, found, is_form=is_form))
    )
    return st.lists(one, max_size=6)


@st.composite
def queries(draw: st.DrawFn, taken: Taken, found: Survey) -> Asked:
    """A GET of something that is there."""
    fields = draw(fields_of(sorted(taken.names), found, is_form=False))
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in fields)
    junk = draw(st.one_of(st.just(""), st.just(""), st.just("&&=&;="), bad_percents))
    path, method = draw(st.sampled_from(taken.paths)), draw(st.sampled_from(["GET", "GET", "GET", "HEAD"]))
    whole = "&".join(
        filter(None, [query, f"{draw(st.sampled_from(sorted(taken.names) or ['q']))}={junk}" if junk else ""])
    )
    return Asked(method, f"{path}?{whole}" if whole else path, draw(st.sampled_from(_VARIANTS)))


@st.composite
def forms(draw: st.DrawFn, taken: Taken, found: Survey) -> Asked:
    """A POST of a form as a page has it, with some of its fields replaced, repeated, added or left out."""
    path = draw(st.sampled_from(taken.paths))
    offered = taken.forms.get(path) or [form for some in taken.forms.values() for form in some]
    sent = draw(st.sampled_from(offered)).sent if offered else {}
    names = sorted({*taken.names, *sent})
    kept = {name: list(values) for name, values in sent.items() if draw(st.integers(0, 9))}
    for name, value in draw(fields_of(names, found, is_form=True)):
        kept[name] = [*kept.get(name, []), value] if draw(st.integers(0, 4)) == 0 else [value]
    fields = [(name, value) for name, values in kept.items() for value in values]
    headers, body = draw(bodies(fields))
    query = draw(st.one_of(st.just([]), fields_of(sorted(taken.names), found, is_form=False)))
    tail = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in query)
    return Asked("POST", f"{path}?{tail}" if tail else path, (*headers, *draw(st.sampled_from(_VARIANTS))), body)


@st.composite
def bodies(draw: st.DrawFn, fields: Fields) -> tuple[tuple[Header, ...], bytes]:
    """Mostly what a browser makes of the fields; now and then what no browser makes of anything."""
    kind = draw(st.sampled_from(["urlencoded"] * 12 + ["multipart"] * 4 + ["raw", "file", "odd"]))
    if kind == "raw":
        return (("Content-Type", _URLENCODED),), draw(st.binary(max_size=60))
    if kind == "odd":
        return draw(odd_bodies())
    if kind == "urlencoded":
        return (("Content-Type", _URLENCODED),), "&".join(f"{encoded(n)}={encoded(v)}" for n, v in fields).encode()
    file = draw(st.binary(max_size=200)) if kind == "file" else None
    return (("Content-Type", f"multipart/form-data; boundary={_BOUNDARY}"),), multipart(fields, file)


def multipart(fields: Fields, file: bytes | None = None) -> bytes:
    """The fields as parts, and a file behind them if there is one."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{quote(name)}"\r\n\r\n'.encode()
        + value.encode(errors="surrogatepass")
        + b"\r\n"
        for name, value in fields
    ]
    if file is not None:
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        parts.append(head.encode() + file + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()


CHARSETS = (
    "utf-16", "utf-7", "idna", "punycode", "hex", "base64", "rot13", "zip", "unicode_escape", "raw_unicode_escape",
    "undefined", "mbcs", "nothing-known", "latin-1", "\x80", "utf_8_sig", "", '"',
)  # fmt: skip
TYPES = (
    "application/json", "text/plain", "text/xml", "multipart/mixed; boundary=x", "multipart/form-data", "*/*", "",
    ";", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300,
    "multipart/form-data; boundary=\xe9", "multipart/form-data; boundary=x; boundary=y",
    "application/x-www-form-urlencoded;" * 20, "\xff\xfe", "a/b; c*=hex''%00", "text/html; charset*=utf-8''%00",
    "text/html; charset*=x'y", "multipart/form-data; boundary*=utf-16''%ff%00",
)  # fmt: skip
_ROOT = (_URLENCODED, "multipart/form-data; boundary=x", "text/plain")
content_types = st.one_of(
    st.sampled_from(TYPES),
    st.builds(lambda kind, charset: f"{kind}; charset={charset}", st.sampled_from(_ROOT), st.sampled_from(CHARSETS)),
)
_PARTS = (
    b"--x\r\n", b"--x--\r\n", b'Content-Disposition: form-data; name="a"\r\n\r\n', b"\r\n", b"\0", b"\xff\xfe",
    b"Content-Disposition: form-data\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n", b"=", b"%", b"a=b&c=d",
    b'{"a": [1, {"b": null}]}', b'Content-Disposition: form-data; name="file"; filename="\xff"\r\n\r\n',
    b"name*=utf-8''%ff\r\n", b"Content-Disposition: form-data; name*=hex''61\r\n\r\n", b"[" * 5_000,
    b"Content-Disposition: form-data; name*=idna''%ff\r\n\r\n",
)  # fmt: skip


@st.composite
def odd_bodies(draw: st.DrawFn) -> tuple[tuple[Header, ...], bytes]:
    """Of any type, in any charset, broken anywhere."""
    body = b"".join(draw(st.lists(st.one_of(st.sampled_from(_PARTS), st.binary(max_size=20)), max_size=8)))
    return (("Content-Type", draw(content_types)),), f"csrfmiddlewaretoken={TOKEN}&".encode() + body


ODD_PARTS = (
    "%00", "%ff", "%2F", "..%2f..", "%2e%2e", "%25", "%0d%0aX:%20y", "%E2%80%AE", "%ED%A0%80", "x" * 2000,
    "%F0%9F%92%A5", "0", "-1", "1.0", "99999999999999999999", "9" * 4500, "%D9%A3", "1e3", "%20", "true", "<script>",
    "%3Cscript%3E", "{}", "*", "AzurePublicPeering", "azureprivatepeering", "order", "onboarding", "export.csv",
    "rows", "sync", "%5C", "%7B1b2f0c1e%7D", ".",
)  # fmt: skip


@st.composite
def paths(draw: st.DrawFn, taken: Taken) -> Asked:
    """The address with odd parts, whatever kinds they are to be."""
    known = draw(st.sampled_from(taken.paths))
    parts = {name: draw(odd_parts) for name in parts_of(taken.pattern)}
    path = target(taken.pattern, parts) if draw(st.integers(0, 4)) else known + draw(odd_parts)
    method = draw(st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]))
    return Asked(method, path, draw(st.sampled_from(_VARIANTS)))


odd_parts = st.one_of(st.sampled_from(ODD_PARTS), texts.map(lambda text: encoded(text[:3_000])))

HEADERS = (
    "Accept", "Accept-Language", "If-None-Match", "If-Modified-Since", "If-Match", "Range", "Origin", "Referer",
    "Cookie", "User-Agent", "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-ID", "X-Correlation-ID",
    "Authorization", "Expect", "HX-Current-URL", "HX-Trigger", "HX-Target", "HX-Boosted",
    "HX-History-Restore-Request", "HX-Prompt", "X-CSRFToken", "Content-Length", "Content-Encoding",
    "Transfer-Encoding", "Host", "X-By-Person", "Upgrade-Insecure-Requests",
)  # fmt: skip
HEADER_VALUES = (
    "http://[", "https://localhost:8000//evil.example", "http://localhost:8000/%00", "http://localhost:8000/\u00e9",
    "true", "-1", "0", "9" * 40, "null", "bytes=0-99999999999999999999", "Mon, 99 Foo 9999 99:99:99 GMT", '"\\',
    "\xff\xfe", "fe80::1%eth0", "1.2.3.4, ::", 'session="\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
    "session=\xff" + "a" * 40, "csrf=x; theme=\xe9; =; ;;", "session=" + "a" * 9000, "localhost", "evil.example",
    "localhost:99999", "[::1", "*", "x" * 4000, "\u00e9\u00e8",
)  # fmt: skip


@st.composite
def heads(draw: st.DrawFn, taken: Taken) -> Asked:
    """As it should be, but for some headers."""
    odd = draw(st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(HEADER_VALUES)), min_size=1, max_size=3))
    kind = draw(st.one_of(st.just([]), st.just([]), content_types.map(lambda told: [("Content-Type", told)])))
    method, is_anybody = draw(st.sampled_from(["GET", "POST"])), draw(st.booleans())
    headers = (*draw(st.sampled_from(_VARIANTS)), *odd, *kind)
    return Asked(method, draw(st.sampled_from(taken.paths)), headers, is_anybody=is_anybody)
