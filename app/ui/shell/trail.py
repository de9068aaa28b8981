"""The way that led to the screen that is shown."""


class Trail:
    """Keys of screens, from a top one to the one that is shown; each is there once."""

    def __init__(self) -> None:
        self._keys: list[str] = []

    @property
    def current(self) -> str:
        """The key of the screen that is shown; empty before the first."""
        return self._keys[-1] if self._keys else ""

    @property
    def leads_back(self) -> bool:
        """Whether there is a screen to go back to."""
        return len(self._keys) > 1

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def go(self, key: str, *, is_top: bool) -> None:
        """Go on to a screen, or back to it; a top screen forgets the way that led to it."""
        if is_top:
            self._keys = [key]
        elif key in self._keys:
            del self._keys[self._keys.index(key) + 1 :]
        else:
            self._keys.append(key)

    def back(self) -> bool:
        """Go back one screen; False where there is none."""
        if not self.leads_back:
            return False
        self._keys.pop()
        return True
