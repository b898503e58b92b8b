"""What it costs: schedules, reductions, forecast, payments, programmes."""
