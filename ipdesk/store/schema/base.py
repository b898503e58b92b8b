"""What every table shares: names of constraints, the id column, which tables keep a history."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData, Table

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Json = JSON(none_as_null=True)
Id = BigInteger().with_variant(Integer, "sqlite")


def id_column() -> Column[Any]:
    """The key of a row; the Writer hands it out and never uses one twice."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def recorded(name: str, *columns: Column[Any] | Index | Any) -> Table:
    """A table whose every change is written to the history."""
    return Table(name, metadata, id_column(), *columns, info={"history": True})


def unrecorded(name: str, *columns: Column[Any] | Index | Any) -> Table:
    """A table that is itself a record, or derived from others; it has no history."""
    return Table(name, metadata, *columns, info={"history": False})
