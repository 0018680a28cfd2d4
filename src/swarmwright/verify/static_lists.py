"""What generated code may mention: lists for the static red flags.

The lists are a first, cheap sieve; what isolates generated code is the sandbox.
"""

from __future__ import annotations

import builtins
import sys


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODULES = _words(
    "abc array base64 binascii bisect calendar cmath collections contextlib copy dataclasses datetime decimal "
    "difflib enum fractions functools hashlib heapq html itertools json math numbers operator re statistics string "
    "struct textwrap types typing unicodedata zlib"
)
"""Modules of the standard library that compute and touch nothing else."""

OTHER_MODULES = frozenset(sys.stdlib_module_names) - MODULES
"""Modules of the standard library that generated code may not reach."""

_REFUSED_BUILTINS = _words(
    "BaseException BaseExceptionGroup GeneratorExit KeyboardInterrupt SystemExit __build_class__ __import__ aiter "
    "anext breakpoint compile copyright credits delattr dir eval exec exit globals help id input license locals "
    "memoryview open print quit setattr vars"
)
BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) - _REFUSED_BUILTINS
"""Builtins that generated code may use (``getattr``, ``hasattr`` and ``type`` within limits)."""

REFUSED_NAMES = _REFUSED_BUILTINS | frozenset({"__builtins__", "__loader__", "__spec__", "__file__", "__debug__"})

BY_LITERAL_NAME = frozenset({"getattr", "hasattr", "attrgetter", "methodcaller"})
"""Callables that reach attributes by their name: the name must be a literal without underscores around it."""

REFUSED_ATTRIBUTES = _words(
    "ag_await ag_code ag_frame co_code co_consts co_names cr_await cr_code cr_frame f_back f_builtins f_code f_globals "
    "f_lineno f_locals f_trace func_globals gi_code gi_frame gi_yieldfrom mro tb_frame tb_lasti tb_next "
    "with_traceback"
)
"""Attributes that lead from a value to frames, code or the tree of classes."""

REFUSED_MEMBERS = frozenset(
    {
        "contextlib.redirect_stderr",
        "contextlib.redirect_stdout",
        "dataclasses.make_dataclass",
        "datetime.date.today",
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "decimal.getcontext",
        "decimal.setcontext",
        "hashlib.file_digest",
        "types.CodeType",
        "types.FrameType",
        "types.FunctionType",
        "typing.ForwardRef",
        "typing.get_type_hints",
    }
)
"""Members of allowed modules that run text, read the clock or change what others see."""

SPECIAL_ATTRIBUTES = frozenset({"__init__", "__name__", "__post_init__"})
"""The only attributes with two underscores around them that may be reached."""

SPECIAL_METHODS = frozenset(
    f"__{name}__"
    for name in _words(
        "init post_init repr str len iter next contains getitem setitem delitem call bool hash eq ne lt le gt ge add "
        "sub mul truediv floordiv mod pow neg pos abs and or xor invert radd rsub rmul int float index enter exit "
        "slots match_args"
    )
)
"""What a helper class may define with two underscores around it."""

MUTATORS = _words(
    "add append appendleft clear difference_update discard extend extendleft insert intersection_update move_to_end "
    "pop popitem popleft remove reverse rotate setdefault sort subtract symmetric_difference_update update"
)
"""Methods that change the object they are called on."""
