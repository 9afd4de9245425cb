"""Tows that were ordered, in the record of one operation: the order, what became of each tow, the forecast of the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput, Conflict
from clearway.picture.view import Moments
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.fees import our_caps
from clearway.planning.vehicles.towing.order_board import board_called, order_words
from clearway.planning.vehicles.towing.ordered import order_body, rest_of
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.planning.vehicles.towing.recording import named_operator, order_boards, order_tows, say_of_tow, words_on_tows
from clearway.planning.vehicles.towing.tow_record import TowGround, TowRecord, tow_record
from clearway.record.entry import now
from clearway.record.parse import draft_of
from clearway.record.source import Source
from clearway.record.typed import source_parts
from clearway.server.desks.vehicles.means import MeansDesk
from clearway.server.desks.vehicles.moving import label_of, tow_question
from clearway.server.desks.vehicles.room_models import (
    EntryWritten,
    OrderOperator,
    TowOrders,
    TowOrderShown,
    TowShown,
)

if TYPE_CHECKING:
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.planning.vehicles.towing.order_board import OrderBoard
    from clearway.record.entry import Entry
    from clearway.server.desks.vehicles.room_models import OperatorWithdrew, TowOrdered, TowSaid
    from clearway.server.jobs import JobProgress
    from clearway.server.operations import ServedOperation


class TowsDesk:
    """Tows of one operation, as the people who are answered may see them. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self.name = operation.name
        self._operation = operation
        self._store = operation.store

    def boards(self, when: Moments) -> TowOrders:
        """Every order with what became of its tows, as known at a moment."""
        return TowOrders(orders=[self._shown(one) for one in self._boards(when)])

    def order(self, question: TowOrdered) -> EntryWritten:
        """Write an order; the schedule is checked again first, on the streets and by the powers of now.

        Raises:
            BadInput: the schedule does not hold, nobody orders it, or it has no start.
            Conflict: what operators answered has changed since, or the id is used for something else.
        """
        source = source_of(question.source)
        served = self._operation.desk(MeansDesk).network
        moment = now()
        known = self._operation.desk(MeansDesk).towing(Moments(moment, moment)).means
        asked, named = tow_question(served, question.question, known)
        schedule = question.schedule
        _, fails = check_towed(served.network, schedule.as_json())
        if fails:
            raise BadInput(f"The schedule does not hold here, so it is not ordered: {fails[0]} Ask for it again.")
        if schedule.order is None or schedule.order != order_of(schedule.order.basis, schedule.order.by, read_jurisdiction()):
            raise BadInput("Nobody ordered these tows by a power that they have. Give 'row' and 'by', and ask again.")
        if [(one.name, one.ways) for one in schedule.stretches] != [(one.name, one.ways) for one in asked.wanted.stretches]:
            raise BadInput("The schedule is of other stretches than the question. Ask for it again.")
        with_names = _named(schedule, named)
        entry = order_tows(
            self._store, self.name, lambda number: order_body(number, with_names, named, asked.wanted), source, moment,
            question.id,
        )  # fmt: skip
        return self._written(entry)

    def say(self, order: int, said: TowSaid) -> EntryWritten:
        """Write what became of a tow; raises as :func:`say_of_tow`."""
        entry = say_of_tow(
            self._store, self.name, order=order, tow=said.tow, state=said.state, source=source_of(said.source), moment=now(),
            entry_id=said.id, note=said.note,
        )  # fmt: skip
        return self._written(entry)

    def withdraw(self, order: int, said: OperatorWithdrew) -> EntryWritten:
        """Write that an operator of an order sends its trucks no more: its answer, as the record has them.

        Raises:
            BadInput: the order has no truck of it.
            NotFound: there is no such order.
        """
        moment = now()
        board = board_called(self._boards(Moments(moment, moment)), order)
        name = named_operator(board, said.operator)
        kinds = {one.kind for one in board.order.trucks if one.operator == name}
        body: dict[str, Any] = {"kind": "tow_operator", "operator": name} | {f"{kind}_willing": "no" for kind in kinds}
        document = {"id": said.id, "body": body | ({"reason": said.reason} if said.reason else {}), "source": said.source}
        draft = draft_of(document | {"happened": moment.isoformat()}, self._operation.calendar(), now=moment)
        return self._written(self._store.append(self.name, [draft])[0])

    def forecast(self, order: int, when: Moments, progress: JobProgress[Towed], limit_s: float) -> Towed:
        """How trucks fetch what is left of an order from a moment on.

        Raises:
            BadInput: nothing is left of it.
            NotFound: there is no such order.
            Infeasible: the schedule did not pass its check.
        """
        progress("Reading the board", 0.0)
        board, served = board_called(self._boards(when), order), self._operation.desk(MeansDesk).network
        question = rest_of(board, when.at.astimezone(self._operation.calendar().zone), served.gazetteer)
        progress("Scheduling the rest", 0.2)
        return towed(served.network, question, limit_s=limit_s)

    def record(self, order: int, tow: str, when: Moments) -> TowRecord:
        """What is asked of a tow, as known at a moment; it names the firm.

        Raises:
            NotFound: there is no such order.
            UnknownName: it has no such tow.
        """
        means = self._operation.desk(MeansDesk)
        with self._operation.index() as index:
            board = board_called(order_boards(self._store, index, when), order)
            entries = words_on_tows(self._store, index, when)
        ground = TowGround(
            means.towing(when).means.storage, entries, read_jurisdiction(), our_caps(), means.network.gazetteer,
            self._operation.calendar().zone,
        )  # fmt: skip
        return tow_record(board, tow, ground)

    def record_paper(self, order: int, tow: str, when: Moments) -> bytes:
        """The same as PDF."""
        from clearway.publish.vehicles.papers import as_pdf, tow_record_paper  # noqa: PLC0415 - takes a moment

        return as_pdf(tow_record_paper(self.record(order, tow, when)))

    def _boards(self, when: Moments) -> list[OrderBoard]:
        with self._operation.index() as index:
            return order_boards(self._store, index, when)

    def _written(self, entry: Entry) -> EntryWritten:
        return EntryWritten(entry=entry.id, says=entry.draft.body.says(self._operation.calendar().zone))

    def _shown(self, board: OrderBoard) -> TowOrderShown:
        order, states = board.order, board.states
        withdrew = {one.operator: one.at for one in board.withdrawals}
        tows = [
            TowShown(
                id=one.id, vehicle=one.vehicle, stretch=order.stretches[one.stretch].name, truck=one.truck,
                to_storage=one.to_storage, step=one.step, arrives=order.starts + timedelta(seconds=one.arrive_s),
                done=order.starts + timedelta(seconds=one.done_s), state=states.get(one.id, "to_come"),
                entry=said.entry if said else None, at=said.at if said else None, note=said.note if said else None,
            )
            for one in order.tows
            for said in (board.said.get(one.id),)
        ]  # fmt: skip
        return TowOrderShown(
            order=order.order, entry=board.entry, by=order.by, power=order.power, starts=order.starts,
            done=max(one.done for one in tows), steps=list(order.steps), tows=tows,
            left=sum(one.number for one in order.left),
            operators=[
                OrderOperator(
                    name=name, trucks=[one.id for one in order.trucks if one.operator == name], withdrew=withdrew.get(name)
                )
                for name in dict.fromkeys(one.operator for one in order.trucks)
            ],
            says=f"{order_words(board)}.", told=list(board.told(self._operation.calendar().zone)), is_over=board.is_over,
            assumed=list(order.assumed),
        )  # fmt: skip


def _named(schedule: Towed, means: TowMeans) -> Towed:
    """A schedule with operators by their names.

    Raises:
        Conflict: operators send other trucks now than the schedule has.
    """
    names = {label_of(number): one for number, one in enumerate(means.operators)}
    for label in {one.operator or "" for one in schedule.trucks}:
        own = names.get(label)
        for kind in ("light", "heavy"):
            fleet = own and (own.light if kind == "light" else own.heavy)
            there = fleet.trucks if fleet and fleet.willing == "yes" else 0
            if sum(one.operator == label and one.kind == kind for one in schedule.trucks) != there:
                raise Conflict("Operators send other trucks now than this schedule has. Ask again at the present moment.")
    trucks = tuple(one.model_copy(update={"operator": names[one.operator or ""].id}) for one in schedule.trucks)
    return schedule.model_copy(update={"trucks": trucks})


def source_of(typed: str) -> Source:
    """An office that was typed.

    Raises:
        BadInput: it says no office.
    """
    source = Source.model_validate({name: part for name, part in source_parts(typed).items() if part} | {"medium": "other"})
    if not source.office:
        raise BadInput("Nobody says who writes it. Give 'source', the office, and behind a comma its organisation.")
    return source
