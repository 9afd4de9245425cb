"""Compiled kernels on disk, each under a name that is a digest of everything it was compiled from.

numba's own cache asks whether the file of a kernel changed, but not the files of the kernels that it calls, and it lies beside
the sources, so that every new wheel is compiled again. Here the digest covers the kernel's code, the constants that it names,
the kernels that it calls and theirs, the types of the arguments, numba, Python and the processor: an edited kernel has another
name and is compiled, an unchanged one is read, whichever file, wheel or process it comes from.

The folder is ``clearway/kernels`` in the user's cache folder, or ``kernels`` in NUMBA_CACHE_DIR where that is set. It can be
deleted at any time. A process that cannot write there compiles for itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import pickle
import sys
import tempfile
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numba.core import sigutils
from numba.core.compiler import CompileResult
from numba.core.dispatcher import Dispatcher
from numba.core.serialize import dumps
from numba.misc.appdirs import AppDirs

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FILES = 1000
"""Ten times what the program compiles: room for a few versions side by side, some 60 MB."""
_DIGEST_BYTES = 32
"""Of SHA-256."""
_VERSIONS = (sys.version_info[:3], numba.__version__, np.__version__)
_log = logging.getLogger(__name__)


class KernelCache:
    """The compiled forms of one kernel; what numba's dispatcher asks before it compiles, and gives what it compiled."""

    def __init__(self, function: FunctionType) -> None:
        """Nothing is read before the first call, when all that the kernel calls is defined."""
        self._function = function

    @property
    def cache_path(self) -> str:
        """The folder, as numba's statistics show it."""
        return str(cache_folder())

    def load_overload(self, sig: Any, target_context: Any) -> Any:  # noqa: ANN401 - numba is not typed
        """The kernel compiled for these types, or None."""
        target_context.refresh()
        stored = _read(self._path(sig, target_context.codegen()))
        return CompileResult._rebuild(target_context, *pickle.loads(stored)) if stored else None  # noqa: S301, SLF001 - as numba's

    def save_overload(self, sig: Any, data: Any) -> None:  # noqa: ANN401 - numba is not typed
        """Store a kernel that has just been compiled, where that can be done."""
        if data.library.has_dynamic_globals:  # addresses of this process
            return
        try:
            _write(self._path(sig, data.codegen), dumps(data._reduce()))  # noqa: SLF001 - as numba's own cache does
        except OSError as error:
            _report_once(f"{cache_folder()} ({error.strerror})")

    def flush(self) -> None:
        """Nothing to forget: what is stored under a name is always right."""

    enable = disable = flush

    def _path(self, sig: Any, codegen: Any) -> Path:  # noqa: ANN401 - numba is not typed
        digest = hashlib.sha256(repr((_VERSIONS, codegen.magic_tuple(), _setting("BOUNDSCHECK"))).encode())
        arguments, _ = sigutils.normalize_signature(sig)
        for ingredient in (*map(_spelled, arguments), *_ingredients(self._function, set())):
            digest.update(ingredient.encode() + b"\0")
        return cache_folder() / f"{self._function.__module__}.{self._function.__qualname__}-{digest.hexdigest()[:40]}.kernel"


def cache_folder() -> Path:
    """Where compiled kernels are stored."""
    return Path(_setting("CACHE_DIR") or AppDirs("clearway", appauthor=False).user_cache_dir) / "kernels"


def holds_kernels() -> bool:
    """Whether anything was compiled before."""
    return any(cache_folder().glob("*.kernel"))


def _setting(name: str) -> Any:  # noqa: ANN401 - numba is not typed
    """What NUMBA_<name> was set to."""
    return getattr(numba.config, name)


def _ingredients(function: FunctionType, seen: set[FunctionType]) -> Iterator[str]:
    """All that a kernel is compiled from: its code, then what its global names stand for.

    Raises:
        TypeError: the kernel names something whose change would not be noticed.
    """
    seen.add(function)
    for code in _codes(function.__code__):
        constants = [const for const in code.co_consts if const != function.__doc__ and not isinstance(const, CodeType)]
        yield repr((code.co_code, code.co_exceptiontable, constants, code.co_varnames, code.co_names, code.co_freevars))
        yield repr((code.co_argcount, function.__defaults__, function.__kwdefaults__))
        for name in code.co_names:
            if name in function.__globals__:
                yield from _meaning(name, function.__globals__[name], seen)
    for cell in function.__closure__ or ():
        yield from _meaning("a closure", cell.cell_contents, seen)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code and that of the functions and comprehensions inside it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _codes(const)


def _meaning(name: str, value: object, seen: set[FunctionType]) -> Iterator[str]:
    if isinstance(value, Dispatcher):
        if value.py_func not in seen:
            yield from _ingredients(value.py_func, seen)
    elif value is None or isinstance(value, int | float | str | tuple | np.generic):
        yield f"{name}={value!r}"
    elif isinstance(value, type) and hasattr(value, "_fields"):
        yield f"{name}={value.__qualname__}{value._fields}"
    elif isinstance(value, ModuleType | type) and _home(value).partition(".")[0] in ("builtins", "math", "numba", "numpy"):
        yield f"{name}={value!r}" if isinstance(value, type) else name
    else:
        raise TypeError(f"A kernel may name kernels, numbers, named tuples and numpy; {name} is {value!r}.")


def _home(value: ModuleType | type) -> str:
    return value.__module__ if isinstance(value, type) else value.__name__


def _spelled(kind: Any) -> str:  # noqa: ANN401 - numba is not typed
    """A type's name, with the module and the fields of named tuples, which numba leaves out."""
    inside = ", ".join(map(_spelled, getattr(kind, "types", ())))
    module = getattr(getattr(kind, "instance_class", None), "__module__", "")
    return f"{module}{kind}{getattr(kind, 'fields', '')}({inside})"


def _read(path: Path) -> bytes | None:
    """What is stored under a name; None where nothing is, or something damaged."""
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    digest, content = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
    if digest != hashlib.sha256(content).digest():
        return None
    with contextlib.suppress(OSError):  # read only: then nobody prunes it either
        os.utime(path)
    return content


def _write(path: Path, content: bytes) -> None:
    """Store under a name, whole or not at all, and delete what was not used for longest beyond MOST_FILES."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(hashlib.sha256(content).digest() + content)
    Path(part.name).replace(path)
    stored = sorted(path.parent.iterdir(), key=_last_used, reverse=True)
    for old in stored[MOST_FILES:]:
        old.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process pruned it
        return 0.0


def _report_once(problem: str) -> None:
    if problem not in _reported:
        _reported.add(problem)
        _log.warning(
            "Compiled kernels cannot be stored in %s, so every start compiles them again. "
            "Set NUMBA_CACHE_DIR to a folder that can be written.",
            problem,
        )


_reported: set[str] = set()
