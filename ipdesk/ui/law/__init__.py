"""Rules of law and calendars in the window."""
