"""What a reader is told, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence for a reader, in both languages."""

    en: str
    ja: str

    def to(self, lang: str) -> str:
        """Give the sentence in a reader's language."""
        return self.ja if lang == "ja" else self.en
