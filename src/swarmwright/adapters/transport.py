"""One POST to one endpoint, until it is answered: kept connections, back-off, pauses, the circuit breaker."""

from __future__ import annotations

import asyncio
import email.utils
import random
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import aiohttp
import yarl

from swarmwright.adapters.pacing import Breaker, Pacer
from swarmwright.adapters.wire import excerpt, read_refusal
from swarmwright.agents.clock import Clock
from swarmwright.errors import EndpointError, EndpointRefusedError

T = TypeVar("T")

LONGEST_REPLY = 32 * 1024 * 1024
"""Bytes after which a reply is garbage."""
_BUSY = frozenset({408, 409, 425, 429})
_FOR_GOOD = {
    401: "the key was not accepted (HTTP 401)",
    402: "the account has no credit (HTTP 402)",
    403: "access was denied (HTTP 403)",
    404: "the model or the path is unknown there (HTTP 404)",
    405: "this is no chat endpoint (HTTP 405)",
}
_SPENT = ("insufficient_quota", "billing_hard_limit", "billing_not_active")


class Retries(NamedTuple):
    """How long to keep trying: ``attempts`` in all, each wait drawn from 0 to ``base_s`` doubled each time, at
    most ``cap_s``; an endpoint that asks for more than ``longest_s`` is given up at once.
    """

    attempts: int = 6
    base_s: float = 0.5
    cap_s: float = 30.0
    longest_s: float = 120.0


class Refusal(Exception):  # noqa: N818 - never leaves the adapter
    """A 400: the request was understood and refused; perhaps it asked for too much."""

    def __init__(self, message: str, parameter: str) -> None:
        super().__init__(message)
        self.message, self.parameter = message, parameter


