"""The time line of a chart: its days and their words, from left to right in every language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.parts import marks
from pages.parts.frame import View
from pages.parts.scale import MOST_TICKS, Days

FEW_TICKS = 4  # for which a phone has room
EDGE = 8  # percent of the width; words so near to an end begin or end at their line


def style(*more: str) -> None:
    """Gives the page the look of charts, and of the style sheets named; pages without one do not carry it."""
    st.html(_style(*more))


@lru_cache(maxsize=4)
def _style(*more: str) -> str:
    sheets = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("charts.css", *more))
    return f"<style>{sheets}{marks.chart_style()}</style>"


def ticks(view: View, days: Days) -> str:
    """HTML: the lines of a time line with their words, and the as-of day as a rule."""
    found = days.ticks(FEW_TICKS if view.phone else MOST_TICKS)
    yearly = all(day.month == 1 for day in found)
    lines = "".join(
        f"<i class='tick{_edge(days.at(day))}' style='left:{days.at(day)}%'>"
        f"<b>{escape(_tick(view, day, yearly))}</b></i>"
        for day in found
    )
    return f"{lines}<i class='now' style='left:{days.at(view.as_of)}%'></i>"


def _edge(at: float) -> str:
    return " opens" if at < EDGE else " closes" if at > 100 - EDGE else ""


def _tick(view: View, day: date, yearly: bool) -> str:
    """A year, or a month; the year stands with its first month."""
    form = "year" if yearly else "month_short" if day.month == 1 else "month_alone"
    return view.words.date(day, form)
