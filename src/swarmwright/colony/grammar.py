"""The grammar: productions, read from TOML files that anybody can add to. Each is what one kind of agent can do."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from swarmwright.errors import ConfigError

_OWN = Path(__file__).parent / "productions"
NAMES = ("a", "b", "c")
"""What a production calls its parts."""


class Production(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a program: an expression over ``a``, ``b`` and ``c``, with the kinds it takes and gives.

    Attributes:
        name: what it is called in reports and trails.
        python: the expression as it is written into a body.
        takes: the annotations of its parts, in order; a single capital letter stands for any kind, the same one
            throughout.
        gives: the annotation of its result.
        cost: how far it counts against small programs; a name or a literal costs 2.
        inner: the expression inside the search, where it differs: there lists are tuples, sets are frozensets and
            dicts are never changed.
        commutes: whether ``a`` and ``b`` may change places.
        ordered: letters that stand only for kinds that can be compared by size.
        hashable: letters that stand only for kinds that can be members of a set.
        only: letters, each with the kinds that it may stand for.
        embeds: whether a part is put into the result unseen, so that a failed part would not show.
        bounded: whether results must be kept from growing (products, powers).
        scopes: whether it is of use inside comprehensions and loops, too.
        words: regular expressions for beginnings of words; prose that has none of them makes the production dearer.
        usual: whether it is no dearer where the prose has none of its words.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    python: str
    takes: tuple[str, ...]
    gives: str
    cost: Annotated[int, msgspec.Meta(ge=1, le=40)] = 2
    inner: str = ""
    commutes: bool = False
    ordered: tuple[str, ...] = ()
    hashable: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = {}
    embeds: bool = False
    bounded: bool = False
    scopes: bool = True
    words: tuple[str, ...] = ()
    usual: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    production: tuple[Production, ...]


def load_grammar(extra: Sequence[Path] = ()) -> tuple[Production, ...]:
    """Return all productions: ours, then those of the ``extra`` folders; a later one of the same name replaces.

    Raises:
        ConfigError: a folder or file cannot be read, or a production is faulty; the message says where.
    """
    found: dict[str, Production] = {}
    for folder in (_OWN, *extra):
        if not folder.is_dir():
            raise ConfigError(f"{folder}: there is no such folder of productions; create it or take it out.")
        for file in sorted(folder.glob("*.toml")):
            for production in read_productions(file):
                found[production.name] = production
    return tuple(found.values())


def read_productions(file: Path) -> tuple[Production, ...]:
    """Return the productions of one file.

    Raises:
        ConfigError: it cannot be read, or a production is faulty; the message says where.
    """
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        productions = msgspec.convert(document, _File).production
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file}: {error}.") from error
    for production in productions:
        _check(file, production)
    return productions


def _check(file: Path, production: Production) -> None:
    for word in production.words:
        try:
            re.compile(word)
        except re.error as error:
            raise ConfigError(f"{file}: {production.name}: {word!r} is no regular expression ({error}).") from error
    for text in filter(None, (production.python, production.inner)):
        try:
            tree = ast.parse(text, mode="eval")
        except SyntaxError as error:
            raise ConfigError(f"{file}: {production.name}: {text!r} is no Python expression ({error.msg}).") from error
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in NAMES}
        expected = set(NAMES[: len(production.takes)])
        if used != expected:
            wanted = ", ".join(sorted(expected)) or "none"
            raise ConfigError(f"{file}: {production.name}: {text!r} must use its parts and no others: {wanted}.")
    if len(production.takes) > len(NAMES):
        raise ConfigError(f"{file}: {production.name}: takes: three parts at most.")
