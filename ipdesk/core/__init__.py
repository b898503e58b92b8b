"""The thinking; knows no screen and no paper."""
