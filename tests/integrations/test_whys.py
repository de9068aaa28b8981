"""5 Whys in the layouts of other people's documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.markdown.blocks import read_sections
from integrations.markdown.why_entries import Node
from integrations.markdown.why_lists import WhyReading
from integrations.markdown.why_trees import Chain, trees
from integrations.markdown.whys import read_whys
from models.document import new_id
from models.domain.whys import About

CHAIN = [
    ("Why did checkout fail?", "The pool was empty."),
    ("Why was the pool empty?", "Connections leaked."),
    ("Why did they leak?", "No timeout was set."),
]

LAYOUTS = {
    "numbered, with arrows": """
        ## 5 Whys
        1. Why did checkout fail? → The pool was empty.
        2. Why was the pool empty? -> Connections leaked.
        3. **Why did they leak?** => No timeout was set.
        """,
    "numbered, with paragraphs": """
        ## Five Whys
        1. Why did checkout fail?

           The pool was empty.

        2. Why was the pool empty?

           Connections leaked.

        3. Why did they leak?

           No timeout was set.
        """,
    "numbered, with bullets": """
        ## 5-Whys
        1. **Why did checkout fail?**
           - The pool was empty.
        2. **Why was the pool empty?**
           - Connections leaked.
        3. **Why did they leak?**
           - No timeout was set.
        """,
    "questions and answers by letter": """
        ## The 5 Whys
        Q1: Why did checkout fail?
        A1: The pool was empty.

        Q2: Why was the pool empty?

        A2: Connections leaked.

        **Q3:** Why did they leak?
        **A3:** No timeout was set.
        """,
    "table": """
        ## 5 Whys
        | # | Why? | Because |
        |---|------|---------|
        | 1 | Why did checkout fail? | The pool was empty. |
        | 2 | Why was the pool empty? | Connections leaked. |
        | 3 | Why did they leak? | No timeout was set. |
        """,
    "a heading for each": """
        ## Root cause
        ### Why did checkout fail?
        The pool was empty.
        ### Why was the pool empty?
        Connections leaked.
        ### Why did they leak?
        No timeout was set.
        """,
    "paragraphs": """
        ## Root cause analysis
        **Why did checkout fail?**

        The pool was empty.

        **Why was the pool empty?**

        Connections leaked.

        **Why did they leak?**

        No timeout was set.
        """,
    "nested bullets": """
        ## 5 Whys
        - **Why did checkout fail?**
          - The pool was empty.
            - **Why was the pool empty?**
              - Connections leaked.
                - **Why did they leak?**
                  - No timeout was set.
        """,
    "a tree with the questions in bold": """
        ## Root cause identification: The Five Whys
        - Checkout failed.

          **Why did checkout fail?**

          - The pool was empty.

            **Why was the pool empty?**

            - Connections leaked.

              **Why did they leak?**

              - No timeout was set.
        """,
}


def found_in(text: str) -> WhyReading:
    dedented = "\n".join(line.removeprefix("        ") for line in text.strip("\n").split("\n"))
    reading = read_whys(read_sections(dedented).sections[0])
    assert reading is not None
    return reading


def chain_of(nodes: list[Node]) -> list[tuple[str, str]]:
    """Questions and answers down a chain that does not branch."""
    result = []
    while nodes:
        (node,) = nodes
        result.append((node.question, node.answer))
        nodes = node.children
    return result


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_chain(layout: str) -> None:
    (chain,) = found_in(LAYOUTS[layout]).chains
    assert chain_of(chain.nodes) == CHAIN


def test_numbered_whys_without_questions() -> None:
    reading = found_in("## 5 Whys\n**Problem:** down\n\n**Why 1:** Pool\n**Why 2:** Leak\n")
    (chain,) = reading.chains
    assert chain.problem == "down"
    assert chain_of(chain.nodes) == [("Why 1", "Pool"), ("Why 2", "Leak")]


def test_statements_with_because() -> None:
    text = (
        "## 5 Whys\n- Checkout failed because the pool was empty.\n"
        "- The pool was empty because of leaks.\n"
    )
    (chain,) = found_in(text).chains
    assert chain_of(chain.nodes) == [
        ("Checkout failed", "the pool was empty."),
        ("The pool was empty", "of leaks."),
    ]


def test_nested_statements_branch() -> None:
    (chain,) = found_in("## 5 Whys\n- Down\n  - Pool empty\n    - Leak\n  - Alert late\n").chains
    assert chain.problem == "Down"
    assert [node.answer for node in chain.nodes] == ["Pool empty", "Alert late"]
    assert [node.answer for node in chain.nodes[0].children] == ["Leak"]


def test_a_question_with_two_answers_branches() -> None:
    text = "## 5 Whys\n1. Why did it fail?\n   - Leak.\n   - Burst.\n2. Why a burst?\n   - Sale.\n"
    (chain,) = found_in(text).chains
    assert [(n.question, n.answer) for n in chain.nodes] == [
        ("Why did it fail?", "Leak."),
        ("Why did it fail?", "Burst."),
    ]
    assert chain.nodes[1].children[0].answer == "Sale."


def test_two_questions_about_one_answer_are_siblings() -> None:
    text = (
        "## 5 Whys\n- Down.\n\n  **Why was it down?**\n\n  - Bug.\n\n"
        "    **Why a bug?**\n\n    - Untested.\n\n"
        "    **Why was it released?**\n\n    - No review.\n"
    )
    (chain,) = found_in(text).chains
    (bug,) = chain.nodes
    assert [(n.question, n.answer) for n in bug.children] == [
        ("Why a bug?", "Untested."),
        ("Why was it released?", "No review."),
    ]


def test_several_chains_become_the_three_trees() -> None:
    text = (
        "## 5 Whys\n### Why did it happen\n1. Why did it fail? Pool.\n2. Why the pool? Leak.\n"
        "### Why was it not detected sooner\n1. Why did nobody see it? No alert.\n"
        "### Why did it take so long to resolve\n1. Why so long? No runbook.\n"
    )
    made = trees(found_in(text).chains, new_id)
    assert [tree.about for tree in made] == [About.OCCURRENCE, About.DETECTION, About.RESPONSE]
    assert [len(tree.nodes) for tree in made] == [1, 1, 1]


def test_chains_about_the_same_question_share_a_tree() -> None:
    chains = [Chain("one", nodes=[Node("Why?", "a")]), Chain("two", nodes=[Node("Why?", "b")])]
    (tree,) = trees(chains, new_id)
    assert [node.question for node in tree.nodes] == ["Why?", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "## Root cause\nThe pool was empty because connections leaked.",
        "## Root cause\n- Mail was late because of load.\n- A disk failed because it was old.",
        "## Root cause\n- A leak.\n- A missing limit, because nobody set one.",
        "## Questions\nWhy did it fail? We do not know yet.",
    ],
)
def test_prose_is_no_why_tree(text: str) -> None:
    assert read_whys(read_sections(text).sections[0]) is None


WORDS = st.text(alphabet="ab ?:-.*1\n", max_size=25)


@given(
    st.lists(
        st.tuples(st.sampled_from(["- ", "  - ", "1. ", "Q1: ", "A1: ", "### ", "| ", ""]), WORDS)
    )
)
def test_any_section_is_read(parts: list[tuple[str, str]]) -> None:
    text = "## 5 Whys\n\n" + "\n".join(start + words for start, words in parts)
    reading = read_whys(read_sections(text).sections[0])
    assert reading is None or any(chain.nodes for chain in reading.chains)


def test_problems_between_lists_begin_further_chains() -> None:
    text = (
        "## 5 Whys\n**Problem: Mail was late**\n\n1. Why was it late? Queue.\n"
        "2. Why the queue? Leak.\n\n**Why did we not see it sooner?**\n\n"
        "1. Why no alert? No rule.\n\n**Why did it take so long to resolve?**\n\n"
        "1. Why so slow? No runbook.\n2. Why none? Nobody asked.\n"
    )
    made = trees(found_in(text).chains, new_id)
    assert [(tree.about, tree.problem) for tree in made] == [
        (About.OCCURRENCE, "Mail was late"),
        (About.DETECTION, "Why did we not see it sooner?"),
        (About.RESPONSE, "Why did it take so long to resolve?"),
    ]
    assert [tree.nodes[0].answer for tree in made] == ["Queue.", "No rule.", "No runbook."]
    assert made[2].nodes[0].children[0].answer == "Nobody asked."


@pytest.mark.parametrize(
    "text",
    [
        "## 5 Whys\n**Why 1:** Pool\n\n**Why 2:** Leak\n\n**Root cause:** No review\n",
        "## 5 Whys\n1. **Why 1:** Pool\n2. **Why 2:** Leak\n3. Root cause: No review\n",
        "## 5 Whys\n| Why 1 | Pool |\n|---|---|\n| Why 2 | Leak |\n| Root cause | No review |\n",
    ],
)
def test_a_root_cause_behind_the_whys_is_their_leaf(text: str) -> None:
    (chain,) = found_in(text).chains
    assert chain_of(chain.nodes) == [
        ("Why 1", "Pool"),
        ("Why 2", "Leak"),
        ("Root cause", "No review"),
    ]


def test_linked_statements_below_root_cause_are_whys() -> None:
    text = (
        "## Root cause\n- Mail was late because the queue was full.\n"
        "- The queue was full because a consumer stopped.\n"
    )
    (chain,) = found_in(text).chains
    assert chain_of(chain.nodes) == [
        ("Mail was late", "the queue was full."),
        ("The queue was full", "a consumer stopped."),
    ]
