"""What commands say of secrets that come in or go out."""

from pathlib import Path

from tests.app.cli.conftest import Afterwhy, outage, stored


def test_an_import_tells_of_secrets_and_keeps_them(afterwhy: Afterwhy, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Outage\n\nThe password: Zx9!kQ2#v was used.\n", "utf-8")
    result = afterwhy("import", tmp_path, "--json")
    (entry,) = result.json["imported"]
    assert any("1 password" in notice for notice in entry["notices"])
    assert "Zx9!kQ2#v" not in result.err
    assert "Zx9!kQ2#v" in afterwhy("show", entry["ref"]).out


def test_a_timeline_and_a_text_that_are_put_in_are_looked_through(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    ref = stored(outage())
    chat, text = tmp_path / "chat.txt", tmp_path / "text.md"
    chat.write_text("2026-11-19 14:02 UTC password: Zx9!kQ2#v set\n", "utf-8")
    text.write_text("# Outage\n\n## Summary\n\nThe password: Zx9!kQ2#v was used.\n", "utf-8")
    for result in (afterwhy("timeline", ref, chat), afterwhy("apply", ref, text)):
        assert result.code == 0, result.err
        assert "It holds 1 password" in result.err


def test_what_goes_out_with_a_secret_says_so(afterwhy: Afterwhy, tmp_path: Path) -> None:
    ref = stored(outage(summary="The password: Zx9!kQ2#v was used by alice@acme.example."))
    copy = afterwhy("review-copy", ref, "--format", "md", "--to", tmp_path / "copy.md")
    plain = afterwhy("export", ref, "--to", tmp_path / "plain.md")
    for result in (copy, plain):
        assert "1 password, which the file carries along" in result.err
        assert "Zx9" not in result.err
    assert "carries" not in afterwhy("export", ref, "--redacted", "--to", tmp_path / "r.md").err


def test_words_that_may_be_names_are_told_to_whoever_redacts(
    afterwhy: Afterwhy, tmp_path: Path
) -> None:
    ref = stored(outage(summary="Later Ottoline wrote the fix."))
    result = afterwhy("export", ref, "--redacted", "--to", tmp_path / "r.md", "--json")
    assert "left in: Ottoline" in result.err
    assert "left in: Ottoline" in result.json["notices"][0]
