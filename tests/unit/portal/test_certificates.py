"""Certificates are checked, and nothing in the code could turn that off."""

import ast
from collections.abc import Iterator

from tests.documents import REPOSITORY

_KEYWORDS = {"verify", "connection_verify", "check_hostname", "verify_mode"}
_NAMES = {"CERT_NONE", "_create_unverified_context", "disable_warnings", "VERIFY_NONE"}


def ways_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        is_off = (
            isinstance(node, ast.keyword) and node.arg in _KEYWORDS and ast.unparse(node.value) in {"False", "None"}
        )
        if is_off or (isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node).rpartition(".")[2] in _NAMES):
            yield ast.unparse(node)
        if isinstance(node, ast.Assign) and ast.unparse(node.value) == "False":
            yield from (name for name in map(ast.unparse, node.targets) if name.rpartition(".")[2] in _KEYWORDS)


def test_no_code_of_ours_leaves_a_certificate_unchecked():
    files = [file for folder in ("portal", "crossconnections") for file in (REPOSITORY / folder).rglob("*.py")]
    assert {str(file): found for file in files if (found := list(ways_in(ast.parse(file.read_text()))))} == {}


def test_each_way_would_be_found():
    ways = "a(verify=False); b(connection_verify=False); c.verify = False; ssl.CERT_NONE; d.check_hostname = False"
    assert len(list(ways_in(ast.parse(ways)))) == 5
