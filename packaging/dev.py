"""The one tool for everybody who has the source: `python3 packaging/dev.py` says what it can do. The work is done in develop/.

Only this file has to be read by an old Python too, so that it can say what is wrong instead of failing on its first line.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write("Belfry needs Python 3.11 or newer, and this is Python %d.%d: start it with a newer one.\n" % sys.version_info[:2])
    sys.exit(1)

from develop.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
