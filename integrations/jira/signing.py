"""Who asks: a token that shows itself to nobody but the site."""

import base64

from requests import PreparedRequest
from requests.auth import AuthBase


class SignIn(AuthBase):
    """Signs requests: e-mail and token where there is an e-mail (Cloud), else the token alone.

    The token is in no ``repr`` and no attribute that a log or a traceback prints.
    """

    def __init__(self, token: str, email: str = "") -> None:
        if email:
            pair = f"{email}:{token}".encode()
            value = f"Basic {base64.b64encode(pair).decode('ascii')}"
        else:
            value = f"Bearer {token}"

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
