"""Texts that somebody may send who means no good, or whose keyboard, spreadsheet or program does not."""

from urllib.parse import quote

from hypothesis import strategies as st

# Each of them has broken something somewhere: databases (NUL, halves of characters, numbers beyond 64 bits), parsers of
# numbers (other digits, exponents, signs), pages (markup), terminals (escapes), spreadsheets (formulas), eyes (what
# turns the direction of writing, what cannot be seen), searches (wildcards), formats (braces, percent signs).
WORDS = (
    "\0", "a\0b", "\ud800", "a\udfffb", "\ufffe", "\x1b[31mred\x1b[0m", "a\r\nb", "\x85\u2028\u2029",
    "99999999999999999999", "9223372036854775808", "2147483648", "-1", "-99999999999999999999", "1e400", "0x1F",
    "1_000", "٣", "१२", "４", "²", "½", "+5", " 5 ", "5.0", "1e3", "NaN", "Infinity", "9" * 400, "9" * 5000,
    "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% debug %}", "{0.__class__}",
    "%s%n%(x)s", '=HYPERLINK("http://evil.example")', "@SUM(1)", "-2+3", "+1", "|calc", "\t=1", "\u202egnp.exe",
    "\u200f\u200e", "\u200b", "\u2066a", "\u2069\u202ea", "\ufeff", "e\u0301" * 50, "%", "_", "\\", "'", '"',
    "'; DROP TABLE x; --", "*", "(((((", "[", "^(a+)+$", "../../etc/passwd", "//evil.example", "a/b", ".",
    "2026-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59",
    "now", "10.0.0.0/33", "::/0", "::ffff:10.0.0.0/127", "fe80::1%eth0", "0.0.0.0/0", "10.0.0.0/8,", "1.2.3.4.5",
    "300.1.1.1/30", "00000000-0000-0000-0000-000000000000", "{1b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610}", "urn:uuid:1",
    "1b2f0c1e", "None", "null", "true", "[]", "{}", '{"a": 1}', "undefined", "", " ", "none", "only", "|||", "a=b=c",
    "=", "a&b=c;d",
)  # fmt: skip
LONG = (
    "x" * 81,
    "x" * 2_001,
    "é" * 10_001,
    "a = 1\n" * 400,
    "10.0.0.0/24\n" * 400,
    "1b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610 " * 300,
    "\n" * 5_000,
)
HUGE = (
    "x" * 300_000,
    "".join(f"t{number} = 1\n" for number in range(30_000)),
    " ".join(f"x{number}" for number in range(60_000)),
)

words = st.sampled_from(WORDS)
anything = st.text(st.characters(), max_size=30)
texts = st.one_of(words, words, words, anything, st.sampled_from(LONG))
# Seldom: each costs what a hundred others do.
rarely_huge = st.integers(0, 400).flatmap(lambda drawn: st.sampled_from(HUGE) if drawn == 0 else texts)
bad_percents = st.sampled_from(
    ["%", "%zz", "%f", "%ff", "%c0%af", "%ed%a0%80", "%f4%90%80%80", "%00", "%u0041", "%25%30", "+%+"]
)


def encoded(text: str) -> str:
    """As it stands in a query or a form; halves of characters as the bytes that no UTF-8 has."""
    return quote(text.encode(errors="surrogatepass"), safe="")
