"""What a build says of a disk that is full, or of a folder that it may not write to."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}


def unwritable(error: BaseException | None) -> str:
    """One line, with the remedy, if that is what is behind an error; else nothing."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL | CLOSED:
            remedy = "make room on the disk" if error.errno in FULL else "build in a folder that is yours to write"
            return f"{error.filename or 'a file of the build'}: {error.strerror}; {remedy}"
        error = error.__cause__ or getattr(error, "orig_exc", None) or error.__context__
    return ""
