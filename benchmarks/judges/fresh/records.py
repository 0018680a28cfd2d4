"""Hidden judge of benchmarks/specs/fresh/records.py: references and inputs."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST = 220


@dataclass(frozen=True)
class Order:
    customer: str
    item: str
    quantity: int
    unit_cents: int


@dataclass(frozen=True)
class Reservation:
    reserved: dict[str, int]
    missing: dict[str, int]


@dataclass(frozen=True)
class Contact:
    email: str
    name: str | None
    phone: str | None


@dataclass(frozen=True)
class Invoice:
    number: str
    due_day: int
    open_cents: int


def totals_by_customer(orders: list[Order]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for order in orders:
        totals[order.customer] = totals.get(order.customer, 0) + order.quantity * order.unit_cents
    return {customer: total for customer, total in totals.items() if total != 0}


def reserve_stock(stock: dict[str, int], wanted: list[tuple[str, int]]) -> Reservation:
    left = dict(stock)
    reserved: dict[str, int] = {}
    missing: dict[str, int] = {}
    for item, count in wanted:
        got = min(count, left.get(item, 0))
        if got:
            left[item] -= got
            reserved[item] = reserved.get(item, 0) + got
        if count > got:
            missing[item] = missing.get(item, 0) + count - got
    return Reservation(reserved, missing)


def merge_contacts(contacts: list[Contact]) -> list[Contact]:
    groups: dict[str, list[Contact]] = {}
    for contact in contacts:
        groups.setdefault(contact.email.lower(), []).append(contact)
    return [
        Contact(
            group[0].email,
            next((contact.name for contact in group if contact.name is not None), None),
            next((contact.phone for contact in group if contact.phone is not None), None),
        )
        for group in groups.values()
    ]


def pay_oldest(invoices: list[Invoice], paid_cents: int) -> list[Invoice]:
    still = [invoice.open_cents for invoice in invoices]
    for place in sorted(range(len(invoices)), key=lambda place: (invoices[place].due_day, place)):
        paid = min(still[place], paid_cents)
        still[place] -= paid
        paid_cents -= paid
    return [
        Invoice(invoice.number, invoice.due_day, cents) for invoice, cents in zip(invoices, still, strict=True) if cents
    ]


def diff_settings(old: dict[str, str], new: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {name: (old.get(name), new.get(name)) for name in [*old, *new] if old.get(name) != new.get(name)}


def _filled(
    seed: int, first: list[tuple[Any, ...]], make: Callable[[random.Random], tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    rng = random.Random(seed)
    found = {repr(entry): entry for entry in first}
    for _ in range(20_000):
        if len(found) >= MOST:
            break
        entry = make(rng)
        found.setdefault(repr(entry), entry)
    return list(found.values())


def _orders(rng: random.Random) -> tuple[Any, ...]:
    names = rng.choice([["ann", "bob"], ["ann", "Ann", "bob", ""], ["x"]])
    return (
        [
            Order(
                rng.choice(names),
                rng.choice("pi"),
                rng.choice([-2, -1, 0, 1, 1, 2, 3]),
                rng.choice([0, 1, 50, 100, 100]),
            )
            for _ in range(rng.randint(1, 7))
        ],
    )


def _stock(rng: random.Random) -> tuple[Any, ...]:
    items = ["pen", "ink", "cap", "Pen"]
    stock = {item: rng.choice([0, 1, 3, 5, 10]) for item in items if rng.random() < 0.7}
    return (stock, [(rng.choice(items), rng.choice([0, 1, 2, 3, 5, 11])) for _ in range(rng.randint(1, 6))])


def _contacts(rng: random.Random) -> tuple[Any, ...]:
    emails = rng.choice([["a@x", "A@x"], ["a@x", "A@X", "b@x", "B@x"], ["a@x", "b@x", "c@x", "C@x", ""]])
    names, phones = [None, None, "", "Ann", "Bob"], [None, None, "", "12", "34"]
    return ([Contact(rng.choice(emails), rng.choice(names), rng.choice(phones)) for _ in range(rng.randint(1, 6))],)


def _payment(rng: random.Random) -> tuple[Any, ...]:
    days = rng.choice([[1, 2, 3], [5, 5, 9, -1], [0], list(range(9))])
    invoices = [
        Invoice(rng.choice("ABC") + str(number), rng.choice(days), rng.choice([0, 1, 100, 100, 250, 500]))
        for number in range(rng.randint(1, 5))
    ]
    total = sum(invoice.open_cents for invoice in invoices)
    return (
        invoices,
        rng.choice([0, 1, 99, 100, 101, rng.randint(0, total), rng.randint(0, total), total - total // 5]),
    )


def _settings(rng: random.Random) -> tuple[Any, ...]:
    names, values = ["host", "port", "Host", "", "user"], ["", "a", "b", "A", "None"]
    old = {name: rng.choice(values) for name in names if rng.random() < 0.6}
    new = {name: rng.choice([old.get(name, "a"), rng.choice(values)]) for name in names if rng.random() < 0.6}
    return (old, new)


_A, _B, _C = Invoice("A", 10, 500), Invoice("B", 5, 300), Invoice("C", 5, 200)

INPUTS: dict[str, list[tuple[Any, ...]]] = {
    "totals_by_customer": _filled(
        701,
        [
            ([],),
            ([Order("ann", "pen", 0, 100)],),
            ([Order("ann", "pen", 1, 0)],),
            ([Order("ann", "pen", 1, 100)],),
            ([Order("ann", "pen", -1, 100)],),
            ([Order("ann", "pen", 1, 100), Order("ann", "pen", -1, 100)],),
            ([Order("ann", "pen", 1, 100), Order("ann", "ink", -2, 100)],),
            ([Order("ann", "pen", 1, 100), Order("bob", "pen", -1, 100)],),
            ([Order("ann", "pen", 1, 100), Order("Ann", "pen", 1, 100)],),
            ([Order("ann", "pen", 1, 100), Order("ann", "pen", -1, 100), Order("ann", "pen", 2, 1)],),
            ([Order("", "", 3, 3)],),
            ([Order("ann", "gift", 1, -250)],),
            ([Order("ann", "gift", 1, -250), Order("ann", "pen", 5, 50)],),
            ([Order("ann", "pen", 10**9, 10**9)],),
        ],
        _orders,
    ),
    "reserve_stock": _filled(
        702,
        [
            ({}, []),
            ({"pen": 5}, []),
            ({}, [("pen", 0)]),
            ({}, [("pen", 1)]),
            ({"pen": 0}, [("pen", 1)]),
            ({"pen": 0}, [("pen", 0)]),
            ({"pen": 5}, [("pen", 0)]),
            ({"pen": 5}, [("pen", 5)]),
            ({"pen": 5}, [("pen", 6)]),
            ({"pen": 5}, [("pen", 5), ("pen", 0)]),
            ({"pen": 5}, [("pen", 5), ("pen", 1)]),
            ({"pen": 5}, [("pen", 4), ("pen", 4), ("pen", 4)]),
            ({"pen": 5}, [("pen", 6), ("pen", 1)]),
            ({"pen": 5, "ink": 1}, [("ink", 2), ("pen", 2), ("ink", 1)]),
            ({"pen": 5}, [("Pen", 2)]),
            ({"pen": 5}, [("ink", 2), ("pen", 2)]),
            ({"a": 1, "b": 2, "c": 3}, [("a", 1), ("b", 1), ("c", 4), ("d", 1)]),
        ],
        _stock,
    ),
    "merge_contacts": _filled(
        703,
        [
            ([],),
            ([Contact("a@x", None, None)],),
            ([Contact("A@X", "Ann", "1")],),
            ([Contact("a@x", None, "1"), Contact("a@x", "Ann", "2")],),
            ([Contact("A@X", None, None), Contact("a@x", "Ann", "2")],),
            ([Contact("a@x", "", None), Contact("a@x", "Ann", "")],),
            ([Contact("a@x", None, ""), Contact("a@x", "", "2")],),
            ([Contact("a@x", "Ann", None), Contact("b@x", "Bob", "9"), Contact("A@x", "Anna", "2")],),
            ([Contact("b@x", None, None), Contact("a@x", None, None), Contact("B@X", "B", None)],),
            ([Contact("a@x", None, None)] * 3,),
            ([Contact("a@x", None, "1"), Contact("a@x", None, "2"), Contact("a@x", "Z", "3")],),
            ([Contact("", "Ann", None), Contact("", None, "1")],),
            ([Contact("a@x", "Ann", None), Contact("a@x ", None, "1")],),
        ],
        _contacts,
    ),
    "pay_oldest": _filled(
        704,
        [([_A, _B, _C], paid) for paid in (0, 1, 299, 300, 301, 499, 500, 501, 999, 1000, 1001)]
        + [([_C, _B, _A], paid) for paid in (0, 199, 200, 201, 500, 700)]
        + [([_A, _A], paid) for paid in (0, 500, 600, 1000)]
        + [
            ([], 0),
            ([], 100),
            ([Invoice("A", 1, 0)], 0),
            ([Invoice("A", 1, 0)], 5),
            ([Invoice("A", 1, 0), Invoice("B", 2, 5)], 0),
            ([Invoice("A", 1, 0), Invoice("B", 2, 5)], 4),
            ([Invoice("A", -3, 50), Invoice("B", 2, 5), Invoice("C", -4, 5)], 20),
            ([Invoice("B", 1, 100), Invoice("A", 1, 100)], 50),
            ([Invoice("B", 1, 100), Invoice("A", 1, 50)], 50),
        ],
        _payment,
    ),
    "diff_settings": _filled(
        705,
        [
            ({}, {}),
            ({"a": "1"}, {"a": "1"}),
            ({"a": "1"}, {"a": "2"}),
            ({"a": "1"}, {}),
            ({}, {"a": "1"}),
            ({"a": ""}, {}),
            ({}, {"a": ""}),
            ({"a": ""}, {"a": ""}),
            ({"a": ""}, {"a": "0"}),
            ({"a": "1"}, {"A": "1"}),
            ({"a": "x"}, {"a": "X"}),
            ({"a": "1"}, {"a": "1 "}),
            ({"a": "None"}, {}),
            ({"a": "1", "b": "2"}, {"b": "2", "a": "1"}),
            ({"a": "1", "b": "2", "c": "3"}, {"b": "9", "c": "3", "d": "4"}),
            ({"": "1"}, {"": "2"}),
        ],
        _settings,
    ),
}
