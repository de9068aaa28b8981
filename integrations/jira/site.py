"""Opening a site: by its address and a token, or only to see what it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from integrations.jira.remote import NotAllowedError, NotVisibleError, Remote, UnreachableError
from models.errors import InvalidInputError
from models.tracking.connections import Connection, Flavour

TIMEOUT_S = 30.0
"""The longest silence of a site that is still waited for."""
CLOUD_HOSTS = (".atlassian.net", ".jira.com", ".jira-dev.com")
PAGES = ("/browse/", "/secure/", "/projects/", "/issues/", "/rest/", "/login", "/plugins/")
"""Where the pages of a Jira begin, whose addresses people copy."""

INFO = "api/2/serverInfo"
MOST_MOVES = 4


@dataclass(frozen=True, slots=True)
class Detected:
    """What a site is, without signing in: its flavour, its title and its address."""

    flavour: Flavour
    title: str
    site: str


def open_site(
    connection: Connection,
    token: str,
    *,
    clock: Callable[[], datetime],
    cancelled: Event,
    timeout_s: float = TIMEOUT_S,
) -> Remote:
    """A connection's site. Nothing is asked yet; whoever opens it closes it.

    Raises:
        InvalidInputError: the address is none, or not encrypted; the CA file is not there; the
            token cannot be one.
    """
    from integrations.jira.cloud import Cloud
    from integrations.jira.data_center import DataCenter
    from integrations.jira.signing import SignIn
    from integrations.jira.wire import Wire

    site = address(connection.site, cleartext=connection.cleartext)
    cloud = connection.flavour is Flavour.CLOUD
    wire = Wire(
        site,
        SignIn(token, connection.email if cloud else ""),
        verify=_authority(connection.ca_file),
        direct=is_loopback(site),
        clock=clock,
        cancelled=cancelled,
        seconds=timeout_s,
    )
    return Cloud(wire, site=site, api=connection.api) if cloud else DataCenter(wire, site=site)


def detect(
    url: str,
    *,
    ca_file: str = "",
    cleartext: bool = False,
    cancelled: Event,
    timeout_s: float = TIMEOUT_S,
) -> Detected:
    """What answers at an address, asked without a token; so redirections are followed here, to the
    address that is to be connected to.

    Raises:
        InvalidInputError: as for ``open_site``.
        JiraError: it cannot be reached, or is no Jira.
    """
    from integrations.jira.answers import MovedError
    from integrations.jira.shapes import text

    site = address(url, cleartext=cleartext)
    for _ in range(MOST_MOVES):
        try:
            info = _server_info(site, _authority(ca_file), cancelled, timeout_s)
            break
        except MovedError as moved:
            if not urlsplit(moved.to).path.endswith(INFO):
                raise
            site = address(moved.to, cleartext=cleartext)
        except (NotAllowedError, NotVisibleError):
            if _host(site).endswith(CLOUD_HOSTS):
                return Detected(Flavour.CLOUD, _host(site), site)
            raise
    else:
        raise UnreachableError(f"{_host(site)} sends on in a circle.")
    kind = text(info, "deploymentType")
    if not kind and not text(info, "version"):
        raise UnreachableError(f"What answers at {_host(site)} is not Jira.")
    flavour = Flavour.CLOUD if kind == "Cloud" else Flavour.DATA_CENTER
    return Detected(flavour, text(info, "serverTitle") or _host(site), site)


def _server_info(site: str, verify: str | bool, cancelled: Event, timeout_s: float) -> object:
    from integrations.jira.signing import Nobody
    from integrations.jira.wire import Wire

    wire = Wire(
        site,
        Nobody(),
        verify=verify,
        direct=is_loopback(site),
        clock=lambda: datetime.now(UTC),
        cancelled=cancelled,
        seconds=timeout_s,
        signed=False,
    )
    try:
        return wire.get(INFO)
    finally:
        wire.close()


def _host(site: str) -> str:
    return urlsplit(site).hostname or ""


def address(typed: str, *, cleartext: bool = False) -> str:
    """A site's address out of what somebody typed or copied: a page of it will do.

    Raises:
        InvalidInputError: it is no address, or one without encryption that nobody confirmed.
    """
    text = typed.strip()
    split = urlsplit(text if "://" in text else f"https://{text}")
    try:
        known = split.scheme in ("http", "https") and bool(split.hostname) and split.port != 0
    except ValueError:
        known = False
    if not known or split.username or " " in split.netloc:
        raise InvalidInputError(
            f"“{typed}” is no address of a Jira.", advice="It looks like https://jira.example.com."
        )
    path = split.path
    for page in PAGES:
        path = path.partition(page)[0]
    host = split.netloc.lower()
    if host.endswith(CLOUD_HOSTS):
        path = ""
    site = f"{split.scheme}://{host}{path.rstrip('/')}"
    if split.scheme == "http" and not cleartext and not is_loopback(site):
        raise InvalidInputError(
            f"{site} is not encrypted: everybody on the way could read the token.",
            kept="Nothing was sent.",
            advice="Use https://, or confirm that this is meant.",
        )
    return site


def is_loopback(site: str) -> bool:
    """Whether an address is on this machine."""
    host = _host(site)
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _authority(ca_file: str) -> str | bool:
    if not ca_file:
        return True
    path = Path(ca_file).expanduser()
    if not path.is_file():
        raise InvalidInputError(
            f"The file of the certificate authority {ca_file} is not there.",
            kept="Nothing was sent.",
        )
    return str(path)
