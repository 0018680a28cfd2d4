"""Forgotten imports are mere form: where a name means one thing of the standard library, its import is written down."""

from __future__ import annotations

import ast
import importlib

from hypothesis import given
from hypothesis import strategies as st

from swarmwright.agents import imports
from swarmwright.verify.static_lists import MODULES


def test_every_line_imports_what_it_is_kept_under() -> None:
    for name, line in imports._LINES.items():
        space: dict[str, object] = {}
        exec(line, space)
        assert name in space


def test_every_module_is_one_that_generated_code_may_use() -> None:
    for line in imports._LINES.values():
        statement = ast.parse(line).body[0]
        assert isinstance(statement, ast.Import | ast.ImportFrom)
        module = statement.module if isinstance(statement, ast.ImportFrom) else statement.names[0].name
        assert module in MODULES
        importlib.import_module(module or "")


@given(st.text(max_size=12))
def test_nothing_else_is_imported(name: str) -> None:
    line = imports.import_for(name)
    assert line is None or line.split()[-1] == name


def test_modules_that_reach_out_are_never_imported() -> None:
    reaching = ("os", "sys", "socket", "subprocess", "random", "pathlib")
    assert not any(imports.import_for(name) for name in reaching)
