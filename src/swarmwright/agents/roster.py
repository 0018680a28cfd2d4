"""The roster of Archetypes: versioned kinds of micro-agent, read from TOML files and checked on load."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from swarmwright.errors import ConfigError

PLACEHOLDERS = frozenset(
    {
        "context",
        "stub",
        "begun",
        "head",
        "opened",
        "untold",
        "name",
        "prose",
        "examples",
        "contracts",
        "previous",
        "counterexample",
        "failure",
        "sentence",
        "holds",
    }
)
"""What a template may mention, in braces."""
EXPECTS = "expects"
"""The capability of a tester whose results are read too."""
CONDITIONS = "conditions"
"""The capability of a tester that writes sentences of the prose down as conditions."""
UNTOLD = "untold"
"""The capability of an oracle that was not told of exceptions: what it writes shows what is remembered."""
_OWN = Path(__file__).parent / "archetypes"

Text = Annotated[str, msgspec.Meta(min_length=1)]


class Archetype(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A versioned kind of micro-agent.

    ``template`` is the user message and ``answer_begin`` the beginning of the answer, both with the
    placeholders of ``PLACEHOLDERS`` in braces (literal braces are doubled). ``temperature`` is that of every
    sample but the first of a rung, which is taken at ``first_temperature``. ``capabilities`` name what the
    Archetype may do beyond writing text; nothing is granted unless it is listed. An ``anonymous`` one is shown
    the Unit under a name that says nothing. ``notes`` is for people.

    Coders, repairers, menders and colonies vote; the last two ask no model (``asks_model``) and have neither ``system``
    nor ``template``: a mender makes small edits of what was refuted, a colony searches programs on its own. Testers
    and oracles are witnesses: a tester offers inputs (with the results it expects, where it has the capability
    ``expects``; with ``conditions`` it writes single sentences down as conditions instead), an oracle a plain, slow
    version to compare a winner with (with ``untold``, one that does not know the exceptions of the prose).
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    version: Annotated[int, msgspec.Meta(ge=1)]
    role: Literal["coder", "repairer", "tester", "oracle", "mender", "colony"]
    system: str = ""
    template: str = ""
    answer_begin: str = ""
    stop: tuple[Text, ...] = ()
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.8
    first_temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0
    top_p: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.95
    max_tokens: Annotated[int, msgspec.Meta(ge=16, le=32_768)] = 384
    capabilities: tuple[Text, ...] = ()
    anonymous: bool = False
    notes: str = ""

    @property
    def asks_model(self) -> bool:
        """Whether a rung of it names a model."""
        return self.role not in ("mender", "colony")


def load_archetypes(extra: Sequence[Path] = ()) -> Mapping[str, Archetype]:
    """Return all Archetypes by name: ours, then those of the ``extra`` folders, which may replace ours.

    Raises:
        ConfigError: a folder or file cannot be read, a key is missing, unknown or out of range, a template
            mentions an unknown placeholder, or one folder names an Archetype twice; the message says where.
    """
    found: dict[str, Archetype] = {}
    for folder in (_OWN, *extra):
        found.update(_load_folder(folder))
    return found


def _load_folder(folder: Path) -> dict[str, Archetype]:
    if not folder.is_dir():
        raise ConfigError(f"{folder}: there is no such folder of archetypes; create it or take it out of the settings.")
    found: dict[str, Archetype] = {}
    for file in sorted(folder.glob("*.toml")):
        archetype = load_archetype(file)
        if archetype.name in found:
            raise ConfigError(
                f"{file}: name: {archetype.name!r} is the name of another file there; rename one of them."
            )
        found[archetype.name] = archetype
    return found


def load_archetype(file: Path) -> Archetype:
    """Read and check one file.

    Raises:
        ConfigError: with the file, the key and what is wrong with it.
    """
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: is not valid TOML: {error}.") from error
    try:
        archetype = msgspec.convert(document, Archetype)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{file}: {_key_first(str(error))}") from error
    for key in ("system", "template") if archetype.asks_model else ():
        if not getattr(archetype, key):
            raise ConfigError(f"{file}: {key}: a {archetype.role} needs one; only menders and colonies ask no model.")
    for key in ("template", "answer_begin", "system"):
        _check_template(file, key, getattr(archetype, key))
    return archetype


def _key_first(message: str) -> str:
    """Turn ``Expected `int`, got `str` - at `$.version``` into ``version: expected ...``."""
    what, _, where = message.partition(" - at `$.")
    sentence = what[:1].lower() + what[1:]
    return f"{where.rstrip('`')}: {sentence}." if where else f"{sentence}."


def _check_template(file: Path, key: str, template: str) -> None:
    try:
        named = {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}
    except ValueError as error:
        raise ConfigError(f"{file}: {key}: {error}; write a literal brace twice.") from error
    unknown = sorted(named - (PLACEHOLDERS if key != "system" else frozenset()))
    if unknown:
        known = ", ".join(sorted(PLACEHOLDERS)) if key != "system" else "none"
        raise ConfigError(f"{file}: {key}: unknown placeholder {{{unknown[0]}}}; known here: {known}.")
