"""The one SQLite that Belfry uses: the driver `sqlcipher3`, which brings its own SQLite (3.53), whatever the machine's Python was built with.

Older ones, such as Debian 12's 3.40.1, have a bug that can lose a write when the WAL is reset. sqlite-utils takes a driver named `pysqlite3` where it
can import one, so sqlcipher3 is registered under that name here, before sqlite-utils is imported for the first time. Never use another SQLite
library on the same file in the same process: closing one's handle would drop the other's locks (POSIX).
"""

import sys

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

Connection = sqlcipher3.dbapi2.Connection
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError
connect = sqlcipher3.dbapi2.connect
sqlite_version: str = sqlcipher3.dbapi2.sqlite_version

__all__ = ["Connection", "DatabaseError", "OperationalError", "connect", "sqlite_version"]
