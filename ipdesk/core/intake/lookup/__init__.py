"""Looking up families by number at the EPO, only when the user asks, with the user's own key."""
