"""Opening, creating and locking our SQLite files, and saying in our own words what goes wrong with them."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import IO
from urllib.parse import quote

from swarmwright.errors import LedgerCorruptError, LedgerEmptyError, LedgerError, LedgerVersionError, StorageFullError
from swarmwright.ledger.events import FORMAT

LEDGER_ID = 0x53574C47
"""``application_id`` of a ledger ("SWLG")."""
ANSWERS_ID = 0x5357414E
"""``application_id`` of a store of answers ("SWAN")."""
_FORMATS = {LEDGER_ID: FORMAT, ANSWERS_ID: 1}
BUSY_S = 30.0
ANSWERS_NAME = "answers.db"
"""The file that keeps answers across runs."""
_SEAL = re.compile("[0-9a-f]{64}")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?{mode}"
    connection = sqlite3.connect(address, timeout=BUSY_S, isolation_level=None, check_same_thread=False, uri=True)
    # Damaged text must come out as something that can be compared, and found to be wrong.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a ledger for reading only, also while another process writes it."""
    if not path.is_file():
        raise LedgerError(f"There is no ledger at {path}.")
    with explaining(path):
        connection = _connect(path, "mode=ro")
        try:
            try:
                connection.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.OperationalError as error:
                code = getattr(error, "sqlite_errorcode", 0)
                if code == sqlite3.SQLITE_READONLY_ROLLBACK:
                    _roll_back(path)
                elif code & 0xFF == sqlite3.SQLITE_CANTOPEN and not _beside(path, "-wal").exists():
                    # A reader of a WAL file needs a place for the shared index. Where the folder cannot be
                    # written and nobody writes, the file can be read as one that never changes.
                    connection.close()
                    connection = _connect(path, "immutable=1")
                else:
                    raise
            if _is_fresh(connection):
                raise LedgerEmptyError(f"The ledger {path} is empty: the run ended before it began.")
            _check_identity(path, connection, LEDGER_ID)
            return connection
        except BaseException:
            connection.close()
            raise


def _roll_back(path: Path) -> None:
    """Let SQLite undo the step that a process was ended in while it opened or closed the file (no event is touched).

    Readers cannot, and see nothing before it is done.
    """
    connection = _connect(path, "mode=rw")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    finally:
        connection.close()


