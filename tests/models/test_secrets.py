"""What is taken for a secret, what is not, and masking."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.secrets import find, masked, notices, told

# Written in two parts, so that no scanner takes this file for a leak.
SECRETS = {
    "AKIA" + "IOSFODNN7EXAMPLE": "token",
    "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8": "token",
    "xoxb-" + "2212345678-abcdefGHIJ": "token",
    "glpat-" + "abcdefghij0123456789": "token",
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc": "token",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N": "token",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----": "private-key",
    "Zx9!kQ2#v": "password",
    "ops.lead@example.org": "email",
    "4111 1111 1111 1111": "card",
    "378282246310005": "card",
}


@pytest.mark.parametrize(("secret", "kind"), SECRETS.items())
def test_a_secret_is_found_where_it_stands_and_masked(secret: str, kind: str) -> None:
    before = "password: " if kind == "password" else "We saw "
    text = f"{before}{secret} in the log."
    (found,) = find(text)
    assert (found.kind, text[found.start : found.end]) == (kind, secret)
    assert masked(text, (found,)) == f"{before}[{found.name} removed] in the log."
    assert find(masked(text, (found,))) == ()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgres://app:s3cr3tPw@db.internal:5432/x", "s3cr3tPw"),
        ('{"client_secret": "q8Wz-11x/Lp=="}', "q8Wz-11x/Lp=="),
        ("export API_KEY=9f8e7d6c5b4a", "9f8e7d6c5b4a"),
        ("Authorization: Bearer abcdef123456", "abcdef123456"),
        ("the password is Tr0ub4dor", "Tr0ub4dor"),
    ],
)
def test_only_the_secret_of_a_longer_text_is_masked(text: str, secret: str) -> None:
    (found,) = find(text)
    assert text[found.start : found.end] == secret


@pytest.mark.parametrize(
    "text",
    [
        "The password: required field was empty",
        "password=${DB_PASSWORD} and secret: <your-secret> and token = None",
        "api_key = os.environ['KEY'], password = getPassword()",
        "password: ******** and pwd=xxxxxxxx and secret: [redacted]",
        "We rotated the access key: rotated-by-schedule",
        "Order 4111111111111112 and trace 4111111111111111222233334444",
        "at 1731600000000000000 ns, 2026-11-19 14:02:00.123456, 0.4111111111111111",
        "id 41111111-1111-1111-1111-111111111111 and 5555 5555 5555 5555",
        "git@github.com:shop/api.git, user@host, @oncall, a@b",
        "https://status.example/incidents/1 and http://user@host/path",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "sk-learn, xoxo, eyJ, ghp_short, AKIA",
        "commit 4024007198964305a, phone 555-0100",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert find(text) == ()


def test_what_there_is_is_told_without_saying_it() -> None:
    text = "a@b.example c@d.example 4111 1111 1111 1111"
    assert told(find(text)) == "2 e-mail addresses and 1 card number"
    assert told(()) == ""
    (notice,) = notices(text)
    assert "2 e-mail addresses and 1 card number" in notice
    assert notices("Nothing here.") == ()


@given(st.text())
def test_places_are_in_order_and_masking_leaves_the_rest(text: str) -> None:
    found = find(text)
    ends = [0, *(place for secret in found for place in (secret.start, secret.end))]
    assert ends == sorted(ends)
    rest = text
    for secret in reversed(found):
        rest = rest[: secret.start] + rest[secret.end :]
    hidden = masked(text, found)
    for secret in found:
        hidden = hidden.replace(f"[{secret.name} removed]", "", 1)
    assert len(hidden) == len(rest)


@given(st.lists(st.integers(0, 9), min_size=14, max_size=14))
def test_a_number_is_a_card_by_its_check_digit_alone(middle: list[int]) -> None:
    numbers = ["4" + "".join(map(str, middle)) + str(last) for last in range(10)]
    found = [number for number in numbers if find(f"card {number} x")]
    assert len(found) == 1


def test_real_post_mortems_raise_no_false_alarm() -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "postmortems"
    if not folder.is_dir():
        pytest.skip("shared/data/postmortems is not here")
    files = [file for file in folder.rglob("*") if file.suffix in (".md", ".txt", ".html")]
    assert files
    kinds = {s.kind for file in files for s in find(file.read_text("utf-8", errors="replace"))}
    assert kinds <= {"email"}


def test_many_secrets_in_one_line_are_no_trouble() -> None:
    line = "a@example.org " * 60_000
    found = find(line)
    assert len(found) == 60_000
    assert masked(line, found) == "[e-mail address removed] " * 60_000
