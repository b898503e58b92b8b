"""The command line: one job and no screen; ``program.run`` runs it."""
