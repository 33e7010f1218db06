"""docs/operating.md says what the product says, and what it has to be written into is well formed."""

import ast
import gzip
import http.client
import http.server
import json
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from azure.identity import CertificateCredential

from crossconnections.readiness.actions import custom_role
from portal import env
from portal.access.roles import Role
from tests.components import lacking
from tests.documents import DOCS, REPOSITORY, read_table
from tests.drills.engine.patience import wait_for
from tests.guide import PAGE, Host, blocks
from tests.product import free_ports
from tests.unit.portal.settings_read import read, reason_not_to_start

UNITS = [name for name in blocks("file") if name.startswith("/etc/systemd/")]
SITE = "/etc/nginx/sites-enabled/crossconnect"


@pytest.fixture(scope="module")
def sentences() -> str:
    """All that the product can say, in one text: its templates, and the strings of its code."""
    found = [one.read_text() for one in (REPOSITORY / "templates").rglob("*.html")]
    for folder in ("portal", "crossconnections"):
        for file in (REPOSITORY / folder).rglob("*.py"):
            constants = (node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant))
            found += [value for value in constants if isinstance(value, str)]
    return re.sub(r"\s+", " ", re.sub(r"</?\w+>", "", "\n".join(found)))


# What Debian has without being asked; a package's name is where it is asked for.
IN_DEBIAN = {"bash", "coreutils", "grep", "sed", "util-linux", "passwd", "systemd", "apt"}
BROUGHT_BY = {
    "bash": ". cd echo exec exit export set test umask",
    "coreutils": "cat chmod cp date install mkdir mv rm",
    "grep": "grep",
    "sed": "sed",
    "util-linux": "runuser",
    "passwd": "useradd",
    "systemd": "systemctl journalctl",
    "apt": "apt-get",
    "python3-venv": "python3",
    "git": "git",
    "openssl": "openssl",
    "curl": "curl",
    "postgresql": "createdb createuser pg_dump pg_restore psql",
}


def test_what_is_said_to_be_seen_is_what_the_product_says(sentences):
    seen = [words for row in read_table(PAGE, "symptoms") for words in re.findall(r"\*([^*]+)\*", row[0])]
    parts = [part.strip() for words in seen for part in words.split("…")]
    assert len(seen) > 20
    assert [part for part in parts if part and part not in sentences] == []


def test_every_line_to_alert_on_is_one_that_is_logged(sentences):
    events = re.findall(r'"event": "(\w+)"', PAGE.read_text())
    assert len(events) > 8
    assert [event for event in events if event not in sentences] == []


def test_there_are_symptoms_with_a_meaning_and_a_deed():
    rows = read_table(PAGE, "symptoms")
    assert len(rows) > 15
    assert [row for row in rows if len(row) != 3 or not all(row)] == []


def test_every_variable_of_the_page_is_a_setting(monkeypatch):
    read(monkeypatch)
    names = set(re.findall(r"\b(?:PORTAL|AZURE|ENTRA|DATABASE|CELERY|POSTGRES)_[A-Z_]+\b", PAGE.read_text()))
    assert {name.removesuffix("_FILE") for name in names - env.DECLARED.keys()} <= env.DECLARED.keys()


