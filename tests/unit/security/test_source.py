"""What the source must not hold, whoever writes it next. Each exception stands here with its reason."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# Nothing of the sandbox is ever installed in production.
PYTHON = sorted(path for part in ("portal", "crossconnections") for path in (ROOT / part).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

# Where something else than a template makes markup: each is given what it is made of, and escapes it.
MAKES_MARKUP = {"portal/templatetags/components.py"}
# Who speaks SQL: all of it is written there, and none is made of what anybody sent.
SPEAKS_SQL = {"portal/activity/guards.py", "portal/activity/snapshot.py", "portal/health/checks.py"}
# Who starts processes: commands of ours, without a shell.
STARTS_PROCESSES = {"portal/supervisor/part.py", "portal/supervisor/__main__.py"}
# The view that takes a file checks our token itself, once its person was let in.
WITHOUT_CSRF = {"portal/uploads.py"}

_TRUSTED = {
    "mark_safe": MAKES_MARKUP, "SafeString": MAKES_MARKUP, "SafeText": MAKES_MARKUP, "SafeData": MAKES_MARKUP,
    "format_html": MAKES_MARKUP, "format_html_join": MAKES_MARKUP, "conditional_escape": MAKES_MARKUP,
    "csrf_exempt": WITHOUT_CSRF, "subprocess": STARTS_PROCESSES,
}  # fmt: skip
_NOBODY = (
    "ModelForm", "modelform_factory", "RawSQL", "eval", "exec", "compile", "pickle", "marshal", "shelve", "yaml", "md5",
    "sha1", "MD5", "SHA1", "random", "lxml", "xml", "ldap", "ldap3", "jinja2", "__import__",
    # A process, but by subprocess, which is known above.
    "system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile", "pty", "pexpect",
    *(f"exec{how}" for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
    *(f"spawn{how}" for how in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
    "create_subprocess_exec", "create_subprocess_shell", "subprocess_exec", "subprocess_shell",
)  # fmt: skip
# As an attribute it is nearly always that of ``re``, and a pattern; the built-in one is called by its name alone.
_ELSE_AS_AN_ATTRIBUTE = {"compile", "random"}
# As a variable of ours it is a word: ``os.system`` is an attribute, or is imported.
_ELSE_AS_A_VARIABLE = {"system"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))


@cache
def names_in(path: Path) -> set[str]:
    """All that is imported, named or called, the parts of modules, and attributes whose name leaves no doubt.

    An algorithm may be named in a text as well: ``hashlib.new("md5")``.
    """
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import():
                found |= {part for alias in node.names for part in alias.name.split(".")}
            case ast.ImportFrom():
                found |= {*(node.module or "").split("."), *(alias.name for alias in node.names)}
            case ast.Name() if node.id not in _ELSE_AS_A_VARIABLE:
                found.add(node.id)
            case ast.Attribute() if node.attr not in _ELSE_AS_AN_ATTRIBUTE:
                found.add(node.attr)
            case ast.Constant(value="md5" | "sha1" as algorithm):
                found.add(algorithm)
    return found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("hashlib.md5(b'x')", "md5"),
        ("hashlib.sha1(b'x')", "sha1"),
        ("hashlib.new('md5')", "md5"),
        ("hmac.new(key, text, 'sha1')", "sha1"),
        ("hashes.MD5()", "MD5"),
        ("hashes.SHA1()", "SHA1"),
        ("os.system('x')", "system"),
        ("os.popen('x')", "popen"),
        ("os.execv('x', [])", "execv"),
        ("os.spawnlp(os.P_WAIT, 'x', 'x')", "spawnlp"),
        ("os.posix_spawn('x', [], {})", "posix_spawn"),
        ("asyncio.create_subprocess_shell('x')", "create_subprocess_shell"),
        ("from os import system", "system"),
        ("import subprocess as processes", "subprocess"),
        ("safestring.mark_safe(x)", "mark_safe"),
        ("html.format_html('{}', x)", "format_html"),
        ("expressions.RawSQL('x', [])", "RawSQL"),
        ("builtins.eval('x')", "eval"),
        ("django.forms.ModelForm", "ModelForm"),
        ("compile('x', '', 'exec')", "compile"),
        ("import pickle", "pickle"),
        ("from django.views.decorators import csrf\n@csrf.csrf_exempt\ndef view(): ...", "csrf_exempt"),
    ],
)
def test_a_dangerous_line_is_seen_however_it_is_written(tmp_path: Path, line: str, name: str):
    file = tmp_path / "line.py"
    file.write_text(line)
    assert name in names_in(file)
    assert name in {*_TRUSTED, *_NOBODY}


@pytest.mark.parametrize(
    "line", ["re.compile('x')", "system = 'Linux'", "secrets.SystemRandom().random()", "'MD5 between routers'"]
)
def test_a_harmless_line_is_not_taken_for_a_dangerous_one(tmp_path: Path, line: str):
    file = tmp_path / "line.py"
    file.write_text(line)
    assert names_in(file) & {*_TRUSTED, *_NOBODY} == set()


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("name", [*_TRUSTED, *_NOBODY])
def test_what_is_dangerous_is_used_where_it_is_known_and_nowhere_else(name: str):
    used_in = {named(path) for path in PYTHON if name in names_in(path)}
    assert used_in <= _TRUSTED.get(name, set())


def test_an_exception_that_nobody_needs_any_more_is_none():
    used = {name: {named(path) for path in PYTHON if name in names_in(path)} for name in _TRUSTED}
    assert used["format_html"] == MAKES_MARKUP
    assert used["csrf_exempt"] == WITHOUT_CSRF
    assert used["subprocess"] == STARTS_PROCESSES
    assert {named(path) for path in PYTHON if _asks_in_sql(path)} == SPEAKS_SQL


def _asks_in_sql(path: Path) -> bool:
    asks = {"execute", "executemany", "executescript", "raw", "extra"}
    return any(isinstance(call.func, ast.Attribute) and call.func.attr in asks for call in calls(path))


def test_what_markup_is_made_with_is_written_out_and_never_put_together():
    for path in PYTHON:
        constants = {
            target.id
            for node in tree_of(path).body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (one for one in calls(path) if called(one) == "format_html"):
            given = call.args[0]
            texts = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
            for text in texts:
                assert isinstance(text, ast.Constant) or getattr(text, "id", "") in constants, named(path)


def test_no_form_takes_whatever_a_model_has():
    for path in PYTHON:
        fields = [
            node.value.value
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if getattr(target, "id", "") in {"fields", "exclude"}
        ]
        assert "__all__" not in fields, named(path)


@pytest.mark.parametrize(
    "option", ["verify", "connection_verify", "shell", "allow_redirects", "check_hostname", "safe"]
)
def test_no_option_switches_a_guard_off(option: str):
    """``verify=False``, ``shell=True`` and their like; redirects are followed nowhere, so none is asked for."""
    bad = {"shell": True, "allow_redirects": True, "safe": False}.get(option, False)
    found = [
        named(path)
        for path in PYTHON
        for call in calls(path)
        for given in call.keywords
        if given.arg == option and isinstance(given.value, ast.Constant) and given.value.value is bad
    ]
    assert found == []


def test_no_line_switches_the_verification_of_certificates_off():
    off = re.compile(r"CERT_NONE|verify\s*=\s*False|check_hostname\s*=\s*False|disable_warnings|_create_unverified")
    assert {named(path) for path in PYTHON if off.search(path.read_text())} == set()


def test_patterns_are_written_out_and_none_is_made_of_what_somebody_typed():
    made = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
    for path in PYTHON:
        for call in calls(path):
            of_re = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "re"
            if of_re and called(call) in made:
                names = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
                assert names <= _written_out(path), (named(path), ast.unparse(call))


def _written_out(path: Path) -> set[str]:
    """Names of the module, and of what a loop or a function goes through of them."""
    tree = tree_of(path)
    found = {
        getattr(target, "id", "")
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    loops = {getattr(node.target, "id", "") for node in ast.walk(tree) if isinstance(node, ast.comprehension | ast.For)}
    return found | loops | _PATTERNS_AS_ARGUMENTS.get(named(path), set())


# A function of a module's own that is given one of its patterns.
_PATTERNS_AS_ARGUMENTS = {"crossconnections/arm/credentials.py": {"pattern"}}


# --- templates --------------------------------------------------------------------------------------------
_INLINE = {
    "a script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a handler of htmx": re.compile(r"hx-on\b|hx-on:|hx-vars|hx-(?:vals|headers)\s*=\s*['\"]js:", re.IGNORECASE),
    "a filter of a trigger": re.compile(r"hx-trigger\s*=\s*\"[^\"]*\[(?!type=|name=)", re.IGNORECASE),
    "an address that is a script": re.compile(r"(?:javascript|vbscript|data)\s*:\s*[^\s\"']", re.IGNORECASE),
    "another site": re.compile(r"(?:src|action|hx-[a-z]+)\s*=\s*\"(?:https?:)?//", re.IGNORECASE),
    "a frame or an object": re.compile(r"<(?:iframe|frame|object|embed|base|meta\s+http-equiv)\b", re.IGNORECASE),
    "a window that can reach back": re.compile(r"target\s*=\s*\"_blank\"(?![^>]*rel=\"[^\"]*noopener)"),
}  # fmt: skip


@pytest.mark.parametrize("what", _INLINE)
def test_no_template_holds(what: str):
    found = [named(path) for path in TEMPLATES if _INLINE[what].search(_markup(path.read_text()))]
    assert found == []


def test_no_template_switches_the_escaping_off():
    off = re.compile(r"\|\s*(?:safe|safeseq|escapejs)\b|autoescape\s+off|json_script")
    assert [named(path) for path in TEMPLATES if off.search(path.read_text())] == []


def _markup(text: str) -> str:
    """Without what Django takes out of it."""
    return re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL)


def test_every_form_that_is_posted_has_our_token():
    for path in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), flags=re.DOTALL):
            if 'method="post"' in form.split(">", 1)[0]:
                assert "{% csrf_token %}" in form, named(path)


def test_no_form_that_is_not_posted_sends_our_token_in_an_address():
    for path in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), flags=re.DOTALL):
            if 'method="post"' not in form.split(">", 1)[0]:
                assert "{% csrf_token %}" not in form, named(path)


def test_htmx_neither_evaluates_nor_keeps_anything_and_asks_this_site_alone():
    page = (ROOT / "templates" / "base.html").read_text()
    for setting in (
        '"allowEval":false', '"allowScriptTags":false', '"selfRequestsOnly":true', '"historyCacheSize":0',
        '"includeIndicatorStyles":false',
    ):  # fmt: skip
        assert setting in page


# --- scripts ----------------------------------------------------------------------------------------------
_IN_SCRIPTS = re.compile(
    r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|postMessage|\.src\s*=|import\("
    r"|localStorage|sessionStorage|indexedDB|setTimeout\(\s*[\"'`]"
)


def test_no_script_makes_markup_of_text_or_keeps_anything_in_the_browser():
    assert {named(path): _IN_SCRIPTS.findall(path.read_text()) for path in SCRIPTS} == {
        named(path): [] for path in SCRIPTS
    }


def test_what_scripts_put_into_cookies_is_how_the_page_looks_and_nothing_else():
    kept = {name for path in SCRIPTS for name in re.findall(r"cookie\s*=\s*`([^=`]*)=", path.read_text())}
    assert kept == {"${prefix}theme", "${prefix}keys"}
