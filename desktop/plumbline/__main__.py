"""`plumbline` and `python -m plumbline`: runs a command, turns failures into exit statuses.

0 done; 1 a bug in Plumbline; 2 something the user can mend; 130 stopped with Ctrl-C;
141 the reader of the output went away.
"""

import errno
import os
import sys
from collections.abc import Sequence

from plumbline import cli
from plumbline.errors import UserError, log_bug
from plumbline.i18n import _, use_language
from plumbline.paths import folder_in

BUG = 1
USER_ERROR = 2
INTERRUPTED = 130
READER_GONE = 141

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status, never raise for a failure."""
    use_language()
    words = sys.argv[1:] if argv is None else argv
    try:
        status = cli.run(words)
        sys.stdout.flush()
    except UserError as error:
        print(error, file=sys.stderr)
        return USER_ERROR
    except KeyboardInterrupt:
        print(_("Stopped."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return READER_GONE
    except PermissionError as error:
        told = _("{file} cannot be used by this account: change its permissions or name another.")
        print(told.format(file=error.filename or _("A file")), file=sys.stderr)
        return USER_ERROR
    except Exception as error:  # noqa: BLE001 - the last resort: logged, told, status 1
        if isinstance(error, OSError) and error.errno in _FULL:  # the output's own disk
            print(_("There is no room left on the disk: free some and try again."), file=sys.stderr)
            _close_output()
            return USER_ERROR
        place = log_bug(error, folder_in(words))
        told = _("This is a bug in Plumbline ({error}); details in {file}")
        print(told.format(error=_brief(error), file=place), file=sys.stderr)
        return BUG
    return status


def _brief(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _close_output() -> None:
    """Keep the interpreter's own flush at exit from failing on the closed pipe again."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.close(silence)


if __name__ == "__main__":
    sys.exit(main())
