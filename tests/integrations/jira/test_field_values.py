"""What people type for a required field, as Jira wants it."""

import pytest

from integrations.jira.field_values import field_value, field_words
from models.errors import InvalidInputError
from models.tracking.connections import Flavour
from models.tracking.screens import Choice, CreateField

TEAMS = (Choice("101", "Payments core"), Choice("102", "Search"))


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        (CreateField("f", "Team", True, "option", choices=TEAMS), "payments CORE", {"id": "101"}),
        (CreateField("f", "Team", True, "option", choices=TEAMS), "102", {"id": "102"}),
        (
            CreateField("f", "Areas", True, "array", choices=TEAMS),
            "Search, Payments core,",
            [{"id": "102"}, {"id": "101"}],
        ),
        (CreateField("labels", "Labels", True, "array"), "a, b", ["a", "b"]),
        (CreateField("f", "Component", True, "component"), "Checkout", {"name": "Checkout"}),
        (CreateField("f", "Points", True, "number"), "2.5", 2.5),
        (CreateField("f", "Runbook", True, "string"), " as typed ", "as typed"),
        (CreateField("f", "By", True, "date"), "2026-11-30", "2026-11-30"),
        (CreateField("f", "Approver", True, "user"), "712020:lead", {"accountId": "712020:lead"}),
        (CreateField("f", "Area", True, "option"), "Edge", {"value": "Edge"}),
    ],
)
def test_the_value_of_a_field(field: CreateField, words: str, value: object) -> None:
    assert field_value(field, words, Flavour.CLOUD) == value
    assert field_value(field, field_words(value), Flavour.CLOUD) == value


def test_people_are_named_as_their_site_names_them() -> None:
    several = CreateField("f", "Watchers", True, "array", custom="any:multiuserpicker")
    assert field_value(several, "lead, duty", Flavour.DATA_CENTER) == [
        {"name": "lead"},
        {"name": "duty"},
    ]


def test_what_a_field_cannot_take_names_what_it_can() -> None:
    with pytest.raises(InvalidInputError, match=r"Team cannot be 'Ops'\.") as refused:
        field_value(CreateField("f", "Team", True, "option", choices=TEAMS), "Ops", Flavour.CLOUD)
    assert "Payments core, Search" in refused.value.sentence()
    with pytest.raises(InvalidInputError, match="Points is a number"):
        field_value(CreateField("f", "Points", True, "number"), "two", Flavour.CLOUD)
    with pytest.raises(InvalidInputError, match="Points is a number"):
        field_value(CreateField("f", "Points", True, "number"), "nan", Flavour.CLOUD)
    with pytest.raises(InvalidInputError, match="By is a date"):
        field_value(CreateField("f", "By", True, "date"), "soon", Flavour.CLOUD)
