"""Which Tasks must be decided together because each waits, through the others, for itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def close_groups(needs: Mapping[Node, Iterable[Node]], groups: Mapping[Node, int]) -> dict[Node, int]:
    """Return the groups made closed: what lies on a way from a group back to itself joins it.

    If f and g are checked together, and g needs h, and h needs f, then h waits for f's decision, f's decision for g,
    and g for h. In one group all three can go ahead on each other's lead. Groups that wait for one another become
    one, under the lowest of their numbers. A cycle of needs outside of groups is left to ``Plan`` to refuse.

    Args:
        needs: what each Task needs; all Tasks are keys.
        groups: the group of each Task that is in one (from 1).
    """
    node: dict[Node, Hashable] = {name: ("group", groups[name]) if groups.get(name) else name for name in needs}
    edges: dict[Hashable, set[Hashable]] = {}
    for name, wanted in needs.items():
        edges.setdefault(node[name], set()).update(node[need] for need in wanted if need in node)
    closed: dict[Node, int] = {name: group for name, group in groups.items() if group}
    members: dict[Hashable, list[Node]] = {}
    for name in needs:
        members.setdefault(node[name], []).append(name)
    for knot in knots(edges):
        names = [name for one in knot for name in members[one]]
        numbers = [closed[name] for name in names if name in closed]
        if len(knot) > 1 and numbers:
            closed.update(dict.fromkeys(names, min(numbers)))
    return closed


def knots(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Return the strongly connected components (Tarjan 1972), without recursion."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    found: list[list[Node]] = []
    for root in edges:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        path = [(root, iter(edges.get(root, ())))]
        while path:
            node, ahead = path[-1]
            following = next(ahead, None)
            if following is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    knot = [stack.pop()]
                    while knot[-1] != node:
                        knot.append(stack.pop())
                    on_stack.difference_update(knot)
                    found.append(knot)
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                path.append((following, iter(edges.get(following, ()))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return found
