import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_of_vehicle_classes_shows_the_tables_that_the_program_reads() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "class_tables.py"))
    written = script["PAGE"].read_text("utf-8")
    assert script["page"](written) == written, "run 'python docs/class_tables.py'"
