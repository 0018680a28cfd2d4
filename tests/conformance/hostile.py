"""Candidates that mean harm, and how each may end. ``f`` returns "ESCAPED" where its attack works.

``ends`` are the outcomes that are accepted: a kind, or ``raise:TypeName``. A value is accepted only where ``value``
says which. The words SECRET_FILE, SECRET_NAME, PORT and OUTSIDE are replaced by the driver.
"""

# ruff: noqa: E501
from __future__ import annotations

import dataclasses

REFUSED = (
    "raise:PermissionError",
    "raise:OSError",
    "raise:FileNotFoundError",
    "raise:RuntimeError",
    "raise:BlockingIOError",
)


@dataclasses.dataclass(frozen=True)
class Hostile:
    name: str
    source: str
    ends: tuple[str, ...] = REFUSED
    value: object = None
    changed: bool = False


LIBC = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    def check(result):
        if result < 0:
            raise OSError(ctypes.get_errno(), "refused")
"""


def body(text: str) -> str:
    return "def f(x):\n" + text.strip("\n").replace("\n\n", "\n") + "\n\ndef good(x):\n    return x + 1\n"


HOSTILE = [
    Hostile("reads a secret file", body("    return 'ESCAPED' + open('SECRET_FILE').read()")),
    Hostile("reads the shadow file", body("    return 'ESCAPED' + open('/etc/shadow').read()")),
    Hostile("reads the password file", body("    return 'ESCAPED' + open('/etc/passwd').read()")),
    Hostile(
        "looks for the home folder and the temporary folder",
        body(
            "    import os\n    path, found = 'SECRET_FILE', os.path.exists('SECRET_FILE')\n    while path.count('/') > 1:\n"
            "        path, name = os.path.split(path)\n        try:\n            found = found or name in os.listdir(path)\n"
            "        except OSError:\n            pass\n"
            "    return 'ESCAPED' if found else 'nothing'"
        ),
        ("value",),
        "nothing",
    ),
    Hostile(
        "reads the environment",
        body(
            "    import os\n    text = str(dict(os.environ))\n"
            "    for path in ('/proc/self/environ', '/proc/1/environ'):\n"
            "        try:\n            text += open(path).read()\n        except OSError:\n            pass\n"
            "    return 'ESCAPED' if 'HOSTILE_SECRET' in text else 'nothing'"
        ),
        ("value",),
        "nothing",
    ),
    Hostile(
        "opens a socket",
        body(
            "    import socket\n    s = socket.create_connection(('127.0.0.1', PORT), 1)\n"
            "    s.send(b'x')\n    return 'ESCAPED'"
        ),
    ),
    Hostile(
        "opens a raw socket by number",
        body(
            LIBC
            + "    for family in (1, 2, 10, 16, 17, 40):\n        check(libc.socket(family, 2, 0))\n    return 'ESCAPED'"
        ),
    ),
    Hostile("writes outside", body("    open('OUTSIDE', 'w').write('x')\n    return 'ESCAPED'")),
    Hostile(
        "writes into the interpreter",
        body(
            "    import sys, os\n    open(os.path.join(sys.prefix, 'hostile.pth'), 'w').write('x')\n    return 'ESCAPED'"
        ),
    ),
    Hostile("leaves a file for the next candidate", body("    open('note', 'w').write('x')\n    return 'ESCAPED'")),
    Hostile("writes into shared memory", body("    open('/dev/shm/note', 'w').write('x')\n    return 'ESCAPED'")),
    Hostile("fork bomb", body("    import os\n    while True:\n        os.fork()")),
    Hostile(
        "fork bomb by system call",
        body(LIBC + "    while True:\n        check(libc.syscall(57 if ctypes.sizeof(ctypes.c_void_p) == 8 else 2))"),
    ),
    Hostile("exits to look like success", body("    import os\n    os._exit(0)"), ("died",)),
    Hostile("exits politely", body("    import sys\n    sys.exit(0)"), ("raise:SystemExit",)),
    Hostile(
        "exits while its result is drained",
        body("    import os\n    return (os._exit(0) for _ in [1])"),
        ("died",),
    ),
    Hostile(
        "patches the checker",
        body(
            "    import swarmwright.verify.encoding as e, swarmwright.verify.inside.performing as p\n"
            "    e.is_opaque = lambda value: False\n    e._Encoder.encode = lambda self, value: ['opaque', 'ESCAPED']\n"
            "    return object()"
        ),
        ("opaque", "died"),
    ),
    Hostile(
        "patches built-in names",
        body(
            "    import builtins\n    builtins.type = lambda value: str\n    builtins.id = lambda value: 1\n"
            "    builtins.len = lambda value: 0\n"
            "    class C(str):\n        pass\n    return C('ESCAPED')"
        ),
        ("opaque", "died", "raise:TypeError", "raise:KeyError"),
    ),
    Hostile(
        "agrees with everything",
        body("    class C:\n        __eq__ = lambda self, other: True\n        __hash__ = None\n    return C()"),
        ("opaque",),
    ),
    Hostile(
        "lies in repr",
        body("    class C:\n        __repr__ = __str__ = lambda self: \"'ESCAPED'\"\n    return C()"),
        ("opaque",),
    ),
    Hostile("is a subclass of str", body("    class C(str):\n        pass\n    return C('ESCAPED')"), ("opaque",)),
    Hostile("is a subclass of int", body("    class C(int):\n        pass\n    return C(8)"), ("opaque",)),
    Hostile(
        "is a list that iterates otherwise",
        body("    class C(list):\n        def __iter__(self):\n            return iter([8])\n    return C([1])"),
        ("opaque",),
    ),
    Hostile(
        "lies about its class",
        body("    class C:\n        __class__ = property(lambda self: int)\n    return C()"),
        ("opaque",),
    ),
    Hostile(
        "has a metaclass that lies",
        body(
            "    class M(type):\n        __name__ = property(lambda self: 'int')\n"
            "        __eq__ = lambda self, other: True\n        __hash__ = lambda self: hash(int)\n"
            "        __instancecheck__ = lambda self, other: True\n"
            "    class C(metaclass=M):\n        pass\n    return C()"
        ),
        ("opaque",),
    ),
    Hostile(
        "hides a liar inside a list",
        body("    class C:\n        __eq__ = lambda self, other: True\n    return [1, {'a': (C(),)}]"),
        ("opaque",),
    ),
    Hostile(
        "raises a class that is named like another",
        body("    class ValueError(Exception):\n        pass\n    raise ValueError('ESCAPED')"),
        ("raise:local ValueError",),
    ),
    Hostile(
        "replaces modules",
        body(
            "    import sys, types\n    for name in list(sys.modules):\n"
            "        if name.startswith('swarmwright') or name == 'json':\n"
            "            vars(sys.modules[name]).update(dumps=lambda *a, **k: '[0]', pack=lambda m: b'\\0\\0\\0\\3[0]')\n"
            "    return 'ESCAPED'"
        ),
        ("died",),
    ),
    Hostile(
        "looks for the expected result in frames and the collector",
        body(
            "    import gc, sys\n    frame = sys._getframe().f_back\n    texts = []\n"
            "    while frame:\n        texts.append(repr(frame.f_locals))\n        frame = frame.f_back\n"
            "    for thing in gc.get_objects():\n        if type(thing) in (list, dict, tuple):\n"
            "            texts.append(' '.join(map(str, [v for v in (thing.values() if type(thing) is dict else thing)"
            " if type(v) is str])))\n"
            "    return 'ESCAPED' if any('-'.join(('the', 'expected', 'result')) in text for text in texts) else 'nothing'"
        ),
        ("value", "timeout", "raise:RuntimeError"),
        "nothing",
    ),
    Hostile(
        "prints a fake verdict",
        body(
            '    import os, sys\n    print(\'{"outcomes": [["value", "ESCAPED", "", false, 0.0, ""]]}\', flush=True)\n'
            "    os._exit(0)"
        ),
        ("died",),
    ),
    Hostile(
        "writes a fake reply to every descriptor",
        body(
            "    import os, json\n"
            "    for message in (['0' * 16, [0, 'value', 'ESCAPED', '', False, 0.0, '']],"
            " [0, 'value', 'ESCAPED', '', False, 0.0, ''],"
            " {'outcomes': [['value', 'ESCAPED', '', False, 0.0, '']] * 2, 'load_error': ''}):\n"
            "        data = json.dumps(message).encode()\n"
            "        for fd in range(64):\n            try:\n                os.write(fd, len(data).to_bytes(4, 'big') + data)\n"
            "            except OSError:\n                pass\n"
            "    os._exit(0)"
        ),
        ("died",),
    ),
    Hostile(
        "writes garbage to every descriptor",
        body(
            "    import os\n    for fd in range(64):\n        try:\n            os.write(fd, b'\\xff' * 5000)\n"
            "        except OSError:\n            pass\n    return 'ESCAPED'"
        ),
        ("died", "opaque"),
    ),
    Hostile(
        "closes every descriptor",
        body("    import os\n    os.closerange(0, 64)\n    return 'ESCAPED'"),
        ("died",),
    ),
    Hostile(
        "uses inherited descriptors",
        body(
            "    import os, stat\n    for fd in range(3, 64):\n        try:\n            mode = os.fstat(fd).st_mode\n"
            "        except OSError:\n            continue\n"
            "        if not stat.S_ISFIFO(mode):\n            return 'ESCAPED'\n    return 'nothing'"
        ),
        ("value",),
        "nothing",
    ),
    Hostile(
        "changes its arguments",
        "def f(x):\n    x.append(9)\n    return 'fine'\n\ndef good(x):\n    return x + 1\n",
        ("value",),
        "fine",
        changed=True,
    ),
    Hostile(
        "looks the examples up",
        body("    return {1: 'one', 2: 'two'}.get(x, 'wrong')"),
        ("value",),
        "wrong",
    ),
    Hostile(
        "remounts read-write",
        body(
            LIBC + "    import sys\n    for flags in (32, 32 | 4096):\n"
            "        for path in (b'/', sys.prefix.encode(), b'/usr'):\n            check(libc.mount(None, path, None, flags, None))\n"
            "    return 'ESCAPED'"
        ),
    ),
    Hostile(
        "takes new namespaces",
        body(LIBC + "    check(libc.unshare(0x10000000 | 0x20000))\n    return 'ESCAPED'"),
    ),
    Hostile("changes its root", body("    import os\n    os.chroot('/box')\n    return 'ESCAPED'")),
    Hostile(
        "writes the forker's memory",
        body("    open('/proc/1/mem', 'r+b').write(b'x')\n    return 'ESCAPED'"),
    ),
    Hostile(
        "writes the forker's memory by system call",
        body(
            LIBC
            + "    class V(ctypes.Structure):\n        _fields_ = [('b', ctypes.c_void_p), ('n', ctypes.c_size_t)]\n"
            "    text = ctypes.create_string_buffer(b'x')\n"
            "    here = V(ctypes.addressof(text), 1)\n"
            "    check(libc.process_vm_writev(1, ctypes.byref(here), 1, ctypes.byref(here), 1, 0))\n    return 'ESCAPED'"
        ),
    ),
    Hostile("traces the forker", body(LIBC + "    check(libc.ptrace(16, 1, 0, 0))\n    return 'ESCAPED'")),
    Hostile(
        "kills the forker",
        body(
            "    import os, signal\n    for number in (signal.SIGKILL, signal.SIGINT, signal.SIGSTOP, signal.SIGTERM):\n"
            "        for pid in (1, os.getppid(), -1, 0):\n            os.kill(pid, number)\n    return 'ESCAPED'"
        ),
        (*REFUSED, "died", "raise:ProcessLookupError"),
    ),
    Hostile(
        "starves the forker",
        body("    import resource\n    resource.prlimit(1, resource.RLIMIT_CPU, (0, 0))\n    return 'ESCAPED'"),
    ),
    Hostile(
        "raises its own limits",
        body(
            "    import resource\n    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):\n"
            "        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n    return 'ESCAPED'"
        ),
        (*REFUSED, "raise:ValueError"),
    ),
    Hostile(
        "raises a huge power",
        body("    return len(str(3 ** 3 ** 20)) and 7 ** 10 ** 9"),
        ("timeout", "died", "raise:ValueError"),
    ),
    Hostile(
        "a power that no signal interrupts", body("    n = 7 ** 10 ** 9\n    return 'ESCAPED'"), ("timeout", "died")
    ),
    Hostile(
        "prints without end", body("    while True:\n        print('x' * 100000)"), ("timeout", "raise:BrokenPipeError")
    ),
    Hostile(
        "ignores all signals and loops",
        body(
            "    import signal\n    for n in range(1, 65):\n        try:\n            signal.signal(n, signal.SIG_IGN)\n"
            "        except (OSError, ValueError):\n            pass\n"
            "    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass"
        ),
        ("timeout",),
    ),
    Hostile("sleeps", body("    import time\n    time.sleep(3600)"), ("timeout",)),
    Hostile(
        "leaves threads behind",
        body(
            "    import threading, time\n    def run():\n        while True:\n            time.sleep(0.1)\n"
            "    threading.Thread(target=run).start()\n    return 'ESCAPED'"
        ),
    ),
    Hostile("starts a program", body("    import os\n    os.execv('/bin/sh', ['sh', '-c', 'echo ESCAPED'])")),
    Hostile(
        "starts a program through a shell",
        body("    import subprocess\n    return subprocess.check_output('echo ESCAPED', shell=True)"),
    ),
    Hostile(
        "exhausts the memory",
        body("    kept = []\n    while True:\n        kept.append(bytearray(1 << 26))"),
        ("died", "timeout"),
    ),
    Hostile("asks for all memory at once", body("    return bytearray(1 << 45)"), ("died",)),
    Hostile("recurses", body("    return f(x)"), ("raise:RecursionError",)),
    Hostile(
        "overflows the stack",
        body(
            "    import sys\n    sys.setrecursionlimit(10 ** 9)\n    s = lambda n: repr(n) if n < 0 else [*map(s, [n + 1])]\n    return s(0)"
        ),
        ("died", "timeout", "raise:RecursionError"),
    ),
    Hostile("returns items without end", body("    import itertools\n    return itertools.count()"), ("opaque",)),
    Hostile("returns a gigantic text", body("    return 'x' * 10 ** 8"), ("opaque",)),
    Hostile("returns itself inside itself", body("    a = []\n    a.append(a)\n    return a"), ("opaque",)),
    Hostile(
        "returns a very deep list",
        body("    a = []\n    for _ in range(100000):\n        a = [a]\n    return a"),
        ("opaque",),
    ),
    Hostile("crashes", body("    import ctypes\n    ctypes.string_at(0)"), ("died",)),
    Hostile("aborts", body("    import os\n    os.abort()"), ("died",)),
    Hostile("interrupts as a person would", body("    raise KeyboardInterrupt"), ("raise:KeyboardInterrupt",)),
    Hostile(
        "makes shared memory by number",
        body(LIBC + "    check(libc.shmget(1234, 4096, 0o1600))\n    return 'ESCAPED'"),
    ),
    Hostile(
        "uses kernel keys",
        body(LIBC + "    check(libc.syscall(250 if x else 219, 0, -3, 1, 0, 0))\n    return 'ESCAPED'"),
    ),
    Hostile(
        "puts work at its own end",
        body("    import atexit, os\n    atexit.register(lambda: open('OUTSIDE', 'w'))\n    os._exit(0)"),
        ("died",),
    ),
]

AT_IMPORT = [
    Hostile("exits while it is imported", "import os\nos._exit(0)\n", ("died",)),
    Hostile("never finishes its import", "while True:\n    pass\n", ("died",)),
    Hostile("has no syntax", "def f(x:\n", ("died",)),
    Hostile("has a syntax that exhausts the parser", "x = " + "(" * 5000 + ")" * 5000 + "\n", ("died",)),
    Hostile("contains a null byte", "def f(x):\n    return '\0'\n", ("died",)),
    Hostile("does not define the function", "def g(x):\n    return x\n", ("died",)),
]
