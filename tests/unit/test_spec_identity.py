from swarmwright.spec.identity import reached, task_id
from swarmwright.spec.reader import read_sources
from swarmwright.spec.values import Spec

SHAPES = "LIMIT = 3\nclass Point:\n    x: int = LIMIT\nclass Other: ...\n"
MAIN = '''import icontract
from .shapes import Other, Point


def far(p: Point) -> bool:
    return p.x > 1


@icontract.require(lambda p: far(p))
def f(p: Point) -> int:
    """Do.

    Uses: g
    """
    ...


def g(p: int) -> int:
    """Help."""
    ...


def h(p: Other) -> int: ...


def law_f(x: int) -> bool:
    return g(x) == x
'''


def read(main: str = MAIN, shapes: str = SHAPES) -> Spec:
    return read_sources("kit", {"kit/main.py": main, "kit/shapes.py": shapes})


def ids(spec: Spec) -> dict[str, bytes]:
    return {unit.name: task_id(spec, unit) for unit in spec.units()}


def changed(before: str, after: str) -> set[str]:
    assert before in MAIN + SHAPES
    first, second = ids(read()), ids(read(MAIN.replace(before, after), SHAPES.replace(before, after)))
    return {name for name in first if first[name] != second[name]}


def test_an_id_is_sixteen_bytes_and_stays_the_same() -> None:
    assert ids(read()) == ids(read())
    assert {len(value) for value in ids(read()).values()} == {16}
    assert len(set(ids(read()).values())) == 3


def test_an_id_depends_on_the_stub_the_given_code_and_the_stubs_it_uses() -> None:
    assert changed('"""Do.', '"""Do it.') == {"f"}
    assert changed('"""Help.', '"""Help me.') == {"f", "g"}
    assert changed("p.x > 1", "p.x > 2") == {"f"}
    assert changed("LIMIT = 3", "LIMIT = 4") == {"f"}
    assert changed("class Other: ...", "class Other:\n    y = 1") == {"h"}
    assert changed("lambda p: far(p)", "lambda p: not far(p)") == {"f"}


def test_an_id_does_not_depend_on_layout_order_or_laws() -> None:
    assert changed("g(x) == x", "g(x) != x") == set()
    assert changed("\n\n\n", "\n\n\n\n# comment\n\n") == set()
    assert changed('"""Help."""', "'Help.'") == set()


def test_equal_stubs_in_two_modules_are_two_tasks() -> None:
    spec = read_sources("kit", {"kit/a.py": "def f(x: int) -> int: ...\n", "kit/b.py": "def f(x: int) -> int: ...\n"})
    assert len({task_id(spec, unit) for unit in spec.units()}) == 2


def test_reached_is_the_given_code_in_reading_order() -> None:
    spec = read()
    names = [given.binds for given in reached(spec, spec.unit("kit.main.f"))]
    assert names == [("Other", "Point"), ("far",), ("LIMIT",), ("Point",)]
    assert reached(spec, spec.unit("kit.main.g")) == ()
