"""What a line ends in that its reasons do not give."""


class ReasonFails(Exception):
    """Why a reason does not give a line."""
