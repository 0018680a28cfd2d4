"""What is open comes in the order of the days.

Unit: fresh.records.pay_oldest
Kind: order of operations
"""


def pay_oldest(invoices, paid_cents):
    still_open = []
    for invoice in sorted(invoices, key=lambda one: one.due_day):
        paid = min(paid_cents, invoice.open_cents)
        paid_cents -= paid
        if invoice.open_cents > paid:
            still_open.append(Invoice(invoice.number, invoice.due_day, invoice.open_cents - paid))
    return still_open
