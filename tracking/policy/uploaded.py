"""An edition that was uploaded: its folder as a ZIP, or its files one by one."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from tracking.policy import folder
from tracking.words.problems import Problem, Refusal

# Of all files together, unpacked; a policy has some tens of kilobytes.
LARGEST = 10_000_000
MOST_ENTRIES = 200
# What a file of a ZIP that is damaged or was made to harm can lead to.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def unpacked(content: bytes, name: str) -> tuple[str, dict[str, bytes]]:
    """The name of the edition and its files, by a ZIP of its folder; without a folder in it, the ZIP's own name is it.

    Raises Refusal.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir() and _is_own(each.filename)]
            if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > LARGEST:
                raise Refusal([Problem("error", "policy-too-large", value=name)])
            found = {each.filename: _content(archive, each) for each in entries}
    except _BROKEN as error:
        raise Refusal([Problem("error", "policy-zip", value=name)]) from error
    folders = {PurePosixPath(each).parent for each in found}
    if len(folders) != 1:
        raise Refusal([Problem("error", "policy-folders", value=name)])
    edition = folders.pop().name or PurePosixPath(name).stem
    return edition, whole({PurePosixPath(each).name: content for each, content in found.items()})


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an edition; what stands beside them is no part of it. Raises Refusal with every one that lacks."""
    if sum(map(len, files.values())) > LARGEST:
        raise Refusal([Problem("error", "policy-too-large", value="")])
    if lacking := sorted(set(folder.FILES) - set(files)):
        raise Refusal([folder.missing(each) for each in lacking])
    return {name: files[name] for name in sorted(folder.FILES)}


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A file of a ZIP; what says it is smaller than it is, is broken."""
    with archive.open(entry) as file:
        content = file.read(LARGEST + 1)
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return content


def _is_own(name: str) -> bool:
    """Not what file managers leave beside a folder."""
    return not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
