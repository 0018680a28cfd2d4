"""Web traffic: limits, retries, routes, pages and feature flags."""

import re
from dataclasses import dataclass

from icontract import ensure, require

ROUTE = re.compile(r"/|(/([a-z0-9_-]+|\{[a-z_]+\}))+/?")


@dataclass(frozen=True)
class Page:
    """One page of a list: what is on it, its number counted from 1, and how many pages there are."""

    items: list[str]
    number: int
    pages: int


@dataclass(frozen=True)
class Flag:
    """A feature flag: whether it is on, for what share of users, and for whom it always or never is."""

    is_on: bool
    percent: int
    always: tuple[str, ...]
    never: tuple[str, ...]


@require(lambda times_s: times_s == sorted(times_s))
@require(lambda limit: limit >= 1)
@require(lambda window_s: window_s >= 1)
@ensure(lambda times_s, result: len(result) == len(times_s))
def allow_requests(times_s: list[int], limit: int, window_s: int) -> list[bool]:
    """Decide for each request whether it is let through, given the second at which each came.

    A request at second t is let through if, of the requests before it in the list, fewer than `limit` were let
    through at a second later than t - window_s. Requests that were refused do not count.

    >>> allow_requests([0, 1, 2, 10], 2, 10)
    [True, True, False, True]
    >>> allow_requests([5, 5, 5], 2, 1)
    [True, True, False]
    >>> allow_requests([], 1, 60)
    []
    """
    ...


@require(lambda first_ms: first_ms >= 1)
@require(lambda most_ms: most_ms >= 1)
@require(lambda budget_ms: 0 <= budget_ms <= 10_000)
@ensure(lambda budget_ms, result: sum(result) <= budget_ms)
def backoff_delays(first_ms: int, most_ms: int, budget_ms: int) -> list[int]:
    """List how long to wait before each retry, in milliseconds.

    The first delay is `first_ms`, and each further one is twice the one before; but no delay is longer than
    `most_ms`: where it would be, it is `most_ms` instead. The list goes on as long as the sum of all its delays
    is at most `budget_ms`, and ends before the first delay with which the sum would be more.

    >>> backoff_delays(100, 1000, 800)
    [100, 200, 400]
    >>> backoff_delays(100, 250, 1000)
    [100, 200, 250, 250]
    >>> backoff_delays(100, 1000, 99)
    []
    """
    ...


@require(lambda size: size >= 1)
def page_of(items: list[str], number: int, size: int) -> Page:
    """Return one page of a list that is shown with `size` items on each page.

    Pages are counted from 1; the last one may have fewer items. A list without items has one page, an empty one.
    A number below 1 gives the first page and one above the last gives the last, and the result says
    which number it is.

    >>> page_of(["a", "b", "c"], 1, 2)
    Page(items=['a', 'b'], number=1, pages=2)
    >>> page_of(["a", "b", "c"], 2, 2)
    Page(items=['c'], number=2, pages=2)
    >>> page_of(["a", "b", "c"], 9, 2)
    Page(items=['c'], number=2, pages=2)
    """
    ...


@require(lambda pattern: ROUTE.fullmatch(pattern))
@require(lambda pattern: all(pattern.count(name) == 1 for name in re.findall(r"\{[a-z_]+\}", pattern)))
def match_route(pattern: str, path: str) -> dict[str, str] | None:
    """Match the path of a request with the pattern of a route, and return the values of its parameters.

    All slashes at the beginning and at the end of both are dropped first; then the slashes in between
    divide each into segments. They match if they have equally many segments and each segment of the pattern fits
    the one in the same place: `{name}` fits every segment that is not empty, and gives the parameter `name` its
    value; any other segment fits only one that is the same. If they do not match, the result is None.

    >>> match_route("/users/{id}", "/users/42")
    {'id': '42'}
    >>> match_route("/users/{id}/posts", "/users/42/posts/")
    {'id': '42'}
    >>> match_route("/users/{id}", "/users/42/posts") is None
    True
    >>> match_route("/about", "/about")
    {}
    """
    ...


def should_retry(method: str, status: int, attempt: int, most: int) -> bool:
    """Tell whether a request that failed is to be sent again.

    It is not if it was sent `most` times or more already; `attempt` says how often it was sent. Else it is sent
    again, whatever its method, when the status is 429 or 503; and, when the status is 500, 502 or 504, only if
    the method is one of GET, HEAD, PUT, DELETE and OPTIONS, in capital letters. On any other status it is not.

    >>> should_retry("GET", 502, 1, 3)
    True
    >>> should_retry("POST", 502, 1, 3)
    False
    >>> should_retry("POST", 429, 1, 3)
    True
    >>> should_retry("GET", 404, 1, 3)
    False
    >>> should_retry("GET", 502, 3, 3)
    False
    """
    ...


@require(lambda current, last: 1 <= current <= last)
def page_links(current: int, last: int) -> list[int | None]:
    """List the page numbers to show below a long list, in ascending order, with None where some are left out.

    Shown are page 1, page `last`, page `current`, and the pages right before and right after it, as far as they
    exist. Where, between two neighbours that are shown, exactly one page is left out, that page is shown too.
    Where two or more are left out, one None stands in their place.

    >>> page_links(5, 10)
    [1, None, 4, 5, 6, None, 10]
    >>> page_links(1, 10)
    [1, 2, None, 10]
    >>> page_links(1, 1)
    [1]
    """
    ...


@require(lambda flag: 0 <= flag.percent <= 100)
@require(lambda bucket: 0 <= bucket <= 99)
def is_enabled(flag: Flag, user: str, bucket: int) -> bool:
    """Tell whether a feature is enabled for a user, who is in a bucket from 0 to 99.

    For a user in `never` it is not, not even if the user is in `always` as well. For any other user in `always`
    it is, even if the flag is not on. For all others it is if the flag is on and the bucket is less
    than `percent`.

    >>> is_enabled(Flag(True, 50, (), ()), "ann", 49)
    True
    >>> is_enabled(Flag(True, 50, (), ()), "ann", 50)
    False
    >>> is_enabled(Flag(True, 100, (), ("ann",)), "ann", 0)
    False
    """
    ...
