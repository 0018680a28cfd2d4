"""`1` became `0`: page_ranges([1, 2, 3, 5, 6, 7]) gives '1-3, 5, 6, 7', not '1-3, 5-7'

Unit: fresh.intervals.page_ranges
Kind: index
"""


def page_ranges(pages):
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-0][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    written = []
    for run in runs:
        written += [f"{run[0]}-{run[-1]}"] if len(run) >= 3 else [str(page) for page in run]
    return ", ".join(written)
