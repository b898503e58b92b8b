"""Run IPDesk from a checkout: the window without a command, the command line with one."""

import sys

from ipdesk.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
