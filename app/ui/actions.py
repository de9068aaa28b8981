"""The one table of what a user can do.

Menus, the command palette, the key page and the keyboard page of the documentation are drawn from
:data:`ACTIONS`; the window binds one slot to each row.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Scope = Literal[
    "Anywhere",
    "Library and search",
    "Editor",
    "Writing",
    "Timeline",
    "5 Whys",
    "Actions",
    "Action board",
    "First run",
]
Menu = Literal["File", "Edit", "View", "Go", "Section", "Help", ""]


@dataclass(frozen=True)
class ActionRow:
    """One thing to do. ``keys`` are its shortcuts, the first one is shown.

    ``in_list`` keys are handled by the list, tree or text that has the focus, not by the window.
    A row without a ``menu`` is in the command palette only.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    scope: Scope = "Anywhere"
    menu: Menu = "View"
    icon: str = ""
    in_list: bool = False


ACTIONS: tuple[ActionRow, ...] = (
    ActionRow("new", "New post-mortem", ("Ctrl+N",), menu="File", icon="note-pencil"),
    ActionRow("import_files", "Import files…", ("Ctrl+I",), menu="File", icon="file-text"),
    ActionRow(
        "import_folder", "Import a folder…", ("Ctrl+Shift+I",), menu="File", icon="folder-open"
    ),
    ActionRow(
        "export",
        "Export…",
        ("Ctrl+E",),
        scope="Library and search",
        menu="File",
        icon="export",
    ),
    ActionRow(
        "copy_rich",
        "Copy as rich text",
        ("Ctrl+Alt+C",),
        scope="Anywhere",
        menu="File",
        icon="clipboard-text",
    ),
    ActionRow("import_comments", "Read review comments…", (), menu="File", icon="file-text"),
    ActionRow(
        "open_sample", "Open the sample library", ("Ctrl+L",), "First run", "File", icon="books"
    ),
    ActionRow("remove_sample", "Remove the sample library", (), menu="File", icon="trash"),
    ActionRow("quit", "Quit", ("Ctrl+Q",), menu="File", icon="sign-out"),
    ActionRow("undo", "Undo the last change", ("Ctrl+Z",), menu="Edit", icon="arrow-u-up-left"),
    ActionRow("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Editor", "Edit", "arrow-u-up-right"),
    ActionRow("edit", "Edit", ("Ctrl+Return",), "Library and search", "Edit", "pencil-simple"),
    ActionRow(
        "edit_outside",
        "Edit in the external editor",
        ("Ctrl+Shift+Return",),
        menu="Edit",
        icon="terminal",
    ),
    ActionRow(
        "select_all", "Select all", ("Ctrl+A",), "Library and search", "Edit", "checks", True
    ),
    ActionRow("delete", "Move to trash", ("Del",), "Library and search", "Edit", "trash", True),
    ActionRow("search", "Search", ("Ctrl+K",), menu="Go", icon="magnifying-glass"),
    ActionRow(
        "searches", "Saved and recent searches", ("Ctrl+Shift+O",), menu="Go", icon="bookmark"
    ),
    ActionRow(
        "similar_text", "Failures like a text…", ("Ctrl+Alt+V",), menu="Go", icon="intersect"
    ),
    ActionRow("commands", "Find a command", ("Ctrl+Shift+P",), menu="Go", icon="terminal"),
    ActionRow("go_library", "Go to Library", ("Alt+1",), menu="Go", icon="books"),
    ActionRow("go_actions", "Go to Actions", ("Alt+2",), menu="Go", icon="check-square-offset"),
    ActionRow("go_trash", "Go to Trash", ("Alt+3",), menu="Go", icon="trash"),
    ActionRow("go_settings", "Go to Settings", ("Ctrl+,",), menu="Go", icon="gear-six"),
    ActionRow("next_pane", "Next pane", ("F6",), menu="Go", icon="arrow-right"),
    ActionRow("previous_pane", "Previous pane", ("Shift+F6",), menu="Go", icon="arrow-left"),
    ActionRow("back", "Back one level", ("Esc",), menu="Go", icon="arrow-u-up-left"),
    ActionRow("open", "Open", ("Return",), "Library and search", "Go", "arrow-right", in_list=True),
    ActionRow("preview", "Preview", ("Space",), "Library and search", "View", "eye", in_list=True),
    ActionRow("find", "Find in the document", ("Ctrl+F",), "Library and search", "Edit", "eye"),
    ActionRow("find_next", "Next match", ("F3",), "Library and search", "", "caret-down"),
    ActionRow(
        "find_previous", "Previous match", ("Shift+F3",), "Library and search", "", "caret-up"
    ),
    ActionRow("similar", "Similar failures", ("Ctrl+.",), "Library and search", icon="intersect"),
    ActionRow(
        "link_repeat",
        "Link as a repeat of the similar failure",
        ("R",),
        "Library and search",
        "",
        "repeat",
        in_list=True,
    ),
    ActionRow(
        "link_root",
        "Link as the same root as the similar failure",
        ("S",),
        "Library and search",
        "",
        "anchor-simple",
        in_list=True,
    ),
    ActionRow(
        "history", "History", ("Ctrl+H",), "Library and search", icon="clock-counter-clockwise"
    ),
    ActionRow("facets", "Filters", ("Ctrl+Shift+F",), "Library and search", icon="funnel"),
    ActionRow("clear_filters", "Clear filters", (), "Library and search", icon="x"),
    ActionRow("save_search", "Save search…", ("Ctrl+Alt+S",), "Library and search", "", "bookmark"),
    ActionRow(
        "sort",
        "Next order of the results",
        ("Ctrl+Shift+S",),
        "Library and search",
        "",
        "sort-ascending",
    ),
    ActionRow("syntax", "Search syntax", ("Ctrl+/",), "Library and search", icon="question"),
    ActionRow("next_section", "Next section", ("Alt+PgDown",), "Editor", "Section", "arrow-right"),
    ActionRow(
        "previous_section", "Previous section", ("Alt+PgUp",), "Editor", "Section", "arrow-left"
    ),
    ActionRow("next_gap", "Next thing to write", ("F9",), "Editor", "Go", "arrow-bend-down-right"),
    ActionRow("comment", "Comment on this place", ("Ctrl+Alt+M",), "Editor", "Edit", "chat-text"),
    ActionRow("gate", "Checklist of the next step", ("Ctrl+Shift+R",), "Editor", "Go", "checks"),
    *(
        ActionRow(f"section_{n}", f"Section {n}", (f"Ctrl+{n}",), "Editor", "Section", "list")
        for n in range(1, 10)
    ),
    ActionRow("add_section", "Add a section", ("Ctrl+Shift+A",), "Editor", "Section", "plus"),
    ActionRow("change_template", "Change template…", (), "Editor", "Section", "file-text"),
    ActionRow("rename_section", "Rename the section", (), "Editor", "Section", "pencil-simple"),
    ActionRow("section_up", "Move the section up", (), "Editor", "Section", "arrow-up"),
    ActionRow("section_down", "Move the section down", (), "Editor", "Section", "arrow-down"),
    ActionRow("remove_section", "Remove the section", (), "Editor", "Section", "trash"),
    ActionRow(
        "dock", "Similar failures, language and preview", ("Ctrl+J",), "Editor", icon="intersect"
    ),
    ActionRow("dock_tab", "Next tab of the dock", ("Ctrl+Tab",), "Editor", icon="eye"),
    ActionRow("hint_next", "Next language hint", ("F7",), "Editor", "Go", "quotes"),
    ActionRow("hint_previous", "Previous language hint", ("Shift+F7",), "Editor", "Go", "quotes"),
    ActionRow("hints", "Language hints", ("Ctrl+Shift+H",), "Editor", icon="quotes"),
    ActionRow("example", "Show an example", ("Ctrl+Shift+E",), "Editor", icon="question"),
    *(
        ActionRow(id, text, keys, "Writing", "", icon, in_list=True)
        for id, text, keys, icon in (
            ("bold", "Bold", ("Ctrl+B",), "text-bolder"),
            ("italic", "Italic", ("Ctrl+I",), "text-italic"),
            ("link", "Link", ("Ctrl+Shift+K",), "link-simple"),
            ("paste_plain", "Paste as plain text", ("Ctrl+Shift+V",), "clipboard-text"),
            ("correct", "Correct the word", ("Alt+Return",), "text-aa"),
            ("hint", "Language hint at the cursor", ("Ctrl+.",), "quotes"),
            ("mask", "Mask passwords and the like", ("Ctrl+Alt+K",), "eye-slash"),
        )
    ),
    *(
        ActionRow(id, text, keys, "Timeline", "Section", icon, in_list=True)
        for id, text, keys, icon in (
            ("event_add", "Add an event", ("N", "Ctrl+Return"), "plus"),
            ("event_edit", "Edit the event", ("Return", "Enter", "F2"), "pencil-simple"),
            ("event_kind", "Next kind of event", ("K",), "arrows-clockwise"),
            ("event_source", "Add a source", ("S",), "paperclip"),
            ("event_next", "Next event of this kind", ("Ctrl+Down",), "arrow-down"),
            ("event_previous", "Previous event of this kind", ("Ctrl+Up",), "arrow-up"),
            ("event_star", "Star the chosen events", ("*",), "star"),
            ("event_merge", "Merge the chosen events", ("M",), "intersect"),
            ("event_source_text", "Show the source text", ("Space",), "file-text"),
            ("event_paste", "Read events from the clipboard…", ("Ctrl+V",), "clipboard-text"),
            ("event_remove", "Remove the event", ("Del",), "trash"),
        )
    ),
    *(
        ActionRow(id, text, keys, "5 Whys", "Section", icon, in_list=True)
        for id, text, keys, icon in (
            ("why_add", "Add a why below", ("Return", "Enter"), "plus"),
            ("why_beside", "Add a why beside it", ("Shift+Return", "Shift+Enter"), "plus-circle"),
            ("why_write", "Write the answer", ("F2",), "pencil-simple"),
            ("why_question", "Write the question", ("Alt+Q",), "question"),
            ("why_join", "Join with the why above (AND)", ("A",), "link-simple"),
            ("why_evidence", "Evidence…", ("E",), "paperclip"),
            ("why_root", "Mark as root…", ("R",), "anchor-simple"),
            ("why_action", "Countermeasure…", ("C",), "arrow-bend-down-right"),
            ("why_backwards", "Read it backwards", ("B",), "arrow-u-up-left"),
            ("why_warning", "Next warning", ("F8",), "warning"),
            ("why_up", "Move the why up", ("Alt+Up",), "arrow-up"),
            ("why_down", "Move the why down", ("Alt+Down",), "arrow-down"),
            ("why_out", "Move the why out", ("Alt+Left",), "arrow-left"),
            ("why_in", "Move the why in", ("Alt+Right",), "arrow-right"),
            ("why_fold", "Fold or unfold", ("Left", "Right"), "caret-down"),
            ("why_cut", "Cut the branch", ("Ctrl+X",), "scissors"),
            ("why_copy", "Copy the branch", ("Ctrl+C",), "copy"),
            ("why_paste", "Paste below", ("Ctrl+V",), "clipboard-text"),
            ("why_remove", "Remove the branch", ("Del",), "trash"),
            ("why_picture", "Copy the picture of the whys", ("Ctrl+Shift+C",), "image"),
            ("why_picture_save", "Save the picture of the whys…", (), "export"),
        )
    ),
    *(
        ActionRow(id, text, keys, "Actions", "Section", icon, in_list=True)
        for id, text, keys, icon in (
            ("action_add", "Add an action", ("N",), "plus"),
            ("action_edit", "Edit the action", ("Return", "Enter", "F2"), "pencil-simple"),
            ("action_remove", "Remove the action", ("Del",), "trash"),
            ("action_link", "Link a ticket to the action…", (), "link-simple"),
            ("action_import", "Import a ticket as an action…", (), "download-simple"),
        )
    ),
    *(
        ActionRow(id, text, keys, "Action board", "Section", icon, in_list=True)
        for id, text, keys, icon in (
            ("board_open", "Open its post-mortem there", ("Return", "Enter"), "arrow-right"),
            ("board_ready", "Mark ready", ("R",), "cloud-arrow-up"),
            ("board_sprint", "Schedule…", ("S",), "calendar-blank"),
            ("board_due", "Due date…", ("D",), "clock"),
            ("board_owner", "Owner…", ("O",), "user"),
            ("board_team", "Accountable team…", ("A",), "users"),
            ("board_priority", "Priority…", ("P",), "flag"),
            ("board_state", "State…", ("T",), "circle-half"),
            ("board_verify", "Verify…", ("V",), "checks"),
            ("board_jira", "Open in Jira", ("J",), "arrow-square-out"),
            ("board_link", "Link a ticket…", ("L",), "link-simple"),
            ("board_import", "Import a ticket…", ("I",), "download-simple"),
            ("board_sprints", "What became of the sprints", ("H",), "calendar-check"),
            ("board_fold", "Fold or unfold the group", ("Left", "Right"), "caret-down"),
        )
    ),
    ActionRow(
        "sync", "Sync with Jira now", ("Ctrl+R",), "Action board", "File", "arrows-clockwise"
    ),
    ActionRow("sync_pause", "Pause the sync with Jira", (), "Action board", "File", "pause"),
    ActionRow("refresh", "Read the library again", ("F5",), icon="arrows-clockwise"),
    ActionRow("toggle_theme", "Light or dark", ("Ctrl+Shift+D",), icon="moon"),
    ActionRow("larger_text", "Larger text", ("Ctrl+=", "Ctrl++"), icon="text-aa"),
    ActionRow("smaller_text", "Smaller text", ("Ctrl+-",), icon="text-aa"),
    ActionRow("normal_text", "Normal text size", ("Ctrl+0",), icon="text-aa"),
    ActionRow("menu_bar", "Show the menu bar", ("F10",), icon="list"),
    ActionRow("keys", "All keys", ("?", "F1"), menu="Help", icon="keyboard"),
)