def connect_to_write(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open a ledger for writing, beginning it where there is none."""
    with explaining(path):
        connection = _connect(path, "mode=rwc" if create else "mode=rw")
        try:
            fresh = _is_fresh(connection)
            if fresh and not create:
                raise LedgerError(f"There is no ledger at {path}.")
            if not fresh:
                _check_identity(path, connection, LEDGER_ID)
            _set_durable(connection)
            if fresh:
                schema = resources.files("swarmwright.adapters").joinpath("schema.sql").read_text("utf-8")
                _create(connection, schema, LEDGER_ID)
            _settle(path)
            return connection
        except BaseException:
            connection.close()
            raise


def connect_answers(path: Path) -> sqlite3.Connection:
    """Open a store of answers, beginning it where there is none."""
    connection = _connect(path, "mode=rwc")
    try:
        fresh = _is_fresh(connection)
        if not fresh:
            _check_identity(path, connection, ANSWERS_ID)
        _set_durable(connection)
        if fresh:
            table = "CREATE TABLE answers (key BLOB PRIMARY KEY, crc INTEGER NOT NULL, value BLOB NOT NULL);"
            _create(connection, table, ANSWERS_ID)
        _settle(path)
        return connection
    except BaseException:
        connection.close()
        raise


def _is_fresh(connection: sqlite3.Connection) -> bool:
    """Tell whether a file was made and nothing was ever committed to it."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    identity = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    return not tables and identity == [0, 0]


def _check_identity(path: Path, connection: sqlite3.Connection, wanted: int) -> None:
    (identity,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    kind = "ledger" if wanted == LEDGER_ID else "store of answers"
    if identity != wanted:
        raise LedgerCorruptError(f"{path} is not a {kind} of swarmwright; {_remedy(path)}")
    if version != _FORMATS[wanted]:
        raise LedgerVersionError(
            f"The {kind} {path} has format {version} and this program reads format {_FORMATS[wanted]}: "
            "use the version of swarmwright that wrote it, or begin anew with --fresh."
        )


def _set_durable(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA journal_mode=WAL")


def _create(connection: sqlite3.Connection, schema: str, identity: int) -> None:
    pragmas = f"PRAGMA application_id={identity};\nPRAGMA user_version={_FORMATS[identity]};"
    connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\n{pragmas}\nCOMMIT;")


def _settle(path: Path) -> None:
    """Make durable what is read from now on, and the names that lead to it.

    A process that was killed between writing its log and syncing it leaves commits that are read, relied on,
    and lost with the power. The names are nobody's but ours: SQLite syncs the folder of a log, not the folders above.
    """
    log = _beside(path, "-wal")
    if log.exists():
        # No lock of SQLite's is on the log, so closing it here gives none away.
        _sync(log)
    folder, *above = path.absolute().parents
    _sync(folder)
    device = folder.stat().st_dev
    for one in above:
        # Where another file system begins, or we may not write, nobody made the folder below for this file.
        if one.stat().st_dev != device or not os.access(one, os.R_OK | os.W_OK):
            break
        _sync(one)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_away(connection: sqlite3.Connection, *, whole: bool) -> None:
    """Close the connection; ``whole`` leaves one file that can be copied, if no reader has it open."""
    try:
        if whole:
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error:
        pass  # A reader is there, or the disk is full: the file and its log remain, and are as good.
    finally:
        connection.close()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def open_lock(path: Path) -> IO[bytes]:
    """Open the file beside that writers lock; it stays when they are gone."""
    try:
        return _beside(path, ".lock").open("ab")
    except OSError as error:
        raise explain_os(error, path) from error


def lock_writer(path: Path, *, create: bool) -> IO[bytes]:
    """Become the one writer of a ledger, until the file that is returned is closed."""
    if path.exists() and not path.is_file():
        raise LedgerError(f"{path} is not a file.")
    if not create and not path.exists():
        raise LedgerError(f"There is no ledger at {path}.")
    lock = open_lock(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise LedgerError(
            f"Another process is writing the ledger {path}: wait for it, or end it. Reading is possible meanwhile."
        ) from error
    if os.fstat(lock.fileno()).st_size:
        # A seal that outlived the first change would call a sound ledger damaged.
        lock.truncate(0)
        os.fsync(lock.fileno())
    return lock


def seal(path: Path, lock: IO[bytes]) -> None:
    """Note the digest of a ledger that was closed whole in the file beside it; a writer who opens it takes it away."""
    if _beside(path, "-wal").exists():
        return
    try:
        # Before it is sealed, what closing took away must be gone for good.
        _sync(path.parent)
        with path.open("rb") as file:
            lock.write(hashlib.file_digest(file, "sha256").hexdigest().encode())
        lock.flush()
        os.fsync(lock.fileno())
    except OSError:
        pass  # Without a seal the frames are checked, and what lies between them is not.


def breaks_seal(path: Path) -> bool:
    """Tell whether a ledger that was sealed has other bytes now; False where there is no seal, or a writer."""
    try:
        sealed = _beside(path, ".lock").read_text("ascii", "replace")
        # A seal that was being written when the power failed is none.
        if _SEAL.fullmatch(sealed) is None or has_writer(path) or _beside(path, "-wal").exists():
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != sealed
    except OSError:
        return False


def has_writer(path: Path) -> bool:
    """Tell whether a process is writing the ledger now; nothing is changed."""
    try:
        with _beside(path, ".lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into our own errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged file quotes its bytes.
        raise LedgerCorruptError(f"{path} was damaged; {_remedy(path)}") from error
    except OSError as error:
        raise explain_os(error, path) from error


def _explain(error: sqlite3.Error, path: Path) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return _full(path)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerError(f"{path} was in use by another process for more than {BUSY_S:.0f} seconds.")
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return LedgerError(f"{path} refused what contradicts it ({error}).")
    if primary == sqlite3.SQLITE_IOERR and code != sqlite3.SQLITE_IOERR_SHORT_READ:
        return _full(path) if _is_full(path) else LedgerError(f"{path} could not be read or written ({error}).")
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY) and not _is_open_to_us(path):
        return LedgerError(f"{path} could not be opened ({error}): see that the folder exists and can be written.")
    return LedgerCorruptError(f"{path} is not a ledger of swarmwright, or was damaged ({error}); {_remedy(path)}")


def explain_os(error: OSError, path: Path) -> LedgerError:
    """Return the error that says in our words what the system said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    return LedgerError(f"{path} could not be opened ({error.strerror}): see that its folder can be read and written.")


def _remedy(path: Path) -> str:
    if path.name == ANSWERS_NAME:
        return "remove it (it only spares paying for the same answer twice)."
    return "bring it back from a copy, or put it away and begin anew (build --fresh)."


def _full(path: Path) -> StorageFullError:
    return StorageFullError(
        f"The disk that holds {path} is full; what was committed before is safe: make room and run the same command."
    )


def _is_full(path: Path) -> bool:
    return os.statvfs(path.parent).f_bavail == 0


def _is_open_to_us(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)
