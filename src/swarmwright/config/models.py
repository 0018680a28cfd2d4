"""The models a build asks: local ones behind our own server, endpoints of the user's, or the simulated one."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from swarmwright.adapters import hub
from swarmwright.adapters.capabilities import Capabilities
from swarmwright.adapters.hub_sources import KnownModel
from swarmwright.adapters.local import LocalModel
from swarmwright.adapters.openai import Endpoint, OpenAIModel
from swarmwright.adapters.sqlite_files import ANSWERS_NAME
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Model
from swarmwright.agents.replay import RecordedModel
from swarmwright.config.settings import SIMULATED, Config, EndpointConfig, SimulationConfig
from swarmwright.errors import ConfigError, UnknownModelError
from swarmwright.ledger.ports import Answers
from swarmwright.simulate.model import SimulatedModel
from swarmwright.simulate.solutions import solutions_from
from swarmwright.swarm.values import Rung

Note = Callable[[str, str], None]
Progress = Callable[[str, int, int], None]
"""Hears a model's name, bytes fetched so far, and bytes in all."""
_PROMPT_TOKENS = 1000
_ANSWER_TOKENS = 400


class Roster:
    """The models of one run by name, which of them are local, and what one sample may cost at most (dollars)."""

    def __init__(self, config: Config, answers: Answers, note: Note) -> None:
        """Start empty; ``add`` makes one model at a time, and starts nothing."""
        self.models: dict[str, Model] = {}
        self.local: frozenset[str] = frozenset()
        self.usd_per_sample = 0.0
        self._config = config
        self._answers = answers
        self._note = note
        self._endpoints: list[tuple[Path, OpenAIModel]] = []

    def add(self, name: str) -> None:
        """Make the model of that name.

        Raises:
            UnknownModelError: neither the settings nor the hub know it.
            KeyMissingError: the environment does not hold the key of its endpoint.
        """
        config = self._config
        endpoint = next((one for one in config.endpoints if one.name == name), None)
        if config.simulate is not None and name == SIMULATED:
            model: Model = _simulated(config.simulate)
        elif config.base_url and name == config.model:
            model = self._endpoint(EndpointConfig(name, config.base_url, config.model, config.key_env))
        elif endpoint is not None:
            model = self._endpoint(endpoint)
        elif any(name == known.name for known in hub.MODELS):
            model = self._local(hub.find_model(name))
        else:
            raise UnknownModelError(_unknown(name, config))
        self.models[name] = RecordedModel(model, self._answers)

    async def prepare(self, progress: Progress | None) -> None:
        """Fetch the files of local models that are not there yet.

        Raises:
            ModelFileError: a file cannot be fetched.
            DigestMismatchError: it is not what it should be, twice.
        """
        for name in sorted(self.local):
            await asyncio.to_thread(fetch_model, name, progress)

    async def close(self) -> None:
        """Release connections, end the servers that we started, keep what was learned of endpoints."""
        for file, client in self._endpoints:
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(msgspec.json.encode(client.capabilities))
        for model in self.models.values():
            await model.close()

    def _local(self, known: KnownModel) -> Model:
        self.local |= {known.name}
        return LocalModel(
            known.name,
            hub.model_path(known),
            digest=known.sha256,
            family=known.family,
            slots=self._config.slots,
            threads=self._config.threads,
            clock=LoopClock(),
            note=self._note,
        )

    def _endpoint(self, settings: EndpointConfig) -> Model:
        dear = settings.price_in_per_million_usd * _PROMPT_TOKENS + settings.price_out_per_million_usd * _ANSWER_TOKENS
        self.usd_per_sample = max(self.usd_per_sample, dear / 1e6)
        endpoint = Endpoint(**msgspec.structs.asdict(settings))
        file = _capabilities_file(endpoint)
        client = OpenAIModel(endpoint, capabilities=_known_capabilities(file), note=self._note, clock=LoopClock())
        client.require_key()
        self._endpoints.append((file, client))
        return client


def make_models(config: Config, ladder: Sequence[Rung], answers: Answers, note: Note) -> Roster:
    """Return the models that the ladder names.

    Raises:
        UnknownModelError: one of them is not known.
        KeyMissingError: the environment does not hold the key of an endpoint.
        ConfigError: the simulated model's solutions cannot be read.
    """
    roster = Roster(config, answers, note)
    for name in dict.fromkeys(rung.model for rung in ladder if rung.model):
        roster.add(name)
    return roster


def fetch_model(name: str, progress: Progress | None) -> Path:
    """Return a local model's file, fetching it where it is not there; blocks.

    Raises:
        UnknownModelError: no model is called so.
        ModelFileError: it cannot be fetched.
        DigestMismatchError: it is not what it should be, twice.
    """
    return hub.fetch(hub.find_model(name), lambda done, total: progress(name, done, total) if progress else None)


def answers_path() -> Path:
    """Return where completions are kept across runs."""
    return hub.cache_folder().parent / ANSWERS_NAME


def _simulated(settings: SimulationConfig) -> Model:
    path = Path(settings.solutions)
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file of solutions for the simulated model.")
    return SimulatedModel(
        solutions_from(path),
        seed=settings.seed,
        accuracy=settings.accuracy,
        correlated=settings.correlated,
        flag_rate=settings.flag_rate,
        latency_s=settings.latency_s,
        clock=LoopClock(),
    )


def _unknown(name: str, config: Config) -> str:
    known: Mapping[str, None] = dict.fromkeys([m.name for m in hub.MODELS] + [e.name for e in config.endpoints])
    return (
        f"No model is called {name!r}; known are {', '.join(known)}. "
        "For a model behind an endpoint add --base-url URL, or an [[endpoints]] table to the settings file."
    )


def _capabilities_file(endpoint: Endpoint) -> Path:
    key = hashlib.sha256(f"{endpoint.base_url}\n{endpoint.model}".encode()).hexdigest()[:24]
    return hub.cache_folder().parent / "endpoints" / f"{key}.json"


def _known_capabilities(file: Path) -> Capabilities | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Capabilities)
    except (OSError, msgspec.MsgspecError):
        return None