def test_every_link_of_the_page_leads_somewhere():
    links = re.findall(r"\]\(([^)#:]*)(?:#([\w-]+))?\)", PAGE.read_text())
    assert [file for file, _ in links if file and not (DOCS / file).exists()] == []
    for file, anchor in links:
        heads = re.findall(r"^#+ (.+)$", ((DOCS / file) if file else PAGE).read_text(), re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
        assert not anchor or anchor in anchors, (file, anchor)


def test_the_app_roles_are_the_portals_own():
    roles = json.loads(blocks("json")["app roles"])
    assert [one["value"] for one in roles] == [role.app_role for role in Role]
    assert len({one["id"] for one in roles}) == len(roles)


def test_the_role_in_azure_is_the_one_that_the_portal_offers():
    assert json.loads(blocks("json")["role"]) == json.loads(custom_role("SUBSCRIPTION_ID"))


def test_the_services_are_ones_that_systemd_takes(tmp_path: Path):
    if not shutil.which("systemd-analyze"):
        lacking("systemd-analyze", install="apt-get install systemd")
    host = Host(tmp_path, {"/var/lib/crossconnect": "/var/lib/crossconnect"})
    files = [host.write(name) for name in UNITS]
    assert len(files) == 6
    host.path("/etc/crossconnect/environment").touch()
    units = [file for file in files if file.suffix != ".conf"]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}/etc/systemd/system:", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "crossconnect" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.parametrize(
    ("commands", "services"), [("enable", {"web", "worker", "syncs", "clock"}), ("enable a worker", {"worker"})]
)
def test_what_is_enabled_comes_back_after_a_reboot_and_nothing_else_does(
    tmp_path: Path, commands: str, services: set[str]
):
    if not shutil.which("systemctl"):
        lacking("systemctl", install="apt-get install systemd")
    host = Host(tmp_path, {"systemctl enable": f"systemctl --root={tmp_path} enable"})
    for name in UNITS:
        host.write(name)
    host.run(commands)
    units = host.path("/etc/systemd/system")
    assert names_in(units / "multi-user.target.wants") == {"crossconnect.target"}
    assert names_in(units / "crossconnect.target.wants") == {f"crossconnect-{one}.service" for one in services}
    # The target asks for none by itself: it would bring a second clock.
    assert not re.search(
        r"^(Wants|Requires|BindsTo|Upholds)=", (units / "crossconnect.target").read_text(), re.MULTILINE
    )


def names_in(folder: Path) -> set[str]:
    return {link.name for link in folder.iterdir()}


def test_each_command_of_a_plain_host_is_in_a_package_that_was_installed():
    brought = {command: package for package, commands in BROUGHT_BY.items() for command in commands.split()}
    scripts = [text for text in shell() if "docker compose" not in text and not text.startswith("az ")]
    [packages] = [line.split()[3:] for text in scripts for line in text.splitlines() if line.startswith("apt-get")]
    called = {command for text in scripts for command in commands_in(text)} - {"crossconnect"}
    assert len(called) > 20
    assert sorted(called - brought.keys()) == []
    assert {brought[command] for command in called} - IN_DEBIAN <= set(packages)


def test_no_command_has_a_password_in_it():
    """Whoever is on the machine reads it in the list of processes."""
    for text in shell():
        # The shell's own echo is no process.
        assert [
            line for line in text.splitlines() if "$(openssl" in line and not line.strip().startswith("echo ")
        ] == []
        assert not re.search(r"\$\{?(DATABASE_URL|CELERY_BROKER_URL|\w*(SECRET|PASSWORD|KEY)\w*)", text), text
        assert "://crossconnect:" not in re.sub(r"<<'END'\n.*?^END$", "", text, flags=re.DOTALL | re.MULTILINE), text


def shell() -> list[str]:
    """All blocks of commands, and the script."""
    return re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def commands_in(text: str) -> set[str]:
    """The first word of each command, also behind ``runuser -u … --``; the portal's own programs are not told."""
    text = re.sub(r"<<'END'(.*?\n).*?^END$", r"\1", text.replace("\\\n", " "), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"#.*|'[^']*'", "", text)
    found = set()
    for part in re.split(r"\n|&&|\||;|\$\(|\b(?:do|then|else|exec)\b|runuser -u \w+ --", text):
        words = [word for word in part.split() if not re.match(r"\w+=", word)]
        if words and not words[0].startswith((")", '"', "done", "for", "/opt/", ".venv")):
            found.add(words[0])
    return found | set(re.findall("runuser", text))


def test_whatever_is_to_be_made_can_be_made():
    makefile = (REPOSITORY / "Makefile").read_text()
    named = set(re.findall(r"`make (\w+)", PAGE.read_text()))
    assert {"audit", "lock", "sbom"} < named <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))


def test_the_way_back_to_a_version_takes_what_the_way_to_it_takes():
    run = blocks("run")
    assert run["back again"] == run["upgrade"]
    assert set(run["prepare"].splitlines()) < set(run["upgrade"].splitlines())


