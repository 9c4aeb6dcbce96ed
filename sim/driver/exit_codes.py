"""The exit codes of sealcheck and of its engine, and the exception that carries one."""

ALL_AS_EXPECTED = 0
A_VERDICT = 1  # some scenario ended in fail, inconclusive or error
USAGE = 2  # wrong arguments, or a scenario that does not pass the checker
LAB_FAILED = 3  # set-up, build, engine or disk: says nothing about the gateway


class Stop(Exception):
    """Ends the command with one message for the user and an exit code."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code
