"""Records: orders, stock, contacts, invoices and settings."""

from dataclasses import dataclass

from icontract import ensure, require


@dataclass(frozen=True)
class Order:
    """What a customer ordered; a negative quantity is a return. The price of one piece is in cents."""

    customer: str
    item: str
    quantity: int
    unit_cents: int


@dataclass(frozen=True)
class Reservation:
    """How many pieces of each item were reserved, and how many were missing."""

    reserved: dict[str, int]
    missing: dict[str, int]


@dataclass(frozen=True)
class Contact:
    """A person in the address book; None means that it is not known."""

    email: str
    name: str | None
    phone: str | None


@dataclass(frozen=True)
class Invoice:
    """An invoice: its number, the day it is due, counted from some first day, and what is still to be paid."""

    number: str
    due_day: int
    open_cents: int


def totals_by_customer(orders: list[Order]) -> dict[str, int]:
    """Add up, for each customer, what all their orders cost in cents: quantity times the price of one piece.

    Returns have negative quantities and are subtracted by that. Customers whose total is 0 are left out.

    >>> totals_by_customer([Order("ann", "pen", 2, 150), Order("bob", "ink", 1, 700), Order("ann", "ink", 1, 700)])
    {'ann': 1000, 'bob': 700}
    >>> totals_by_customer([Order("ann", "pen", 3, 100), Order("ann", "pen", -1, 100)])
    {'ann': 200}
    >>> totals_by_customer([])
    {}
    """
    ...


@require(lambda stock: all(count >= 0 for count in stock.values()))
@require(lambda wanted: all(count >= 0 for _, count in wanted))
def reserve_stock(stock: dict[str, int], wanted: list[tuple[str, int]]) -> Reservation:
    """Reserve pieces from the stock for requests, each an item and how many pieces of it are wanted.

    The requests are served in their order. Each gets as many pieces as are left of its item by then, at most
    as many as it wants; what it does not get is missing. Of an item that is not in the stock there
    are none. `reserved` and `missing` add up each item over all requests, and leave out an item whose number
    would be 0. The stock that was passed in is not changed.

    >>> reserve_stock({"pen": 5}, [("pen", 3)])
    Reservation(reserved={'pen': 3}, missing={})
    >>> reserve_stock({"pen": 5}, [("pen", 3), ("pen", 3)])
    Reservation(reserved={'pen': 5}, missing={'pen': 1})
    >>> reserve_stock({}, [("ink", 2)])
    Reservation(reserved={}, missing={'ink': 2})
    """
    ...


@require(lambda contacts: all(contact.email.isascii() for contact in contacts))
@ensure(lambda contacts, result: len(result) <= len(contacts))
def merge_contacts(contacts: list[Contact]) -> list[Contact]:
    """Merge the contacts that have the same e-mail address, where capital and small letters make no difference.

    Each merged contact stands in the order in which its address came first, and has the address as it was
    written there. Its name is the first among its contacts' names that is not None, and so is its
    phone; an empty text is not None. What is None in all of them stays None.

    >>> merge_contacts([Contact("a@x.org", "Ann", None), Contact("A@X.org", "Anna", "12")])
    [Contact(email='a@x.org', name='Ann', phone='12')]
    >>> merge_contacts([Contact("b@x.org", None, None), Contact("a@x.org", "Ann", None)])
    [Contact(email='b@x.org', name=None, phone=None), Contact(email='a@x.org', name='Ann', phone=None)]
    >>> merge_contacts([])
    []
    """
    ...


@require(lambda invoices: all(invoice.open_cents >= 0 for invoice in invoices))
@require(lambda paid_cents: paid_cents >= 0)
def pay_oldest(invoices: list[Invoice], paid_cents: int) -> list[Invoice]:
    """Use a payment for the invoices that have been due the longest, and return what is open after that.

    Invoices are paid by the day they are due, the earliest first, and those of one day in the order of the
    list; each is paid as far as the money reaches. The result has the invoices on which something is still
    open, with what is open on them now, in the order of the list. Money that is left over is not reported.

    >>> pay_oldest([Invoice("A", 10, 500), Invoice("B", 5, 300)], 400)
    [Invoice(number='A', due_day=10, open_cents=400)]
    >>> pay_oldest([Invoice("A", 1, 500), Invoice("B", 2, 300)], 0)
    [Invoice(number='A', due_day=1, open_cents=500), Invoice(number='B', due_day=2, open_cents=300)]
    >>> pay_oldest([Invoice("A", 1, 500)], 900)
    []
    """
    ...


def diff_settings(old: dict[str, str], new: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """Tell what changed between two sets of settings: for each changed name the old and the new value.

    A name that is only in one of the two has changed as well; None stands in the place of the value that it
    does not have there. Names with the same value in both are left out.

    >>> diff_settings({"host": "a", "port": "80"}, {"host": "b", "port": "80"})
    {'host': ('a', 'b')}
    >>> diff_settings({"host": "a"}, {})
    {'host': ('a', None)}
    >>> diff_settings({}, {"host": ""})
    {'host': (None, '')}
    """
    ...
