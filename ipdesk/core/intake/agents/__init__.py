"""The round trip with agents: a workbook goes out, comes back, and is compared cell by cell."""
