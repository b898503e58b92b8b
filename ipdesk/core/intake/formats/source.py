"""Where the bytes of a list come from: a file, or a member of an archive held in memory."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast


@dataclass(frozen=True, slots=True)
class Source:
    """A file on the disk, or the unpacked bytes of one inside an archive."""

    name: str
    path: Path | None = None
    data: bytes = b""

    @classmethod
    def of(cls, path: Path) -> "Source":
        return cls(path.name, path)

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size if self.path else len(self.data)

    def open(self) -> BinaryIO:
        return cast(BinaryIO, self.path.open("rb") if self.path else io.BytesIO(self.data))

    def read(self) -> bytes:
        return self.path.read_bytes() if self.path else self.data
