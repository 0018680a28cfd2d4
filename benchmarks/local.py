"""What share of the bare model's tokens/s our client reaches, and a build while a request is open.

    python benchmarks/local.py [MODEL] [--samples 4] [--tokens 64] [--rounds 3] [--spec examples/textkit] [--calls 12]

Client and bare calls ask the same server, in turn, for the same number of tokens of prompts alike, so that other work
on the machine hits both. The build's own requests are then put once more, one after the other, to a fresh server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
import urllib.request
from pathlib import Path

from swarmwright.adapters.hub import fetch, find_model
from swarmwright.adapters.llamacpp import LocalServer, start_local, usable_cores
from swarmwright.adapters.local import LocalModel
from swarmwright.adapters.openai import Endpoint, OpenAIModel
from swarmwright.adapters.sandbox import open_sandbox
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Completion, Message, ModelRequest, Sampling
from swarmwright.agents.roster import load_archetypes
from swarmwright.config.settings import one_model_ladder
from swarmwright.construct.pipeline import Materials, build
from swarmwright.ledger.memory import MemoryLedger
from swarmwright.spec.reader import read_spec
from swarmwright.swarm.budget import Budget
from swarmwright.swarm.values import Policy, StopSignal
from swarmwright.verify.winner import Effort


def messages(number: int) -> tuple[Message, ...]:
    helpers = "\n".join(f"def helper_{number}_{each}(a: int, b: str) -> dict[str, int]: ..." for each in range(8))
    return (
        Message("system", "You are an expert Python programmer."),
        Message("user", f"{helpers}\n\nWrite a long function with many statistics."),
        Message("assistant", "```python\ndef statistics(xs: list[int]) -> dict[str, float]:\n"),
    )


def bare(server: LocalServer, number: int, samples: int, tokens: int) -> int:
    """Ask by the shortest way there is and return the characters written."""
    sampling = Sampling(temperature=0.8, max_tokens=tokens, seed=number)
    return ask_bare(server, ModelRequest(messages(number), sampling, 0, samples))


def ask_bare(server: LocalServer, asked: ModelRequest) -> int:
    sampling = asked.sampling
    body = {
        "messages": [{"role": m.role, "content": m.content} for m in asked.messages], "n": asked.count,
        "max_tokens": sampling.max_tokens, "temperature": sampling.temperature, "seed": sampling.seed + asked.first,
        "stop": list(sampling.stop),
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.key}"}
    request = urllib.request.Request(f"{server.base_url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as reply:
        answered = json.load(reply)
    begun = len(asked.messages[-1].content) if asked.messages[-1].role == "assistant" else 0
    return sum(len(choice["message"]["content"]) - begun for choice in answered["choices"])


async def through_client(model: OpenAIModel, number: int, samples: int, tokens: int) -> int:
    sampling = Sampling(temperature=0.8, max_tokens=tokens, seed=number)
    answers = await model.complete(ModelRequest(messages(number), sampling, 0, samples))
    return sum(len(answer.text) for answer in answers)


async def measure_client(path: Path, name: str, samples: int, tokens: int, rounds: int) -> None:
    async with await start_local(path, slots=samples, context=1024) as server:
        endpoint = Endpoint("local", server.base_url, name, key=server.key, timeout_s=900.0, max_n=samples)
        model = OpenAIModel(endpoint, clock=LoopClock())
        # The first begun answer makes the client probe the endpoint; that is paid once a run, not here.
        await through_client(model, 999, 1, 4)
        spent = {"bare": 0.0, "client": 0.0}
        written = {"bare": 0, "client": 0}
        for number in range(rounds):
            # Each way gets prompts of its own, or the second would find its prefix read already.
            for way in ("bare", "client") if number % 2 else ("client", "bare"):
                began = time.perf_counter()
                seed = 2 * number + (way == "client")
                if way == "bare":
                    written[way] += await asyncio.to_thread(bare, server, seed, samples, tokens)
                else:
                    written[way] += await through_client(model, seed, samples, tokens)
                spent[way] += time.perf_counter() - began
        speed = {way: written[way] / spent[way] for way in spent}
        await model.close()
    print(f"{samples} samples of up to {tokens} tokens, {rounds} rounds")
    print(f"  bare   {speed['bare']:8.1f} characters/s (about {speed['bare'] / 3.6:.1f} tokens/s, prompt included)")
    print(f"  client {speed['client']:8.1f} characters/s ({speed['client'] / speed['bare']:.0%} of bare)")


class Watched:
    """A Model that notes what it was asked, how much came back, and for how long a request was open."""

    def __init__(self, model: LocalModel) -> None:
        self.model = model
        self.name, self.digest, self.family, self.concurrency = model.name, model.digest, model.family, 1
        self.requests: list[ModelRequest] = []
        self.seconds = 0.0
        self.written = self.tokens = 0

    async def complete(self, request: ModelRequest) -> tuple[Completion, ...]:
        began = time.perf_counter()
        answers = await self.model.complete(request)
        self.seconds += time.perf_counter() - began
        self.requests.append(request)
        self.written += sum(len(answer.text) for answer in answers)
        self.tokens += sum(answer.tokens_out for answer in answers)
        return answers

    async def close(self) -> None:
        await self.model.close()


async def built(path: Path, name: str, samples: int, spec: Path, calls: int) -> Watched:
    """Build until so many calls were made, and return the model that saw them."""
    local = LocalModel(name, path, digest=name, family=name, slots=samples, threads=0, clock=LoopClock())
    # The server starts with the first request, and that is no part of answering.
    await local.complete(ModelRequest(messages(999), Sampling(temperature=0.0, max_tokens=1, seed=1), 0, 1))
    watched = Watched(local)
    materials = Materials(
        spec=read_spec(spec),
        models={name: watched},
        archetypes=load_archetypes(),
        sandbox=open_sandbox(),
        ledger=MemoryLedger(),
        policy=Policy(one_model_ladder(name)),
        effort=Effort(mutants=2, symbolic_s=1.0, glance_s=0.5),
        budget=Budget(calls=calls),
        options={},
        clock=LoopClock(),
        local=frozenset({name}),
    )
    try:
        await build(materials, observer=None, stop=StopSignal())
    finally:
        await watched.close()
    return watched


async def measure_build(path: Path, name: str, samples: int, spec: Path, calls: int) -> None:
    """Put the very requests of a build once more, with nothing between, to a server that has seen none of them."""
    watched = await built(path, name, samples, spec, calls)
    async with await start_local(path, slots=samples) as server:
        await asyncio.to_thread(bare, server, 999, 1, 1)
        began = time.perf_counter()
        written = 0
        for request in watched.requests:
            written += await asyncio.to_thread(ask_bare, server, request)
        speed = written / (time.perf_counter() - began)
    mine = watched.written / watched.seconds
    print(f"{len(watched.requests)} requests of a build of {spec}, {watched.tokens} tokens written")
    print(f"  bare   {speed:8.1f} characters/s")
    print(
        f"  build  {mine:8.1f} characters/s while a request was open ({watched.tokens / watched.seconds:.1f} tokens/s, "
        f"{mine / speed:.0%} of bare)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default="qwen2.5-coder-0.5b")
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spec", type=Path, default=Path(__file__).resolve().parent.parent / "examples" / "textkit")
    parser.add_argument("--calls", type=int, default=12)
    options = parser.parse_args()
    path = fetch(find_model(options.model))
    print(f"{options.model} on {usable_cores()} cores")
    asyncio.run(measure_client(path, options.model, options.samples, options.tokens, options.rounds))
    asyncio.run(measure_build(path, options.model, options.samples, options.spec, options.calls))
    print(f"server's peak memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
