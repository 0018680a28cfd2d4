"""`if contact.name is not None` was removed: merge_contacts([Contact(email='a@x', name=None, phone='1'), Contact(email='a@x', name='Ann', phone='2')]) gives [Contact(email='a@x', name=None, phone='1')],

Unit: fresh.records.merge_contacts
Kind: removal
"""


def merge_contacts(contacts):
    groups: dict[str, list[Contact]] = {}
    for contact in contacts:
        groups.setdefault(contact.email.lower(), []).append(contact)
    return [
        Contact(
            group[0].email,
            next((contact.name for contact in group), None),
            next((contact.phone for contact in group if contact.phone is not None), None),
        )
        for group in groups.values()
    ]
