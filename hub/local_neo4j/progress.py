"""What a long start tells whoever waits for it."""

from typing import Protocol

from hub.text import Text


class Progress(Protocol):
    def stage(self, what: Text, /) -> None:
        """A new stage begins; the one before is done."""
        ...

    def expect(self, total_bytes: int, /) -> None:
        """This many bytes will be downloaded; called at most once, before `advance`."""
        ...

    def advance(self, byte_count: int, /) -> None:
        """So many more bytes have arrived, from any thread; negative after a failed attempt."""
        ...


class _Silence:
    def stage(self, what: Text, /) -> None:
        pass

    def expect(self, total_bytes: int, /) -> None:
        pass

    def advance(self, byte_count: int, /) -> None:
        pass


SILENT: Progress = _Silence()