class _Trouble(Exception):  # noqa: N818 - never leaves this module
    """An attempt that failed and may be tried again; ``alive`` where the endpoint itself said "not now"."""

    def __init__(self, why: str, *, alive: bool = False, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.why, self.alive, self.wait_s = why, alive, wait_s


class Transport:
    """Posts bodies to one address and returns what the reader makes of the reply."""

    def __init__(
        self,
        name: str,
        url: str,
        headers: Mapping[str, str],
        *,
        timeout_s: float,
        secret: str,
        pacer: Pacer,
        breaker: Breaker,
        retries: Retries,
        clock: Clock,
        rng: random.Random,
        note: Callable[[str, str], None],
    ) -> None:
        """Take the address and what it is called in messages; ``secret`` is kept out of every message."""
        self._name, self._url, self._headers = name, url, dict(headers)
        self._address = yarl.URL(url)
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=min(timeout_s, 15.0))
        self._timeout_s, self._secret = timeout_s, secret
        self._pacer, self._breaker, self._retries = pacer, breaker, retries
        self._clock, self._rng, self._note = clock, rng, note
        self._proxy = _proxy_for(url)
        self._session: aiohttp.ClientSession | None = None

    async def post(self, body: bytes, tokens: float, read: Callable[[bytes], T]) -> T:
        """Send a body until it is answered, and return ``read(reply)``.

        Args:
            body: JSON.
            tokens: about how many tokens it will use, for pacing.
            read: turns a reply into what is wanted; its ``ValueError`` means garbage, which is tried again.

        Raises:
            Refusal: the endpoint understood and refused (400, 413, 422).
            EndpointError: no answer after all attempts, or the breaker is open.
            EndpointRefusedError: never (key, credit, model, redirect).
        """
        trouble = _Trouble("it was not tried")
        for attempt in range(self._retries.attempts):
            if attempt:
                await self._back_off(attempt, trouble)
            probe = self._breaker.enter()
            settled = False
            try:
                await self._pacer.admit(tokens)
                answer = await self._once(body, read)
                settled = True
                self._breaker.succeeded()
                return answer
            except _Trouble as failed:
                trouble, settled = failed, True
                self._count(failed, probe=probe)
            except (Refusal, EndpointRefusedError):
                settled = True
                self._breaker.succeeded()
                raise
            finally:
                if not settled:
                    self._breaker.abandoned(probe=probe)
            if trouble.wait_s is not None and trouble.wait_s > self._retries.longest_s:
                raise EndpointError(f"{self._name}: {trouble.why}; it asks to wait {trouble.wait_s:.0f} s")
        raise EndpointError(f"{self._name}: {trouble.why} (tried {self._retries.attempts} times)")

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _count(self, trouble: _Trouble, *, probe: bool) -> None:
        if trouble.alive:
            self._breaker.succeeded()
            if trouble.wait_s is not None and trouble.wait_s <= self._retries.longest_s:
                self._pacer.pause(trouble.wait_s)
        elif self._breaker.failed(trouble.why, probe=probe):
            self._note("endpoint", f"{self._name} keeps failing ({trouble.why}): nothing is sent to it for a while")

    async def _back_off(self, attempt: int, trouble: _Trouble) -> None:
        # Full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015): from zero to the doubled base.
        most_s = min(self._retries.cap_s, self._retries.base_s * 2 ** (attempt - 1))
        wait_s = self._rng.uniform(0.0, most_s)
        if trouble.wait_s is not None:
            # Those who were told the same moment should not all come back in it.
            wait_s = trouble.wait_s + wait_s * 0.1
        await self._clock.sleep(wait_s)

    async def _once(self, body: bytes, read: Callable[[bytes], T]) -> T:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                timeout=self._timeout,
            )
        try:
            async with self._session.post(self._address, data=body, allow_redirects=False, proxy=self._proxy) as reply:
                content = await _read(reply)
                status, headers = reply.status, reply.headers
        except TimeoutError:
            raise _Trouble(f"no answer within {self._timeout_s:g} s") from None
        except (aiohttp.ClientConnectorCertificateError, aiohttp.InvalidURL) as error:
            raise EndpointRefusedError(f"{self._name}: {self._shown(str(error))}") from None
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError) as error:
            raise _Trouble(self._connection_trouble(error)) from None
        if status == 200:
            try:
                return read(content)
            except ValueError:
                said = self._shown(content.decode("utf-8", "replace"))
                raise _Trouble(f"it answered what no chat endpoint would: {said!r}") from None
        raise self._unhappy(status, headers, content)

    def _connection_trouble(self, error: Exception) -> str:
        where = self._url
        if isinstance(error, aiohttp.ClientConnectorError):
            return f"no connection to {where} ({self._shown(error.strerror or str(error))})"
        if isinstance(error, aiohttp.ClientPayloadError):
            return f"the answer of {where} broke off"
        return f"the connection to {where} was lost ({self._shown(str(error) or type(error).__name__)})"

    def _unhappy(self, status: int, headers: Mapping[str, str], content: bytes) -> Exception:
        message, parameter, code = read_refusal(content)
        said = self._shown(message)
        if status in _FOR_GOOD:
            return EndpointRefusedError(f"{self._name}: {_FOR_GOOD[status]}: {said!r}")
        if status in (400, 413, 422):
            return Refusal(self._scrubbed(message), parameter)
        if 300 <= status < 400:
            there = self._shown(headers.get("Location", "somewhere else"))
            return EndpointRefusedError(f"{self._name}: it redirects to {there}; set base_url to where it is")
        if status == 429 and any(word in code for word in _SPENT):
            return EndpointRefusedError(f"{self._name}: the account's quota is spent: {said!r}")
        wait_s = retry_after_s(headers.get("Retry-After"), self._clock.wall())
        if status in _BUSY or status >= 500:
            alive = status == 429 or (status == 503 and wait_s is not None)
            return _Trouble(f"HTTP {status}: {said!r}", alive=alive, wait_s=wait_s)
        if status < 300:
            return _Trouble(f"HTTP {status} instead of an answer: {said!r}")
        return EndpointRefusedError(f"{self._name}: HTTP {status}: {said!r}")

    def _scrubbed(self, text: str) -> str:
        return text.replace(self._secret, "***") if self._secret else text

    def _shown(self, text: str) -> str:
        return excerpt(self._scrubbed(text))


async def _read(reply: aiohttp.ClientResponse) -> bytes:
    length = reply.headers.get("Content-Length", "")
    if length.isdigit() and int(length) <= LONGEST_REPLY and "Content-Encoding" not in reply.headers:
        return await reply.read()
    content = bytearray()
    async for chunk in reply.content.iter_any():
        content += chunk
        if len(content) > LONGEST_REPLY:
            raise _Trouble(f"its answer is longer than {LONGEST_REPLY // 1024 // 1024} MB")
    return bytes(content)


def retry_after_s(value: str | None, wall_s: float) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date; None where there is none or it cannot be read.

    Args:
        value: the header.
        wall_s: Unix seconds now.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - wall_s
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if seconds < 1e9 else None


def _proxy_for(url: str) -> str | None:
    # Looked up once: aiohttp's own trust_env reads the environment and netrc again for every request.
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127.") or urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(parts.scheme)
