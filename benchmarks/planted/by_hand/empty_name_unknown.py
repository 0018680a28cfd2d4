"""An empty text is taken for None.

Unit: fresh.records.merge_contacts
Kind: empty input
"""


def merge_contacts(contacts):
    merged = {}
    for contact in contacts:
        key = contact.email.lower()
        if key in merged:
            known = merged[key]
            merged[key] = Contact(known.email, known.name or contact.name, known.phone or contact.phone)
        else:
            merged[key] = contact
    return list(merged.values())
