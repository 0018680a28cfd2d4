"""Each static red flag, both ways."""

from __future__ import annotations

import textwrap

import pytest

from swarmwright.spec.reader import read_sources
from swarmwright.verify.static import MOST_CHARACTERS, find_flag

SPEC = read_sources(
    "demo",
    {
        "demo/__init__.py": '''
import os
from collections import Counter
from demo.other import far

LIMITS = {"a": 1}
ORDER: list[int] = []


def given_helper(x: int) -> int:
    return x


def callee(x: int) -> int:
    """Give one more.

    >>> callee(5)
    6
    """
    ...


def rival(x: int) -> int:
    """Give one less.

    >>> rival(5)
    4
    """
    ...


def unit(a: int, b: int = 0) -> int:
    """Do something.

    Uses: callee

    >>> unit(0)
    0
    >>> unit(17)
    34
    >>> unit(23)
    46
    >>> unit(4, 5)
    13
    >>> unit(6, b=7)
    19
    """
    ...


def roman(number: int) -> str:
    """Write a Roman numeral.

    >>> roman(4)
    'IV'
    >>> roman(9)
    'IX'
    >>> roman(1994)
    'MCMXCIV'
    """
    ...


def lines(text: str) -> list[str]:
    """Split.

    >>> lines("a,b")
    ['a', 'b']
    >>> lines("longer, and")
    ['longer', ' and']
    """
    ...


def nothing(a: list[int]) -> None:
    """Sort in place.

    >>> nothing([])
    """
    ...
''',
        "demo/other.py": '''
from collections.abc import Iterator


def far(x: int) -> int:
    """Be far.

    >>> far(3)
    3
    """
    ...


def stream(x: int) -> Iterator[int]:
    """Count.

    >>> list(stream(2))
    [0, 1]
    """
    ...


async def later(x: int) -> int:
    """Wait.

    >>> later
    """
    ...
''',
    },
)


def flag(body: str, unit: str = "demo.unit") -> str | None:
    found = find_flag(SPEC, SPEC.unit(unit), textwrap.dedent(body).strip("\n"))
    assert found is None or (found[0] and found[1])
    return found[0] if found else None


HARMLESS = [
    "return 2 * a + b",
    "if a == 0:\n    return 0\nif a == 1:\n    return 2\nreturn 2 * a + b",
    "import math\nreturn math.floor(a) + b",
    "from collections import Counter, defaultdict\nreturn Counter([a])[a] + len(defaultdict(int)) + b",
    "from collections.abc import Sequence\nx: Sequence[int] = [a, b]\nreturn sum(x)",
    "import collections.abc\nreturn a if isinstance([a], collections.abc.Sequence) else b",
    "from datetime import date, datetime, timedelta\nreturn (datetime(2000, 1, a) + timedelta(days=b)).day",
    "return callee(a) - 1 + given_helper(b) + LIMITS['a'] + Counter([1])[1]",
    "return unit(a - 1, b) + 2 if a > 0 else b",
    "def twice(x):\n    return 2 * x\nreturn twice(a) + b",
    "total = 0\ndef add(x):\n    nonlocal total\n    total += x\nadd(a)\nreturn total",
    "list = [a, b]\nreturn sum(list)",
    "seen = {}\nseen[a] = b\nseen.update({})\nreturn len(seen)",
    "try:\n    return a // b\nexcept ZeroDivisionError as error:\n    raise ValueError('b is 0') from error",
    "return int(f'{a:03d}') + len('{}'.format(b)) + len('{0.real}'.format(a))",
    "return type(a)(b) if type(a).__name__ == 'int' else getattr(a, 'real')",
    "from operator import attrgetter, itemgetter\nreturn attrgetter('real')(a) + itemgetter(0)([b])",
    "class Pair:\n    def __init__(self, x):\n        self._x = x\n    def __lt__(self, other):\n"
    "        return self._x < other._x\nreturn a if Pair(a) < Pair(b) else b",
    "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(n):\n    return n and f(n - 1)\nreturn f(a)",
    "text = '__init__'\nreturn len(text) + a",
    "return [x for x in (a, b) if x][-1] if a else (lambda y: y)(b)",
    "'''What it does.'''\nreturn a + b",
    "while (n := a) and b:\n    b -= 1\nreturn b",
    "match a:\n    case 0:\n        return b\n    case int(x):\n        return x\nreturn b",
    "from decimal import Decimal, localcontext\nwith localcontext() as c:\n    c.prec = 5\n    return int(Decimal(a))",
]


