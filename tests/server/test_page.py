"""The built page and what stands in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serving import serving

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_missing_page_says_why_and_what_to_run(tmp_path: Path) -> None:
    with serving(page=tmp_path / "absent") as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert "make demo" in answer.text


@pytest.mark.slow
def test_hashed_files_are_kept_for_good_and_the_others_asked_for_again(tmp_path: Path) -> None:
    for name in ("index.html", "app.mjs", "app-3FQ7ZK2A.mjs"):
        (tmp_path / name).write_text("hello")
    with serving(page=tmp_path) as client:
        assert client.get("/").text == "hello"
        assert client.get("/").headers["cache-control"] == "no-cache"
        assert client.get("/app.mjs").headers["cache-control"] == "no-cache"
        assert "javascript" in client.get("/app.mjs").headers["content-type"]
        assert "immutable" in client.get("/app-3FQ7ZK2A.mjs").headers["cache-control"]
        tag = client.get("/app.mjs").headers["etag"]
        assert client.get("/app.mjs", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.slow
def test_nothing_outside_the_folder_is_served(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("no")
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("hello")
    with serving(page=page) as client:
        assert client.get("/..%2fsecret.txt").status_code == 404
