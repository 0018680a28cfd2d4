"""`<=` became `<`: backoff_delays(1, 1, 1) gives [], not [1]

Unit: fresh.traffic.backoff_delays
Kind: comparison
"""


def backoff_delays(first_ms, most_ms, budget_ms):
    delays: list[int] = []
    delay = min(first_ms, most_ms)
    while sum(delays) + delay < budget_ms:
        delays.append(delay)
        delay = min(2 * delay, most_ms)
    return delays