@dataclass(frozen=True)
class Nginx:
    """The guide's site inside settings like those of Debian, on ports of this machine."""

    program: str
    around: Path
    certificates: Path
    port: int

    def command(self, *words: str) -> list[str]:
        return [self.program, *words, "-c", str(self.around)]

    def get(self, path: str) -> tuple[int, str | None]:
        """Status and encoding, for a browser that takes compressed answers."""
        context = ssl.create_default_context(cafile=str(self.certificates / "fullchain.pem"))
        context.check_hostname = False  # it is asked by its number
        with closing(http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=10)) as connection:
            connection.request("GET", path, headers={"Host": "crossconnect.example.net", "Accept-Encoding": "gzip"})
            with connection.getresponse() as answer:
                return answer.status, answer.headers["Content-Encoding"]


@pytest.fixture
def behind() -> Iterator[int]:
    """A port that answers with a page, and under /static/ with a file that is compressed already."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            content = b"<p>a page</p>" * 1000
            if self.path.startswith("/static/"):
                content = gzip.compress(content)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def nginx(tmp_path: Path, behind: int) -> Nginx:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if not program:
        lacking("nginx", install="apt-get install nginx-light")
    certificates = tmp_path / "etc" / "ssl" / "crossconnect"
    certificates.mkdir(parents=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=crossconnect.example.net",
         "-keyout", certificates / "privkey.pem", "-out", certificates / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    first = free_ports(2)
    ports = {"listen 443": f"listen 127.0.0.1:{first}", "listen 80": f"listen 127.0.0.1:{first + 1}", "listen [": "#"}
    site = Host(tmp_path, ports | {"127.0.0.1:8000": f"127.0.0.1:{behind}"}).write(SITE)
    kept = "".join(f"{of}_temp_path {tmp_path}/{of}; " for of in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    around = tmp_path / "nginx.conf"
    around.write_text(
        f"pid {tmp_path}/pid; error_log stderr; daemon off; master_process off; events {{}} "
        f"http {{ gzip on; access_log off; {kept} include {site}; }}"
    )
    return Nginx(program, around, certificates, first)


def test_the_site_is_one_that_nginx_takes(nginx: Nginx):
    done = subprocess.run(nginx.command("-t", "-q"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_pages_are_not_compressed_where_debian_compresses_and_files_come_as_they_are(nginx: Nginx):
    with subprocess.Popen(nginx.command(), stderr=subprocess.PIPE) as process:
        try:
            wait_for(lambda: answers(nginx), "nginx answers")
            assert nginx.get("/") == (200, None)
            assert nginx.get("/static/page.html") == (200, "gzip")
        finally:
            process.terminate()


def answers(nginx: Nginx) -> bool:
    try:
        return nginx.get("/")[0] == 200
    except OSError:
        return False


def test_the_file_of_settings_for_compose_reaches_every_part(tmp_path: Path, monkeypatch):
    shutil.copytree(REPOSITORY / "docker", tmp_path / "docker")
    Host(tmp_path / "host", {}, works_in=tmp_path).run("compose")
    done = subprocess.run(
        [Path(sys.executable).with_name("docker-compose"), "-f", "docker/compose.yaml", "config", "--format", "json"],
        cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    services = json.loads(done.stdout)["services"]
    told = {name: services[name]["environment"] for name in ("migrate", "web", "worker", "syncs", "beat")}
    assert {each["PORTAL_SEALING_KEYS"] for each in told.values()} == {told["web"]["PORTAL_SEALING_KEYS"]}
    made = {name: told["web"][name] for name in ("PORTAL_SECRET_KEY", "PORTAL_ACTIVITY_KEYS", "DATABASE_URL")}
    assert reason_not_to_start(monkeypatch, **made) == ""
    assert "0000" in reason_not_to_start(monkeypatch, AZURE_CLIENT_ID=told["web"]["AZURE_CLIENT_ID"])


def test_the_certificate_is_one_for_azure(tmp_path: Path):
    host = Host(tmp_path, {})
    host.run("certificate")
    found = (tmp_path / "azure.pem").read_bytes()
    assert CertificateCredential("72f988bf-86f1-41af-91ab-2d7cd011db47", "a-client", certificate_data=found)
    assert (tmp_path / "azure.pem").stat().st_mode & 0o077 == 0
    assert not (tmp_path / "key.pem").exists()
