"""What is raised of a closing that is not there, for whoever tells it and reads none."""


class UnknownClosing(Exception):
    """There is no closing of that number; `newest` is the highest there is, 0 where nothing was closed."""

    def __init__(self, number: int, newest: int) -> None:
        super().__init__(f"closing {number} of {newest}")
        self.number = number
        self.newest = newest
