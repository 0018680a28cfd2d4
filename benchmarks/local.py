"""What share of the bare model's tokens/s a request reaches through our client.

Run: ``python benchmarks/local.py [MODEL] [--samples 4] [--tokens 64] [--rounds 3]``. Both ways ask the same server,
in turn, for the same number of tokens of the same prompts, so that other work on the machine hits both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import time
import urllib.request

from swarmwright.adapters.hub import fetch, find_model
from swarmwright.adapters.llamacpp import LocalServer, start_local, usable_cores
from swarmwright.adapters.openai import Endpoint, OpenAIModel
from swarmwright.agents.clock import LoopClock
from swarmwright.agents.ports import Message, ModelRequest, Sampling


def messages(number: int) -> tuple[Message, ...]:
    helpers = "\n".join(f"def helper_{number}_{each}(a: int, b: str) -> dict[str, int]: ..." for each in range(8))
    return (
        Message("system", "You are an expert Python programmer."),
        Message("user", f"{helpers}\n\nWrite a long function with many statistics."),
        Message("assistant", "```python\ndef statistics(xs: list[int]) -> dict[str, float]:\n"),
    )


def bare(server: LocalServer, number: int, samples: int, tokens: int) -> int:
    """Ask by the shortest way there is and return the tokens written, as the server counts them."""
    body = {
        "messages": [{"role": m.role, "content": m.content} for m in messages(number)],
        "n": samples, "max_tokens": tokens, "temperature": 0.8, "seed": number,
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.key}"}
    request = urllib.request.Request(f"{server.base_url}/chat/completions", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as reply:
        answered = json.load(reply)
    begun = len(messages(number)[-1].content)
    return sum(len(choice["message"]["content"]) - begun for choice in answered["choices"])


async def through_client(model: OpenAIModel, number: int, samples: int, tokens: int) -> int:
    sampling = Sampling(temperature=0.8, max_tokens=tokens, seed=number)
    answers = await model.complete(ModelRequest(messages(number), sampling, 0, samples))
    return sum(len(answer.text) for answer in answers)


async def measure(name: str, samples: int, tokens: int, rounds: int) -> None:
    path = fetch(find_model(name))
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
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name}: {samples} samples of up to {tokens} tokens, {rounds} rounds, {usable_cores()} cores")
    print(f"bare   {speed['bare']:8.1f} characters/s  (about {speed['bare'] / 3.6:.1f} tokens/s, prompt included)")
    print(f"client {speed['client']:8.1f} characters/s  ({speed['client'] / speed['bare']:.0%} of bare)")
    print(f"server peak memory {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", nargs="?", default="qwen2.5-coder-0.5b")
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    asyncio.run(measure(options.model, options.samples, options.tokens, options.rounds))


if __name__ == "__main__":
    main()
