"""``clearway decide sign`` and what comes after it: decisions completed, opened again, listed, printed, followed."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from pydantic import ValidationError

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.text.sign import followed_lines, log_lines, opened_lines, preview_lines, signed_lines, unwritten_lines
from clearway.errors import BadFile, BadInput
from clearway.files import writing_bytes
from clearway.planning.decide.draft import Completion, DecisionDraft
from clearway.planning.decide.following import followed
from clearway.planning.decide.log import log_of
from clearway.planning.decide.opened import opened
from clearway.planning.decide.proposed import proposed
from clearway.planning.decide.signing import Room, check, complete, sign
from clearway.planning.geojson import read_json
from clearway.planning.options.document import read_option
from clearway.planning.options.follow_ups import follow_ups
from clearway.planning.reading import Reading
from clearway.record.entry import now
from clearway.record.operations import chosen_operation
from clearway.shapes import Exact, sentence_of
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.decide.contract import Signed
    from clearway.planning.decide.draft import FollowUp

_REMEDY = "Print an example with 'clearway decide draft-template'."

E = TypeVar("E", bound=Exact)


@option_class
class Written(CalendarOptions, OneOperation, RecordOptions):
    """The record that a decision is written to."""

    as_json: bool = option("--json", help="Print the answer as JSON.")

    @contextmanager
    def room(self) -> Iterator[Room]:
        """The record, open to be written to."""
        with closing(self.existing()) as store:
            stream = chosen_operation(store, self.stream)
            yield Room(store, stream, self.calendar(store, stream), now())

    def tell(self, found: Signed) -> None:
        """Print what was written."""
        click.echo(found.model_dump_json() if self.as_json else "\n".join(signed_lines(found)))


@option_class
class Signing(Written):
    """A decision that is signed."""

    by: str | None = option("--by", metavar="WHO", help="The office, and behind a comma its organisation; instead of a draft.")
    what: str | None = option("--what", metavar="WORDS", help="What was decided; instead of a draft.")
    why: str | None = option("--why", metavar="WORDS", help="The reasons.")
    seen: tuple[str, ...] = option(
        "--seen", metavar="ID", help="A contradicted or single-sourced entry that was read. May be repeated."
    )
    quick: bool = option("--quick", help="Write it at once; what is empty is shown until 'decide complete' fills it in.")
    chosen: Path | None = option(
        "--option",
        metavar="FILE",
        help="The option that is chosen, as JSON: the tasks and notices that follow from it are listed.",
    )
    follow: str = option(
        "--follow", metavar="WHICH", default="none", show_default=True,
        help="Which of the tasks and notices that are listed are written with it: 'all', 'none', or numbers such as 1,3.",
    )  # fmt: skip
    preview: bool = option("--preview", help="List what would follow and what has to be seen first, and sign nothing.")
    propose: bool = option("--propose", help="Write it as a proposal, which decides nothing.")

    def draft(self, path: Path | None) -> DecisionDraft:
        """The decision of a file, or of the options.

        Raises:
            BadFile: the file cannot be used.
            BadInput: neither is given, or both.
        """
        said = {name: value for name in ("by", "what", "why") if (value := getattr(self, name)) is not None}
        if path is None and not {"by", "what"} <= said.keys():
            raise BadInput("There is nothing to sign. Give a draft (JSON), or --by and --what.")
        document: dict[str, Any] = _read(path) if path else {}
        document |= said | ({"standing": "proposed"} if self.propose else {})
        document["seen"] = [*document.get("seen", ()), *self.seen]
        return _of(DecisionDraft, document, path)

    def proposals(self, draft: DecisionDraft) -> list[FollowUp]:
        """What follows from the option that is chosen, from what is expected, and from the review time.

        Raises:
            BadFile: the option cannot be used.
        """
        return [*(follow_ups(read_option(self.chosen)) if self.chosen else ()), *proposed(draft)]

    def kept(self, found: list[FollowUp]) -> list[FollowUp]:
        """Those that are to be written.

        Raises:
            BadInput: a number is not on the list.
        """
        if self.follow in ("all", "none"):
            return found if self.follow == "all" else []
        numbers = [one.strip() for one in self.follow.split(",")]
        if wrong := [one for one in numbers if not (one.isdecimal() and 1 <= int(one) <= len(found))]:
            has = f"The list has 1 to {len(found)}" if found else "Nothing follows from it that could be written"
            raise BadInput(f"--follow names {listed(wrong)}. {has}: see it with --preview, or give 'all' or 'none'.")
        return [one for at, one in enumerate(found, start=1) if str(at) in {str(int(number)) for number in numbers}]


@click.command("sign")
@click.argument("draft", type=FILE, required=False)
@takes(Signing, "signing")
def sign_(draft: Path | None, signing: Signing) -> None:
    """Sign a decision: from a draft with nothing empty, or a quick one with --quick --by --what.

    The picture is frozen. What contradicts the decision or has a single source is listed first, and each must be named with
    --seen. The decision, what it expects, and those tasks and notices that --follow names are written together, or nothing is.
    Without --follow no task and no notice is written; they are listed.
    """
    found = signing.draft(draft)
    proposals = signing.proposals(found)
    found = found.model_copy(update={"follows": (*found.follows, *signing.kept(proposals))})
    with signing.room() as room:
        if signing.preview:
            check_ = check(room, found)
            click.echo(check_.model_dump_json() if signing.as_json else "\n".join(preview_lines(check_, proposals, found.by)))
            return
        signing.tell(sign(room, found, is_quick=signing.quick))
    if not signing.as_json and signing.follow == "none" and proposals:
        click.echo("\n".join(unwritten_lines(proposals, found.by)))


@option_class
class Completing(Written):
    """What is filled in."""

    why: str | None = option("--why", metavar="WORDS", help="The reasons.")
    outcome: str | None = option("--outcome", metavar="WORDS", help="What came of it.")
    seen: tuple[str, ...] = option("--seen", metavar="ID", help="An entry that was read. May be repeated.")


@click.command("complete")
@click.argument("entry")
@click.argument("fields", type=FILE, required=False)
@takes(Completing, "completing")
def complete_(entry: str, fields: Path | None, completing: Completing) -> None:
    """Fill in what is empty of a decision, from a JSON file or by options. What it says already stays.

    It is written as a later entry; the first stays readable.
    """
    document: dict[str, Any] = _read(fields) if fields else {}
    document |= {name: value for name in ("why", "outcome") if (value := getattr(completing, name)) is not None}
    if completing.seen:
        document["seen"] = [*document.get("seen", ()), *completing.seen]
    completion = _of(Completion, document, fields)
    with completing.room() as room:
        completing.tell(complete(room, entry, completion))


@click.command("open")
@click.argument("entry")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the whole picture as JSON.")
def open_(entry: str, question: Question, *, as_json: bool) -> None:
    """Open the picture that a decision was signed on, exactly as it was, and check its digest and the record's chain.

    Exits with code 1 where the picture is another one, or the chain is broken.
    """
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        found = opened(reading, entry)
    click.echo(found.model_dump_json() if as_json else "\n".join(opened_lines(found, reading.zone)))
    if found.problems or found.is_same is False:
        raise click.exceptions.Exit(1)


@click.command("log")
@takes(Question, "question")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write it as PDF, with hashes and later changes.")
@click.option("--json", "as_json", is_flag=True, help="Print the log as JSON.")
def log_(question: Question, pdf: Path | None, *, as_json: bool) -> None:
    """List decisions and proposals with their status; as PDF with every hash and every later change."""
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        if pdf:
            from clearway.publish.decide.log import decision_log  # noqa: PLC0415 - takes a moment
            from clearway.publish.vehicles.papers import as_pdf  # noqa: PLC0415

            with writing_bytes(pdf) as file:
                file.write(as_pdf(decision_log(reading, now())))
            click.echo(f"Written: {pdf}.")
            return
        found = log_of(reading)
    click.echo(found.model_dump_json() if as_json else "\n".join(log_lines(found, reading.zone)))


@click.command("follow")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def follow_(question: Question, *, as_json: bool) -> None:
    """List what follows from decisions: the objective and which posts have read it, tasks, notices."""
    with seen(question) as look:
        reading = Reading(look.store, look.stream, look.when, look.typed)
        found = followed(reading)
    click.echo(found.model_dump_json() if as_json else "\n".join(followed_lines(found, reading.zone)))


@click.command("draft-template")
def draft_template() -> None:
    """Print an example of a draft, to be changed and given to 'decide sign'."""
    click.echo(json.dumps(_EXAMPLE, indent=1))


_EXAMPLE: dict[str, Any] = {
    "by": "Incident controller, Police",
    "question": "What is done about the vehicles on Molesworth Street?",
    "options": ["Wait and talk", "Offer parking and escort", "Tow the vehicles"],
    "what": "Offer parking and escort",
    "why": "Places to park are open, and the groups asked for them.",
    "authority": "own",
    "rejected": [
        {"option": "Wait and talk", "why": "More vehicles come each evening."},
        {"option": "Tow the vehicles", "why": "No operator is willing."},
    ],
    "present": ["Incident controller", "Talks officer", "Council liaison"],
    "dissent": ["Council liaison: the offer ends too early."],
    "expects": [
        {"what": "Fewer vehicles", "figure": "vehicles", "direction": "fewer", "by_when": "tomorrow 6pm", "probability": 0.6}
    ],
    "review": "tomorrow 7pm",
    "legal_basis": "Land Transport Act 1998 s 113",
    "least_restrictive": "Nobody is forced; waiting was tried for a day.",
    "rests_on": [],
    "seen": [],
}


def _read(path: Path) -> dict[str, Any]:
    document = read_json(path, _REMEDY)
    if not isinstance(document, dict):
        raise BadFile(path, "is not a JSON object", _REMEDY)
    return document


def _of(shape: type[E], document: dict[str, Any], path: Path | None) -> E:
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        if path is None:
            raise BadInput(sentence_of(error.errors(), remedy=_REMEDY)) from error
        raise BadFile(path, "cannot be used", sentence_of(error.errors(), remedy=_REMEDY)) from error
