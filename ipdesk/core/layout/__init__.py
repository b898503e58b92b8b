"""Where the company should be protected: technology, matrices, plan rows, the clock."""