@pytest.mark.parametrize("body", HARMLESS)
def test_honest_code_has_no_flag(body: str) -> None:
    assert flag(body) is None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("not parseable", "return ("),
        ("not parseable", "def f(:\n  pass"),
        ("not parseable", "return 1\n  return 2"),
        ("not parseable", "break"),
        ("not parseable", "nonlocal a\nreturn a"),
        ("not parseable", "global a\nreturn a"),
        ("not parseable", "return a\0"),
        ("not parseable", "return '\ud800'"),
        ("not parseable", "return " + "(" * 500 + ")" * 500),
        ("not parseable", "return " + "-" * 11_000 + "1"),
        ("not parseable", "return " + "9" * 5_000),
        ("not parseable", "return await x()"),
        ("not parseable", "from math import *\nreturn pi"),
        ("not parseable", "Here is the function:\nreturn a"),
        ("too long", "return a" + " " * MOST_CHARACTERS),
        ("too long", "return [" + "a, " * 2_000 + "][0]"),
        ("unfinished", ""),
        ("unfinished", "# only a remark"),
        ("unfinished", "pass"),
        ("unfinished", "..."),
        ("unfinished", "'''What it does.'''"),
        ("unfinished", "'''What it does.'''\n..."),
        ("unfinished", "if a:\n    ...\nreturn b"),
        ("unfinished", "raise NotImplementedError"),
        ("unfinished", "if a:\n    raise NotImplementedError('later')\nreturn b"),
        ("unfinished", "return a  # TODO: the rest"),
        ("unfinished", "# your code here\nreturn a"),
        ("no return", "c = a + b"),
        ("no return", "def f():\n    return 1\nf()"),
        ("no return", "if a:\n    return\nb += 1"),
        ("async/yield mismatch", "yield a"),
        ("async/yield mismatch", "yield from [a]"),
        ("async/yield mismatch", "async def f():\n    return 1\nreturn a"),
        ("redefines itself", "def unit(a, b=0):\n    return a\nreturn unit(a)"),
        ("redefines itself", "if a:\n    class unit:\n        pass\nreturn a"),
        ("redefines itself", "unit = a\nreturn unit"),
        ("shadow", "def callee(x):\n    return x\nreturn callee(a)"),
        ("shadow", "LIMITS = {'a': 5}\nreturn LIMITS['a']"),
        ("shadow", "given_helper = lambda x: x\nreturn given_helper(a)"),
        ("global state", "global LIMITS\nLIMITS = {}\nreturn a"),
        ("global state", "LIMITS['x'] = a\nreturn a"),
        ("global state", "del LIMITS['a']\nreturn a"),
        ("global state", "LIMITS['a'] += 1\nreturn a"),
        ("global state", "ORDER.append(a)\nreturn len(ORDER)"),
        ("global state", "LIMITS['a'].real.update(a)\nreturn a"),
        ("global state", "unit.cache = {}\nreturn a"),
        ("global state", "import math\nmath.pi = 3\nreturn a"),
        ("global state", "for LIMITS['a'] in [1]:\n    pass\nreturn a"),
        ("calls a unit it may not use", "return rival(a)"),
        ("calls a unit it may not use", "return list(map(rival, [a]))[0]"),
        ("calls a unit it may not use", "return far(a)"),
        ("calls unknown name", "return add_one(a)"),
        ("calls unknown name", "return np.sum([a, b])"),
        ("calls unknown name", "return unittest"),
    ],
)
def test_what_cannot_be_right_is_flagged(name: str, body: str) -> None:
    assert flag(body) == name


