"""Why a message was not sent."""


class Undelivered(Exception):
    """A message was not taken; `error` says why in words that name no person and no secret.

    `down`: the channel does not answer at all, so that it is no use to try the next message.
    """

    def __init__(self, error: str, *, down: bool = False) -> None:
        super().__init__(error)
        self.error = error
        self.down = down
