"""Who asks: a token that shows itself to nobody but the site."""

import base64
import re

from requests import PreparedRequest
from requests.auth import AuthBase

from models.errors import InvalidInputError

_TOKEN = re.compile(r"[!-~]+")
"""Printable ASCII, which every site's tokens are."""


class SignIn(AuthBase):
    """Signs requests: e-mail and token where there is an e-mail (Cloud), else the token alone.

    The token is in no ``repr`` and no attribute that a log or a traceback prints.

    Raises:
        InvalidInputError: it is none, so that no layer below quotes it in a complaint of its own.
    """

    def __init__(self, token: str, email: str = "") -> None:
        clean = token.strip()
        if not _TOKEN.fullmatch(clean):
            raise InvalidInputError(
                "The token is empty or has a character in it that no token has.",
                kept="Nothing was sent.",
                advice="Copy it again, whole and alone.",
            )
        pair = base64.b64encode(f"{email}:{clean}".encode()).decode("ascii")
        value = f"Basic {pair}" if email else f"Bearer {clean}"

        def sign() -> str:
            return value

        self._sign = sign

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = self._sign()
        return request

    def __repr__(self) -> str:
        return "SignIn(***)"

    def __getstate__(self) -> object:
        raise TypeError("a token is not stored")


class Nobody(AuthBase):
    """Signs nothing, and keeps a ``.netrc`` from doing so."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request