@pytest.mark.parametrize(
    "body",
    [
        "import os\nreturn a",
        "import os.path as p\nreturn a",
        "from os import path\nreturn a",
        "from . import other\nreturn a",
        "from .other import far\nreturn a",
        "import demo.other\nreturn a",
        "from typing import sys\nreturn a",
        "from dataclasses import inspect as i\nreturn a",
        "from collections import _sys\nreturn a",
        "import importlib\nreturn a",
        "import random\nreturn random.randint(a, b)",
        "def f():\n    import socket\nreturn a",
        "import numpy as np\nreturn a",
    ],
)
def test_imports_that_are_not_allowed(body: str) -> None:
    assert flag(body) == "forbidden import"


HOSTILE = [
    "return eval('a')",
    "e = eval\nreturn e('a')",
    "return [exec][0]('x') or a",
    "return len(open('/etc/passwd').read())",
    "return __import__('os').getpid()",
    "return __builtins__['eval']('1')",
    "print(a)\nreturn a",
    "exit(0)",
    "raise SystemExit(0)",
    "try:\n    return a\nexcept BaseException:\n    return b",
    "return len(globals())",
    "return id(a)",
    "return ''.__class__.__mro__[1].__subclasses__()",
    "return type(a).mro()",
    "return type('X', (), {})()",
    "return getattr(a, '__class__')",
    "name = '__cla' + 'ss__'\nreturn getattr(a, name)",
    "g = getattr\nreturn g(a, 'x')",
    "return getattr(a, *['__class__'])",
    "setattr(a, 'x', 1)\nreturn a",
    "return len('{0.__class__}'.format(a))",
    "return len('{0.real.__class__.__init__.__globals__}'.format(a))",
    "return len('{x[__class__]}'.format_map(a))",
    "t = '{0.' + '__class__}'\nreturn len(t.format(a))",
    "return (lambda: 0).__globals__['x']",
    "return callee.__code__",
    "def f():\n    yield 1\nreturn f().gi_frame.f_back.f_locals",
    "try:\n    1 / 0\nexcept Exception as e:\n    return e.__traceback__.tb_frame",
    "from operator import attrgetter\nreturn attrgetter('__class__')(a)",
    "from operator import attrgetter as g\nreturn g('a.__class__')(a)",
    "import operator\nreturn operator.attrgetter('real.__class__')(a)",
    "import operator\nn = 'x'\nreturn operator.methodcaller(n)(a)",
    "import typing\nreturn typing.sys.modules",
    "import typing as t\nreturn t.sys",
    "import typing\nm = typing\nreturn m.sys",
    "import collections\nreturn collections._sys.modules",
    "import dataclasses\nreturn dataclasses.make_dataclass('X', ['a'])",
    "from typing import get_type_hints\nreturn get_type_hints(a)",
    "from datetime import datetime\nreturn datetime.now().second",
    "import datetime as d\nreturn d.datetime.now().second",
    "return os.getpid()",
    "x = os\nreturn a",
    "class A(metaclass=type):\n    pass\nreturn a",
    "class A:\n    def __getattr__(self, n):\n        return 1\nreturn a",
    "class A:\n    def __del__(self):\n        pass\nreturn a",
    "match a:\n    case int(__class__=x):\n        return x\nreturn b",
    "return vars(a)['x']",
    "return f'{a.__class__}'",
    "return [x.__dict__ for x in [a]]",
    "import decimal\ndecimal.getcontext().prec = 2\nreturn a",
    "@eval\ndef f():\n    pass\nreturn a",
    "def f(x=open('f')):\n    return x\nreturn a",
    "x: eval('1') = 2\nreturn x",
    "breakpoint()\nreturn a",
    "return super().__getattribute__('x')",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_ways_out_of_plain_computation_are_flagged(body: str) -> None:
    assert flag(body) == "forbidden name"


@pytest.mark.parametrize(
    "body",
    [
        "return {17: 34, 23: 46}[a]",
        "return {17: 34, 23: 46}.get(a, 2 * a + b)",
        "return {0: 0, 17: 34, 23: 46, (4, 5): 13}.get(a, 0)",
        "table = {(4, 5): 13, (6, 7): 19}\nreturn table[a, b]",
        "for x, y in [(17, 34), (23, 46)]:\n    if x == a:\n        return y\nreturn 0",
        "for x, y, z in ((4, 5, 13), (6, 7, 19)):\n    if (x, y) == (a, b):\n        return z\nreturn 0",
        "if a == 17:\n    return 34\nelif a == 23:\n    return 46\nreturn 0",
        "if 17 == a:\n    return 34\nif a == 23 and True:\n    pass\nif 23 == a:\n    return 46\nreturn 0",
        "if a == 4 and b == 5:\n    return 13\nif a == 6 and b == 7:\n    return 19\nreturn 0",
        "if (a, b) == (4, 5):\n    return 13\nif (a, b) == (6, 7):\n    return 19\nreturn 0",
        "return 34 if a == 17 else 46 if a == 23 else 0",
        "match a:\n    case 17:\n        return 34\n    case 23:\n        return 46\nreturn 0",
        "match (a, b):\n    case (4, 5):\n        return 13\n    case (6, 7):\n        return 19\nreturn 0",
        "if a == 17:\n    r = 34\nelif a == 23:\n    r = 46\nelse:\n    r = 0\nreturn r",
    ],
)
def test_a_table_of_the_examples_is_flagged(body: str) -> None:
    assert flag(body) == "look-up table"


def test_tables_of_lists_are_found_too() -> None:
    body = "return {'a,b': ['a', 'b'], 'longer, and': ['longer', ' and']}[text]"
    assert flag(body, "demo.lines") == "look-up table"
    assert flag("return text.split(',')", "demo.lines") is None


@pytest.mark.parametrize(
    "body",
    [
        "return {17: 34}.get(a, 2 * a + b)",
        "if a == 17:\n    return 34\nreturn 2 * a + b",
        "if a == 17:\n    return 1\nif a == 23:\n    return 2\nreturn 2 * a + b",
        "return {17: 46, 23: 34}.get(a, 0)",
        "return {2: 4, 3: 6, 5: 10, 17: 34, 23: 46, 7: 14}[a]",
    ],
)
def test_one_constant_other_results_or_a_larger_table_are_no_table_of_the_examples(body: str) -> None:
    assert flag(body) is None


def test_a_table_that_honest_code_needs_is_not_flagged() -> None:
    table = (
        "[(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), "
        "(10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]"
    )
    body = f"""
        out = ''
        for value, sign in {table}:
            while number >= value:
                out += sign
                number -= value
        return out
    """
    assert flag(body, "demo.roman") is None
    assert flag("return {4: 'IV', 9: 'IX', 1994: 'MCMXCIV'}[number]", "demo.roman") == "look-up table"


def test_what_a_unit_returns_decides_what_it_must_do() -> None:
    assert flag("a.sort()", "demo.nothing") is None
    assert flag("for i in range(x):\n    yield i", "demo.other.stream") is None
    assert flag("return iter(range(x))", "demo.other.stream") is None
    assert flag("return await given(x)", "demo.other.later") == "calls unknown name"
    assert flag("async def f():\n    return x\nreturn await f()", "demo.other.later") is None


def test_a_method_on_an_argument_is_no_global_state() -> None:
    assert flag("a.append(1)\na.clear()", "demo.nothing") is None


def test_a_function_may_be_called_as_pythons_own_tables_call_a_module() -> None:
    spec = read_sources("m", {"m/__init__.py": "LIMIT = 2\n\n\ndef top(n: int) -> int:\n    ...\n"})
    unit = spec.unit("m.top")
    for body in (
        "m = n\nreturn m + LIMIT",
        "return top(n - 1) if n else 0",
        "def top2():\n    return n\nreturn top2()",
    ):
        assert find_flag(spec, unit, body) is None
    assert find_flag(spec, unit, "return other(n)") is not None
    assert find_flag(spec, unit, "global LIMIT\nLIMIT = n\nreturn n") is not None
    helper = "def top(k):\n    m = k\n    return m\nreturn top(a)"
    assert flag(helper, "demo.unit") is None


def test_the_first_flag_is_said_with_its_detail() -> None:
    assert find_flag(SPEC, SPEC.unit("demo.unit"), "import os\nreturn eval('a')") == (
        "forbidden import",
        "os is not among the modules that may be imported",
    )
