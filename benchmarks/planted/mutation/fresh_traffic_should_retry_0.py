"""`'HEAD'` became `''`: should_retry('HEAD', 500, 1, 2) gives False, not True

Unit: fresh.traffic.should_retry
Kind: string
"""


def should_retry(method, status, attempt, most):
    METHODS = ("GET", "", "PUT", "DELETE", "OPTIONS")
    if attempt >= most:
        return False
    return status in (429, 503) or (status in (500, 502, 504) and method in METHODS)