MENUS: tuple[Menu, ...] = ("File", "Edit", "View", "Go", "Section", "Help")
SUBMENUS: tuple[Scope, ...] = ("Timeline", "5 Whys", "Actions", "Action board")
"""Scopes that have a menu of their own inside the menu of their rows."""


class ActionTable(QObject):
    """The rows as ``QAction``s, each bound to one slot."""

    def __init__(self, window: QWidget, slots: Mapping[str, Callable[[], None]]) -> None:
        """Raises ``KeyError`` where a row has no slot or a slot no row."""
        super().__init__(window)
        unbound = {row.id for row in ACTIONS} ^ set(slots)
        if unbound:
            raise KeyError(f"actions without a slot or slots without an action: {sorted(unbound)}")
        self._actions: dict[str, QAction] = {}
        for row in ACTIONS:
            action = QAction(row.text, self)
            action.setObjectName(row.id)
            if not row.in_list:
                action.setShortcuts([QKeySequence(key) for key in row.keys])
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(slots[row.id])
            window.addAction(action)
            self._actions[row.id] = action

    def __getitem__(self, id: str) -> QAction:
        return self._actions[id]

    def rows(self) -> list[tuple[ActionRow, QAction]]:
        """Every row with its action, in the order of the table."""
        return [(row, self._actions[row.id]) for row in ACTIONS]


def key_parts(keys: str) -> list[str]:
    """The single keys of a shortcut: "Ctrl++" is Ctrl and +."""
    if keys.endswith("++"):
        return [*keys[:-2].split("+"), "+"]
    return keys.split("+") if keys != "+" else [keys]


def keyboard_page() -> str:
    """The keyboard page of the documentation, as Markdown."""
    lines = ["# Keyboard", "", "On macOS, Ctrl is Cmd.", ""]
    for scope in dict.fromkeys(row.scope for row in ACTIONS):
        lines += [f"## {scope}", "", "| Keys | What happens |", "|---|---|"]
        for row in ACTIONS:
            if row.scope == scope and row.keys:
                keys = " or ".join(f"`{key}`" for key in row.keys)
                lines.append(f"| {keys} | {row.text.rstrip('…')} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(keyboard_page())
