from django.utils.functional import Promise


class NotAccepted(Exception):
    """Why an upload cannot be used, in words for the person who sent it."""

    def __init__(self, message: str | Promise) -> None:
        self.message = str(message)
        super().__init__(self.message)
