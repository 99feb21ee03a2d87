"""One GEDCOM file, from its bytes to what it says of kinship."""

from pathlib import Path

from graph.errors import SourceError, failure
from ingest.reading.gedcom.encoding import decode
from ingest.reading.gedcom.families import Genealogy, genealogy
from ingest.reading.gedcom.lines import parse


def read(path: Path) -> Genealogy:
    """Read a GEDCOM file. Raises SourceError where it cannot be read or has no record of a person."""
    try:
        found = genealogy(*parse(decode(path.read_bytes())))
    except OSError as error:
        why = failure(error)
        raise SourceError(f"{path} cannot be read ({why.en})", f"{path} を読めません（{why.ja}）") from error
    if not found.people:
        raise SourceError(
            f"{path} has no INDI record; is it a GEDCOM file?",
            f"{path} に INDI レコードがありません。GEDCOM ファイルではないようです",
        )
    return found
