"""Addresses as people type them, encryption, and what a site is before anybody signs in."""

import datetime as dt
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest

from integrations.jira.remote import NotAllowedError, UnreachableError
from integrations.jira.site import address, detect, open_site
from models.errors import InvalidInputError
from models.tracking.connections import Connection, Flavour
from tests.jira_fake import FakeJira, examples, faults
from tests.jira_fake.faults import Fault, Trouble


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("https://jira.example.com/", "https://jira.example.com"),
        ("jira.example.com", "https://jira.example.com"),
        (" https://Jira.Example.com:8443/jira/ ", "https://jira.example.com:8443/jira"),
        ("https://jira.example.com/jira/browse/REL-1", "https://jira.example.com/jira"),
        ("https://jira.example.com/secure/Dashboard.jspa", "https://jira.example.com"),
        (
            "https://acme.atlassian.net/jira/software/projects/REL/boards/1?x=1",
            "https://acme.atlassian.net",
        ),
        ("http://127.0.0.1:8080/rest/api/2", "http://127.0.0.1:8080"),
        ("http://localhost:2990/jira", "http://localhost:2990/jira"),
    ],
)
def test_a_page_of_a_site_gives_its_address(typed: str, site: str) -> None:
    assert address(typed) == site


@pytest.mark.parametrize(
    "typed", ["", "https://", "ftp://jira.example.com", "https://me:secret@jira.example.com", "a b"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        address(typed)


def test_without_encryption_only_if_confirmed() -> None:
    plain = Connection("c", "http://jira.example.com", Flavour.DATA_CENTER, "REL")
    with pytest.raises(InvalidInputError, match="not encrypted"):
        open_site(plain, examples.TOKEN, clock=lambda: dt.datetime.now(dt.UTC), cancelled=Event())
    assert address("http://jira.example.com", cleartext=True) == "http://jira.example.com"


def test_a_flavour_is_seen_without_a_token(jira: FakeJira) -> None:
    found = detect(f"{jira.url}/browse/REL-1", cancelled=Event())
    assert (found.flavour.value, found.title) == (jira.site.flavour.value, "Example Jira")
    assert found.site == jira.url
    assert {one.user for one in jira.journal.exchanges} == {""}


def test_what_is_no_jira_is_not_taken_for_one(cloud: FakeJira) -> None:
    cloud.faults.plan("GET /serverInfo", faults.refusal(200))
    with pytest.raises(UnreachableError, match="not Jira"):
        detect(cloud.url, cancelled=Event())
    cloud.faults.plan("GET /serverInfo", faults.login())
    with pytest.raises(NotAllowedError, match="log in"):
        detect(cloud.url, cancelled=Event())


def sent_on(to: str) -> Fault:
    return Fault(Trouble.REFUSED, status=301, headers={"Location": to})


def test_the_address_that_a_site_sends_on_to_is_found_but_gets_no_token(jira: FakeJira) -> None:
    with FakeJira(examples.site(jira.site.flavour)) as old:
        old.faults.plan("GET *", sent_on(f"{jira.url}/rest/api/2/serverInfo"), times=-1)
        assert detect(old.url, cancelled=Event()).site == jira.url
        connection = Connection("c", old.url, Flavour.DATA_CENTER, "REL")
        remote = open_site(
            connection, examples.TOKEN, clock=lambda: jira.site.now, cancelled=Event()
        )
        before = jira.journal.count()
        with pytest.raises(NotAllowedError, match="sends on"):
            remote.facts()
        remote.close()
        assert jira.journal.count() == before
    with FakeJira(examples.site(jira.site.flavour)) as circle:
        circle.faults.plan("GET *", sent_on("/rest/api/2/serverInfo"), times=-1)
        with pytest.raises(UnreachableError, match="circle"):
            detect(circle.url, cancelled=Event())
        circle.faults.clear()
        circle.faults.plan("GET *", sent_on("https://id.example.com/saml"), times=-1)
        with pytest.raises(NotAllowedError, match=r"id\.example\.com"):
            detect(circle.url, cancelled=Event())


class _Secure(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: list[str | None]

    def do_GET(self) -> None:
        type(self).seen.append(self.headers.get("Authorization"))
        content = b'{"deploymentType": "Server", "version": "10.3.24", "serverTitle": "Safe"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the loopback that signs itself, with its key."""
    pytest.importorskip("cryptography", reason="makes a certificate; only Linux installs it")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = tmp_path_factory.mktemp("authority") / "ca.pem"
    made.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


@pytest.fixture
def secure(authority: Path) -> Iterator[str]:
    """A site behind the company's own certificate."""
    _Secure.seen = []
    server = HTTPServer(("127.0.0.1", 0), _Secure)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_counts_only_by_its_authority(secure: str, authority: Path) -> None:
    with pytest.raises(UnreachableError, match="certificate") as raised:
        detect(secure, cancelled=Event())
    assert "authority" in raised.value.advice
    connection = Connection("c", secure, Flavour.DATA_CENTER, "REL")
    remote = open_site(
        connection, examples.TOKEN, clock=lambda: dt.datetime.now(dt.UTC), cancelled=Event()
    )
    with pytest.raises(UnreachableError, match="certificate"):
        remote.facts()
    remote.close()
    assert _Secure.seen == []
    assert detect(secure, ca_file=str(authority), cancelled=Event()).title == "Safe"
    with pytest.raises(InvalidInputError, match="not there"):
        detect(secure, ca_file="missing.pem", cancelled=Event())
