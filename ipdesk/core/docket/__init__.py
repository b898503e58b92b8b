"""What happened and what is due: events, rules, calendars, engine."""
