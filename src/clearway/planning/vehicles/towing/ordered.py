"""Tows that an office ordered, in the record: the order as an entry, each word on a tow as an entry, and what is left to do."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.planning.vehicles.tally import Stretch, stretch_ways
from clearway.planning.vehicles.towing.board import Board, board_of, from_here
from clearway.planning.vehicles.towing.contract import Order
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import Wanted
from clearway.planning.vehicles.towing.means import HEAVY, Fleet, Operator, StoragePlace, TowMeans
from clearway.planning.vehicles.towing.problem import Job
from clearway.record.kinds.tows import (
    OrderedLeft,
    OrderedMinutes,
    OrderedStorage,
    OrderedStretch,
    OrderedTow,
    OrderedTruck,
    TowOrder,
    TowProgress,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.order_board import OrderBoard
    from clearway.record.kinds.tows import TowState


def order_body(number: int, answer: Towed, means: TowMeans, wanted: Wanted) -> TowOrder:
    """A schedule as an entry.

    Args:
        number: Of the order.
        answer: The schedule, ordered, with its start.
        means: That it was made with, operators by their names.
        wanted: What it was asked to tow.

    Raises:
        BadInput: nobody has ordered it, nobody said when it starts, or it tows nothing.
    """
    order, starts = answer.order, answer.starts
    if order is None or starts is None:
        raise BadInput(
            "Nobody ordered these tows, or nobody said when they start. Give 'row', 'by' and 'starts', and ask again."
        )
    if not answer.tows:
        raise BadInput("The schedule tows nothing, so there is nothing to order. See why under what is not towed.")
    operators = {one.id: one for one in means.operators}
    return TowOrder(
        order=number, by=order.by, power=order.instrument, power_row=order.basis, is_read=order.is_read,
        starts=starts,
        steps=wanted.steps,
        stretches=tuple(
            OrderedStretch(name=one.name, across=one.across, lane_moves=one.lane_moves, **one.vehicles)
            for one in wanted.stretches
        ),
        storage=tuple(
            OrderedStorage(id=one.id, at=(one.lon, one.lat), capacity=one.capacity, hours=one.hours) for one in answer.storage
        ),
        trucks=tuple(
            OrderedTruck(
                id=one.id, operator=own.id, kind=one.kind, storage=one.storage, hours=own.hours, escort=one.escort,
                height_m=own.height_m, width_m=own.width_m, weight_t=own.weight_t, length_m=own.length_m,
            )
            for one in answer.trucks
            for own in (operators[one.operator or ""],)
        ),
        escorts=answer.escorts,
        minutes=tuple(
            OrderedMinutes.model_validate({"vehicle": kind, "hook_s": seconds, "yard_s": answer.yard_s[kind]})
            for kind, seconds in answer.hook_s.items()
        ),
        tows=tuple(
            OrderedTow.model_validate(one.model_dump(include=set(OrderedTow.model_fields))) for one in answer.tows
        ),
        left=tuple(
            OrderedLeft.model_validate(one.model_dump(include=set(OrderedLeft.model_fields))) for one in answer.not_towed
        ),
        assumed=answer.assumed,
    )  # fmt: skip


def progress_body(board: OrderBoard, tow: str, state: TowState, at: datetime, note: str | None = None) -> TowProgress:
    """A word on a tow as an entry, with how far the order is with it.

    Args:
        board: As it was.
        tow: The id of the tow.
        state: What became of it.
        at: When.
        note: What else there is to say.

    Raises:
        UnknownName: the order has no such tow.
        BadInput: that was said of it already.
    """
    order = board.order
    board_of({tow: state}, order)
    if board.states.get(tow, "to_come") == state:
        raise BadInput(f"Of {tow} it is said already that it is {state.replace('_', ' ')}. Say what became of it since.")
    one = next(own for own in order.tows if own.id == tow)
    states = board.states | {tow: state}
    number = Counter(states.values())
    moments = [said.at for own, said in board.said.items() if said.state == "done" and own != tow]
    moments += [at] if state == "done" else []
    return TowProgress(
        order=order.order, starts=order.starts, tow=tow, state=state, vehicle=one.vehicle,
        stretch=order.stretches[one.stretch].name, tows=len(order.tows), done=number["done"], under_way=number["under_way"],
        failed=number["failed"], gone=number["gone"], withdrawn=number["withdrawn"], first_done=min(moments, default=None),
        note=note,
    )  # fmt: skip


def rest_of(board: OrderBoard, now: datetime, gazetteer: Gazetteer) -> TowQuestion:
    """What is left of an order from now on; trucks of operators that withdrew come no more. It names no operator.

    Raises:
        BadInput: nothing is left, or a stretch is not on the streets.
        UnknownName: a stretch is not on the streets.
    """
    if board.is_over:
        raise BadInput(f"Nothing is left of tow order {board.order.order}: there is no forecast of it.")
    order, at = board.order, {one.trucks: one.at for one in board.withdrawals}
    withdrew = {truck: moment for trucks, moment in at.items() for truck in trucks}
    means = TowMeans(
        storage=tuple(
            StoragePlace(id=one.id, lon=one.at[0], lat=one.at[1], capacity=one.capacity, hours=one.hours)
            for one in order.storage
        ),
        operators=tuple(_fleets(order, withdrew)),
        escorts=order.escorts,
        hook_minutes={one.vehicle: one.hook_s / 60 for one in order.minutes},
        yard_minutes={one.vehicle: one.yard_s / 60 for one in order.minutes},
    )
    jobs = [(one.stretch, one.vehicle, one.step) for one in order.tows]
    jobs += [(one.stretch, one.vehicle, one.step) for one in order.left for _ in range(one.number)]
    wanted = Wanted(
        stretches=tuple(
            Stretch(one.name, stretch_ways(one.name, gazetteer), one.vehicles, one.across, 0 if one.lane_moves else 1,
                    one.lane_moves)
            for one in order.stretches
        ),
        steps=order.steps,
        jobs=tuple(
            Job(stretch, kind, kind in HEAVY, step, means.hook_s(kind), means.yard_s(kind)) for stretch, kind, step in jobs
        ),
        assumed=order.assumed,
    )  # fmt: skip
    power = Order(basis=order.power_row, by=order.by, instrument=order.power, is_read=order.is_read)
    return from_here(TowQuestion(wanted, means, starts=now, order=power), order, Board(board.states))


def _fleets(order: TowOrder, withdrew: Mapping[str, datetime]) -> Iterator[Operator]:
    """Trucks that are alike and stand together in the order, as one operator each: trucks keep their names by that."""
    alike = groupby(order.trucks, key=lambda one: (one.model_copy(update={"id": ""}), withdrew.get(one.id)))
    for number, ((truck, gone), trucks) in enumerate(alike, start=1):
        fleet = Fleet(trucks=len(list(trucks)), willing="yes")
        yield Operator(
            id=f"operator {number}", storage=truck.storage, light=fleet if truck.kind == "light" else None,
            heavy=fleet if truck.kind == "heavy" else None, hours=truck.hours, escort=truck.escort, height_m=truck.height_m,
            width_m=truck.width_m, weight_t=truck.weight_t, length_m=truck.length_m, withdrew=gone,
        )  # fmt: skip
