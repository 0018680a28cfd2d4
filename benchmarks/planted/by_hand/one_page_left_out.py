"""Where one page is left out, None stands for it.

Unit: fresh.traffic.page_links
Kind: forgotten clause
"""


def page_links(current, last):
    shown = sorted({1, last, current} | {page for page in (current - 1, current + 1) if 1 <= page <= last})
    links = []
    for page in shown:
        if links and page > links[-1] + 1:
            links.append(None)
        links.append(page)
    return links
