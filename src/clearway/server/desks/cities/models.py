"""What is asked and answered when a city is brought in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from clearway.record.parts import without_nul
from clearway.server.contract import Answer
from clearway.server.desks.map.models import NetworkSummary
from clearway.server.job_routes import Progress
from clearway.shapes import Exact

FileName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(without_nul)]
CityName = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S"), AfterValidator(without_nul)]


class UploadQuestion(Exact):
    """A file that is about to be sent."""

    name: FileName = Field(description="its name; the ending says what it holds, such as .osm.pbf")
    size: Annotated[int, Field(ge=1, description="bytes")]


class Upload(Answer):
    """A file of which parts have come."""

    id: str
    name: str
    size: int = Field(description="bytes")
    taken: int = Field(description="bytes that are here; the next part begins there")
    part: int = Field(description="bytes of a part, at most")


class ImportQuestion(Exact):
    """What is to become of a file that was sent."""

    upload: Annotated[str, Field(min_length=1, max_length=64, description="id of the file, all of whose parts have come")]
    name: CityName = Field(description="what the city is called")
    driving_side: Literal["left", "right"] | None = Field(None, description="default: as tags, roundabouts or the place say")


class ImportJob(Progress):
    """The import of a city."""

    answer: NetworkSummary | None = Field(description="the city's network, once it is there and can be used")
