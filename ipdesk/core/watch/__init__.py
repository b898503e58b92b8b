"""What others do: watches, runs, hits, triage, answers."""
