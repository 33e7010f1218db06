"""Triggers that keep the trail from being changed in the database, whoever asks: the ORM, a shell, a slip of the hand.

The owner of the database can remove them; what is done then, ``verify_activity`` finds. A later migration that makes
one of these tables anew (SQLite) has to install them again.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES, CHECKPOINTS = "activity_entry", "activity_checkpoint"
_FORGOTTEN = f"COALESCE((SELECT MAX(number) FROM {CHECKPOINTS}), 0)"  # noqa: S608 - names of ours


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE, DELETE but of what a checkpoint stands for, and what replaces or empties."""
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Let everything through again: for a migration that goes back, and for tests."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# --- SQLite -----------------------------------------------------------------------------------------------
def _abort(name: str, event: str, table: str, when: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, 'The trail cannot be {words}.'); END"
    )


def _sqlite(table: str, kept: str) -> dict[str, str]:
    # REPLACE deletes without asking the DELETE trigger.
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE number = NEW.number)"  # noqa: S608 - names of ours
    return {
        f"{table}_update": _abort(f"{table}_update", "UPDATE", table, "", "changed"),
        f"{table}_delete": _abort(f"{table}_delete", "DELETE", table, kept, "deleted"),
        f"{table}_replace": _abort(f"{table}_replace", "INSERT", table, taken, "replaced"),
    }


_SQLITE = _sqlite(ENTRIES, f"WHEN OLD.number > {_FORGOTTEN}") | _sqlite(CHECKPOINTS, "")

# --- PostgreSQL -------------------------------------------------------------------------------------------
_RAISE = "RAISE EXCEPTION 'The trail cannot be changed or deleted.' USING ERRCODE = 'integrity_constraint_violation'"


def _unless_empty(table: str) -> str:
    return f"BEGIN IF EXISTS (SELECT 1 FROM {table}) THEN {_RAISE}; END IF; RETURN NULL; END"  # noqa: S608 - ours


_FUNCTIONS = {
    "activity_refuse": f"BEGIN {_RAISE}; END",
    "activity_keep": f"BEGIN IF OLD.number > {_FORGOTTEN} THEN {_RAISE}; END IF; RETURN OLD; END",
    "activity_keep_entries": _unless_empty(ENTRIES),
    "activity_keep_checkpoints": _unless_empty(CHECKPOINTS),
}
_POSTGRESQL = {
    (ENTRIES, "UPDATE", "ROW"): "activity_refuse",
    (ENTRIES, "DELETE", "ROW"): "activity_keep",
    (ENTRIES, "TRUNCATE", "STATEMENT"): "activity_keep_entries",
    (CHECKPOINTS, "UPDATE", "ROW"): "activity_refuse",
    (CHECKPOINTS, "DELETE", "ROW"): "activity_refuse",
    (CHECKPOINTS, "TRUNCATE", "STATEMENT"): "activity_keep_checkpoints",
}

_INSTALL = {
    "sqlite": list(_SQLITE.values()),
    "postgresql": [
        *(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
            for name, body in _FUNCTIONS.items()
        ),
        *(
            f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {name}()"
            for (table, event, each), name in _POSTGRESQL.items()
        ),
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE],
    "postgresql": [f"DROP TRIGGER IF EXISTS {table}_{event.lower()} ON {table}" for table, event, _ in _POSTGRESQL],
}
