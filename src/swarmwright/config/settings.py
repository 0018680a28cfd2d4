"""One typed Config: built-in defaults, then a TOML file, then the environment, then flags; later ones win."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from swarmwright.errors import ConfigError
from swarmwright.swarm.finds import Weights
from swarmwright.swarm.majority import Majority
from swarmwright.swarm.values import Rung

SMALL = "qwen2.5-coder-0.5b"
LARGE = "qwen2.5-coder-1.5b"
SIMULATED = "simulated"
COLONY = Rung("colony", "", 8)
"""Asked before any model where it is asked for: it costs nothing."""
MENDING = Rung("mender", "", 6, kind="repair", when="refuted")
MENDED = Rung("mended", "", 6, kind="repair", when="refuted")
"""Mending by cells. It stands last, so that the samples of all other rungs keep their numbers."""
"""Before anything is asked again: small edits of what was refuted, without a model."""
WITNESSES = 8
"""Four readings of each of two sentences of the prose, once a winner stands."""
UNTOLD = 3
"""Versions from the first sentence alone, once a winner stands whose prose makes exceptions."""
ENVIRONMENT = {
    "SWARMWRIGHT_MODEL": "model",
    "SWARMWRIGHT_BASE_URL": "base_url",
    "SWARMWRIGHT_KEY_ENV": "key_env",
}

DEFAULT_MAX_RISK = 1.0
"""The estimated probability of being wrong above which nothing is delivered, unless the settings say otherwise."""


class EndpointConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An OpenAI-compatible endpoint of the user's; the key itself is only ever read from the environment.

    Prices are in dollars per million tokens; 0 limits mean no limit.
    """

    name: str
    base_url: str
    model: str
    key_env: str = ""
    family: str = ""
    concurrency: int = 4
    requests_per_minute: int = 0
    tokens_per_minute: int = 0
    price_in_per_million_usd: float = 0.0
    price_out_per_million_usd: float = 0.0
    timeout_s: float = 120.0


class BudgetConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a run may spend at most; None means no limit."""

    calls: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    usd: float | None = None


class SimulationConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the simulated model behaves; ``solutions`` is a Python file or package with the right bodies."""

    solutions: str
    seed: int = 0
    accuracy: float = 0.8
    correlated: float = 0.3
    flag_rate: float = 0.05
    latency_s: tuple[float, float] = (0.0, 0.0)


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a build can be told.

    ``model`` alone uses one model for the whole ladder; ``ladder`` spells the rungs out; with neither the two
    default local models are used. ``archetypes`` are folders with further archetypes. ``threads`` and ``slots``
    are for the local model (0 threads: one for each core). A winner whose estimated probability of being wrong is
    above ``max_risk`` is not delivered. The leader must be ``k`` votes ahead, and ``k_spread`` more for every rival.
    ``only`` names the archetypes that are asked, out of the default ladder and the colony; with the colony alone no
    model is needed, and a unit is delivered where nothing else about as small satisfies its specification. The colony
    searches ``colony_s`` seconds for a unit at most, in ``colony_processes`` processes side by side (0: one for each
    core) whose agents may take ``colony_memory_mb`` megabytes each; where ``colony_agents_total`` agents are all
    there are for all units, searches bid for them and ``colony_s`` says nothing; ``productions`` are folders with
    further steps that its agents know. With ``colony`` it is asked first beside models too: for at most
    ``colony_agents`` agents a unit, and what it finds counts for as many votes as ``weights`` say. With ``cells``
    refuted proposals are mended by cells. With ``epidemic`` what solved one unit is offered to the searches of
    later ones. With ``genes`` the colony knows what bodies of earlier builds share, and a build leaves what its own
    share in ``genes_folder`` (where none is named: in the user's data folder).
    """

    model: str = ""
    base_url: str = ""
    key_env: str = ""
    endpoints: tuple[EndpointConfig, ...] = ()
    ladder: tuple[Rung, ...] = ()
    k: int = 3
    k_spread: int = 1
    majority: Majority = Majority()
    budget: BudgetConfig = BudgetConfig()
    archetypes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    productions: tuple[str, ...] = ()
    colony_s: float = 10.0
    colony_processes: int = 0
    colony_memory_mb: int = 2048
    colony_agents_total: int = 0
    epidemic: bool = False
    genes: bool = False
    genes_folder: str = ""
    colony: bool = True
    cells: bool = False
    colony_agents: int = 500_000
    weights: Weights = Weights()
    simulate: SimulationConfig | None = None
    allow_weak_sandbox: bool = False
    sandbox: str = ""
    threads: int = 0
    slots: int = 4
    inputs: int = 300
    mutants: int = 24
    symbolic_s: float = 8.0
    max_risk: float = DEFAULT_MAX_RISK
    fresh: bool = False


def load_config(
    file: Path | None = None,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """Return the Config that file, environment and flags make together.

    ``flags`` uses the field names of Config and ``budget.calls`` and the like; None values are left out.

    Raises:
        ConfigError: the file cannot be read, or a setting is misspelt or out of range.
    """
    settings = _from_file(file) if file is not None else {}
    for variable, field in ENVIRONMENT.items():
        if text := (os.environ if environ is None else environ).get(variable):
            settings[field] = text
    for key, value in (flags or {}).items():
        if value is not None:
            _put(settings, key, value)
    try:
        config = msgspec.convert(settings, Config, strict=False)
    except msgspec.ValidationError as error:
        source = f"{file}: " if file is not None else ""
        raise ConfigError(f"{source}{error}. See the README's table of settings") from None
    _check(config)
    return config


def ladder_of(config: Config) -> tuple[Rung, ...]:
    """Return the rungs of a Config: the ones it spells out, or the default ones for its model or models."""
    if config.only:
        return _chosen(config)
    if config.ladder:
        return config.ladder
    if config.simulate is not None:
        return simulated_ladder()
    models = one_model_ladder(config.model) if config.model else local_ladder()
    models = (*models, MENDED) if config.cells else models
    return (COLONY, *models) if config.colony else models


def local_ladder() -> tuple[Rung, ...]:
    """Return the default ladder of the two local models."""
    return (
        Rung("tester", SMALL, 1, when="thin"),
        Rung("coder-plain", LARGE, 5),
        Rung("coder-examples-first", LARGE, 3, when="split", most=8),
        MENDING,
        Rung("repairer", LARGE, 1, kind="repair", when="refuted"),
        Rung("coder-anonymous", LARGE, 3, when="won", apart=True),
        Rung("oracle-untold", LARGE, UNTOLD, when="won"),
        Rung("tester-conditions", LARGE, WITNESSES, when="won"),
    )


def _chosen(config: Config) -> tuple[Rung, ...]:
    """Return the rungs of the archetypes that ``only`` names.

    Raises:
        ConfigError: it names one that no rung has.
    """
    models = ladder_of(msgspec.structs.replace(config, only=(), cells=True))
    rungs = (COLONY, *(rung for rung in models if rung != COLONY))
    known = {rung.archetype for rung in rungs}
    if unknown := [name for name in config.only if name not in known]:
        said = ", ".join(sorted(known))
        raise ConfigError(f"archetypes: the ladder has no {unknown[0]!r}; it has: {said}")
    return tuple(rung for rung in rungs if rung.archetype in config.only)


def votes_needed(config: Config, ladder: tuple[Rung, ...]) -> tuple[int, int]:
    """Return k and what a rival adds to it.

    The colony has one vote for a behaviour, and looks for all rivals itself: alone, one vote is all there can be.
    """
    return (1, 0) if all(rung.searches for rung in ladder) else (config.k, config.k_spread)


def weights_of(config: Config, ladder: Sequence[Rung]) -> Weights | None:
    """Return for how many votes what the colony finds counts; None where it is not asked beside models."""
    return config.weights if 0 < sum(rung.searches for rung in ladder) < len(ladder) else None


def one_model_ladder(model: str) -> tuple[Rung, ...]:
    """Return the default ladder for one model: plain, other phrasing, mending, repair, step list, witnesses."""
    return (
        Rung("tester", model, 1, when="thin"),
        Rung("coder-plain", model, 2),
        Rung("coder-examples-first", model, 2, when="split", most=4),
        MENDING,
        Rung("repairer", model, 2, kind="repair", when="refuted"),
        Rung("coder-steps", model, 4, when="split"),
        Rung("coder-anonymous", model, 3, when="won", apart=True),
        Rung("oracle-untold", model, UNTOLD, when="won"),
        Rung("tester-conditions", model, WITNESSES, when="won"),
    )


def simulated_ladder() -> tuple[Rung, ...]:
    """Return the ladder of the simulated model: it knows its functions by name and reads no prose, so no witnesses."""
    return tuple(rung for rung in one_model_ladder(SIMULATED) if rung.when != "won")


def _from_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{file}: there is no such file. Give --config a TOML file that exists") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: it cannot be read ({error}). Give --config a readable TOML file") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}. Mend the TOML") from None


def _put(settings: dict[str, object], key: str, value: object) -> None:
    outer, _, inner = key.partition(".")
    if not inner:
        settings[outer] = value
        return
    group = settings.setdefault(outer, {})
    if isinstance(group, dict):
        group[inner] = value


def _check(config: Config) -> None:
    if config.k < 1:
        raise ConfigError(f"k is {config.k}: the margin of votes must be at least 1")
    if config.k_spread < 0:
        raise ConfigError(f"k_spread is {config.k_spread}: what a rival adds to k must be at least 0")
    shares = (config.majority.of_survivors, config.majority.of_read, config.majority.least_of_read)
    if config.majority.votes < 1 or not all(0 <= share <= 1 for share in shares):
        raise ConfigError("majority: votes must be at least 1, and each share (of_survivors, ...) between 0 and 1")
    if not 0 < config.max_risk <= 1:
        raise ConfigError(f"max_risk is {config.max_risk:g}: it is a probability above 0 and up to 1 (1: no limit)")
    if config.colony_s <= 0:
        raise ConfigError(f"colony_s is {config.colony_s:g}: the seconds for a unit must be more than 0")
    if config.colony_processes < 0:
        raise ConfigError(f"colony_processes is {config.colony_processes}: at least 0 (0: one for each core)")
    if config.colony_agents_total < 0:
        raise ConfigError(f"colony_agents_total is {config.colony_agents_total}: at least 0 (0: no limit)")
    if config.colony_memory_mb < 1:
        raise ConfigError(f"colony_memory_mb is {config.colony_memory_mb}: a process needs at least 1")
    if config.colony_agents < 1:
        raise ConfigError(f"colony_agents is {config.colony_agents}: ask for at least 1 (or set colony = false)")
    if config.weights.separated < 1 or config.weights.agreeing < 0:
        raise ConfigError("weights: separated must be at least 1, and agreeing at least 0")
    if config.slots < 1 or config.threads < 0:
        raise ConfigError("slots must be at least 1, and threads at least 0 (0: one for each core)")
    for name, limit in msgspec.structs.asdict(config.budget).items():
        if limit is not None and not limit > 0:
            raise ConfigError(f"budget.{name} is {limit}: a limit must be more than 0 (leave it out for no limit)")
    if config.simulate is not None and not 0 <= config.simulate.accuracy <= 1:
        raise ConfigError(f"simulate.accuracy is {config.simulate.accuracy}: it must lie between 0 and 1")
    for rung in config.ladder:
        if rung.count < 1:
            raise ConfigError(f"a rung of {rung.archetype} asks {rung.count} samples: ask at least 1")
    if config.base_url and not config.model:
        raise ConfigError("a base URL was given without a model: add --model NAME as the endpoint calls it")
