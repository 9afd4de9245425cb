"""What a tow needs before it can start, and what the record says of each; and what is said of the vehicles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.announced import is_none_towed, is_towed
from clearway.planning.vehicles.ladder.conditions import decides_about_towing, decides_against_towing
from clearway.planning.vehicles.ladder.contract import Needed, Vehicles

if TYPE_CHECKING:
    from clearway.picture.contract import Fact
    from clearway.planning.vehicles.ladder.contract import NeedName
    from clearway.planning.vehicles.ladder.seen import Seen

_MOVES = re.compile(r"\b(?:tow\w*|vehicles?|cars?|remov\w*|impound\w*|seiz\w*)\b", re.IGNORECASE)
_STORES = re.compile(r"storage|compound|impound|\byard\b", re.IGNORECASE)
_ESCORTS = re.compile(r"\bescort", re.IGNORECASE)
_HEAVY = re.compile(r"\bheavy\b|\btrucks? and buses\b", re.IGNORECASE)
_VEHICLES = frozenset({"vehicles", "cars", "vans", "trucks", "buses", "campervans"})


def needed_for_tows(seen: Seen) -> list[Needed]:
    """What a tow needs, in the order in which it is asked for."""
    return [_decision(seen), _power(seen), _capability(seen), _heavy_operators(seen), _storage(seen), _escort(seen)]


def vehicles_said(seen: Seen) -> list[Vehicles]:
    """How many vehicles there are, how many left or came, whether any was towed: each as it was said."""
    counted = [fact for fact in seen.of("count") if fact.body["what"] in _VEHICLES]
    moved = [fact for fact in seen.of("flow") if fact.body["what"] in _VEHICLES]
    return [Vehicles(says=seen.told(one), rests_on=seen.rests_on(one)) for one in (*counted, *moved)] + [_towed(seen)]


def _towed(seen: Seen) -> Vehicles:
    events = seen.of("tow_event", "tow_progress")
    towed, none = [one for one in events if is_towed(one)], [one for one in events if is_none_towed(one)]
    if towed:
        return Vehicles(says=f"Vehicles were towed: {seen.told(towed[0])}", rests_on=seen.rests_on(*towed))
    if none:
        return Vehicles(says=f"None was towed: {seen.told(none[0])}", rests_on=seen.rests_on(*none))
    return Vehicles(says="No tow is on record, and nobody has said that none was made", rests_on=())


def _unknown(need: NeedName, says: str) -> Needed:
    return Needed(need=need, state="unknown", says=says, rests_on=())


def _decision(seen: Seen) -> Needed:
    decided = next((fact for fact in seen.of("decision") if decides_about_towing(fact)), None)
    if decided is None:
        return Needed(need="decision_to_tow", state="lacking", says="No office has decided to tow.", rests_on=())
    against = decides_against_towing(decided)
    says = f"{'Decided against' if against else 'Decided'}: {seen.told(decided)}."
    return Needed(need="decision_to_tow", state="lacking" if against else "there", says=says, rests_on=seen.rests_on(decided))


def _power(seen: Seen) -> Needed:
    powers = [fact for fact in seen.of("power") if _MOVES.search(fact.body["power"])]
    holding = [fact for fact in powers if fact.body["state"] in ("in_force", "used")]
    named = [fact for fact in holding if fact.body.get("instrument")]
    if named:
        return Needed(need="legal_basis", state="there", says=f"{seen.told(named[0])}.", rests_on=seen.rests_on(*named))
    if holding:
        says = f"No instrument is named: {seen.told(holding[0])}."
        return Needed(need="legal_basis", state="lacking", says=says, rests_on=seen.rests_on(*holding))
    if powers:
        says = f"No power is in force: {seen.told(powers[0])}."
        return Needed(need="legal_basis", state="lacking", says=says, rests_on=seen.rests_on(*powers))
    return Needed(need="legal_basis", state="lacking", says="No power to move vehicles is named in the record.", rests_on=())


def _answered(seen: Seen, need: NeedName, kinds: tuple[str, ...]) -> Needed | None:
    """Whether operators send trucks of some kinds, by the newest answer of each; None where none was asked about them."""
    answers = [(fact, [fact.body.get(f"{kind}_willing") for kind in kinds]) for fact in seen.of("tow_operator")]
    told = [(fact, said) for fact, said in answers if any(said)]
    if not told:
        return None
    for word, state, start in (
        ("yes", "there", ""), ("no", "lacking", "No operator that was asked sends them: "), ("unknown", "unknown", ""),
    ):  # fmt: skip
        if those := [fact for fact, said in told if word in said]:
            return Needed(
                need=need, state=state, says=f"{start}{'; '.join(map(seen.told, those))}.", rests_on=seen.rests_on(*those)
            )
    return None


def _capability(seen: Seen) -> Needed:
    if (answered := _answered(seen, "trucks", ("light", "heavy"))) is not None:
        return answered
    said = seen.of("tow_capability")
    secured = [fact for fact in said if fact.body["state"] == "secured"]
    if secured:
        trucks = "" if any(fact.body.get("trucks") for fact in secured) else " Nobody has said how many trucks."
        says = f"{seen.told(secured[0])}.{trucks}"
        return Needed(need="trucks", state="there", says=says, rests_on=seen.rests_on(*secured))
    known = [fact for fact in said if fact.body["state"] != "unknown"]
    if known:
        says = f"None is secured: {seen.told(known[0])}."
        return Needed(need="trucks", state="lacking", says=says, rests_on=seen.rests_on(*known))
    return _unknown("trucks", "Nobody has said whether anybody tows.")


def _heavy_operators(seen: Seen) -> Needed:
    if (answered := _answered(seen, "heavy_operators", ("heavy",))) is not None:
        return answered
    said = [fact for fact in seen.of("tow_capability") if _HEAVY.search(" ".join(map(str, fact.body.values())))]
    secured = [fact for fact in said if fact.body["state"] == "secured"]
    if secured:
        says = f"{seen.told(secured[0])}."
        return Needed(need="heavy_operators", state="there", says=says, rests_on=seen.rests_on(*secured))
    if said:
        says = f"No operator for heavy vehicles is secured: {seen.told(said[0])}."
        return Needed(need="heavy_operators", state="lacking", says=says, rests_on=seen.rests_on(*said))
    return _unknown("heavy_operators", "Nobody has said whether any operator tows trucks and buses.")


def _storage(seen: Seen) -> Needed:
    places = seen.of("storage_place")
    if places:
        room = [fact for fact in places if fact.body.get("capacity", {}).get("high") != 0]
        start, named = ("", room) if room else ("No place has room: ", places)
        says = f"{start}{'; '.join(map(seen.told, named))}."
        return Needed(need="storage", state="there" if room else "lacking", says=says, rests_on=seen.rests_on(*named))
    said = [fact for fact in seen.of("offer") if _STORES.search(fact.body["what"])]
    if said:
        says = f"{seen.told(said[0])}."
        return Needed(need="storage", state="there", says=says, rests_on=seen.rests_on(*said))
    return _unknown("storage", "Nobody has said where towed vehicles are stored.")


def _escort(seen: Seen) -> Needed:
    found, senders = _escort_said(seen), [fact for fact in seen.of("tow_operator") if _sends(fact)]
    wanting = [fact for fact in senders if fact.body.get("escort") is True]
    if senders and all(fact.body.get("escort") is False for fact in senders):
        says = f"None is wanted: {'; '.join(map(seen.told, senders))}."
        return Needed(need="escort", state="there", says=says, rests_on=seen.rests_on(*senders))
    if not wanting or found.state == "there":
        return found
    says = f"{found.says} Wanted by: {'; '.join(map(seen.told, wanting))}."
    return found.model_copy(update={"says": says, "rests_on": (*found.rests_on, *seen.rests_on(*wanting))})


def _sends(fact: Fact) -> bool:
    return "yes" in (fact.body.get("light_willing"), fact.body.get("heavy_willing"))


def _escort_said(seen: Seen) -> Needed:
    staff = [fact for fact in seen.of("staff_strength", "deployment") if _ESCORTS.search(fact.says)]
    if staff:
        return Needed(need="escort", state="there", says=f"{seen.told(staff[0])}.", rests_on=seen.rests_on(*staff))
    asked = [fact for fact in seen.of("resource_request") if _ESCORTS.search(fact.body["what"])]
    granted = [fact for fact in asked if fact.body["answer"] == "granted"]
    if granted:
        return Needed(need="escort", state="there", says=f"{seen.told(granted[0])}.", rests_on=seen.rests_on(*granted))
    if asked:
        says = f"Asked for and not granted: {seen.told(asked[0])}."
        return Needed(need="escort", state="lacking", says=says, rests_on=seen.rests_on(*asked))
    return _unknown("escort", "Nobody has said who escorts the trucks.")
