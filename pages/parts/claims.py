"""What a fact or a row of the picture says, in one short line of the visitor's language."""

from __future__ import annotations

from pages.parts.data import Row
from pages.parts.words import Words


def claim(word: Words, fact: Row) -> str:
    """One fact as a line: what is claimed, of whom and where; never more than the fact says."""
    force = word.force(fact["force"])
    if fact["kind"] == "base":
        return word("claim.base", place=word.place(fact["place"]), force=force, state=word(f"base.{fact['status']}"))
    if fact["kind"] == "troops":
        status = word(f"troops.{fact['status']}")
        return word("claim.troops", force=force, place=word.place(fact["place"]), n=word.count(fact), status=status)
    if fact["kind"] == "deadline":
        return word(
            "claim.deadline",
            event=word(f"event.{fact['event']}"),
            force=force,
            place=word.place(fact["place"]),
            window=word.window(fact),
            status=word(f"deadline.{fact['status']}"),
        )
    return word("claim.nation", force=force, role=word(f"role.{fact['role']}"))


def deadline_title(word: Words, row: Row) -> str:
    """What ends where: "End of the coalition mission in Iraq"."""
    return word(f"title.{row['event']}", force=word.whose(row["force"]), place=word.place(row["place"]))


def outcome(word: Words, row: Row) -> str:
    """What became of a deadline: ahead, due, met, met late by so many days, or passed without a report."""
    if row["state"] == "met" and row["met_on"]:
        return word("outcome.met" if row["promised"] else "outcome.done", day=word.day(row["met_on"]))
    if row["state"] == "met_late" and row["met_on"]:
        late = word.plural("days", row["days_late"] or 0)
        return word("outcome.met_late", day=word.day(row["met_on"]), late=late)
    return word(f"outcome.{row['state']}")


KEYS = {"base": ("place", "force"), "nation": ("force",), "troops": ("force", "place")}
KEYS["deadline"] = ("place", "force", "date_end")


def show_key(kind: str, row: Row) -> str:
    """The key that opens the evidence of a row: ``base:harir:US``, ``deadline:IQ:coalition:2026-09-30``."""
    return ":".join([kind, *(str(row[name] or "") for name in KEYS[kind])])
