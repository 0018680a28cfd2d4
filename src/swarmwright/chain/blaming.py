"""Says what went wrong in the author's part of a long task: the place in the file, and the error."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from swarmwright.chain.loading import LongTask
from swarmwright.errors import ProcessError, SwarmwrightError
from swarmwright.plan import steps


@contextmanager
def blaming(task: LongTask, when: Callable[[], str] = str) -> Iterator[None]:
    """Turn what a long task's own code raises into a sentence that names the line; ``when`` says how far it was.

    Raises:
        ProcessError: the task's code failed.
    """
    try:
        yield
    except SwarmwrightError:
        raise
    except Exception as error:
        sentence = explain_fault(error, task)
        if not sentence:
            raise
        raise ProcessError(f"{sentence}{when()}.") from error


def explain_fault(error: Exception, task: LongTask) -> str:
    """Return where a task's own code raised an error, and which; "" where the error is not the task's."""
    frames = list(traceback.walk_tb(error.__traceback__))
    text = str(error).strip().split("\n")[0]
    told = f"{type(error).__name__}: {text}" if text else type(error).__name__
    name = type(task).__name__
    for frame, line in reversed(frames):
        if frame.f_globals.get("__name__") == type(task).__module__:
            return f"{frame.f_code.co_filename}:{line}: {name} failed in {frame.f_code.co_name}: {told}"
    if not frames or frames[-1][0].f_globals.get("__name__") != steps.__name__:
        return ""
    if isinstance(error, NotImplementedError):
        missing = frames[-1][0].f_code.co_name
        why = "; only a run with a model can do without" if missing == "truth" else ""
        return f"{name} has no {missing}(){why}"
    return f"{name} cannot be called as it must be: {told}"
