"""Methods are read in any case.

Unit: fresh.traffic.should_retry
Kind: case
"""


def should_retry(method, status, attempt, most):
    if attempt >= most:
        return False
    if status in (429, 503):
        return True
    return status in (500, 502, 504) and method.upper() in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")
