"""The last 0 bytes are a range.

Unit: fresh.parsing.parse_byte_range
Kind: boundary
"""


def parse_byte_range(header, size):
    import re

    found = re.fullmatch("bytes=([0-9]*)-([0-9]*)", header)
    if found is None or header == "bytes=-" or size == 0:
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    end = min(int(last), size - 1) if last else size - 1
    if int(first) >= size or end < int(first):
        return None
    return int(first), end
