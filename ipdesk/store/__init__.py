"""One database: schema, sessions, migrations, history."""
