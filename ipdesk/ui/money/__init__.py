"""Money in the window: fees, payments, reductions, forecast, support, prices."""
