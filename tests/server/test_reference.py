"""The description of the API is complete."""

from __future__ import annotations

import pytest

from clearway.server.app import create_app


@pytest.mark.slow
def test_every_route_is_named_summed_up_and_typed() -> None:
    whole = create_app([]).openapi()
    seen = set()
    for path, methods in whole["paths"].items():
        for route in methods.values():
            assert route["summary"], path
            assert route["description"], path
            seen.add(route["operationId"])
            for status, answer in route["responses"].items():
                if status not in {"204", "304"}:
                    assert answer["content"], (path, status)
            error = route["responses"]["422"]["content"]["application/json"]["schema"]
            assert error["$ref"].endswith("ErrorAnswer")
    networks = {
        "plan",
        "seal",
        "proveAddress",
        "getTile",
        "getWay",
        "listNetworks",
        "getNetwork",
        "nearestWay",
        "search",
        "readPlace",
        "pickPlace",
        "health",
        "openSession",
    }
    operations = {
        "listOperations",
        "openOperation",
        "getOperation",
        "getPicture",
        "getMap",
        "getPlot",
        "getSitrep",
        "issueSitrep",
        "pickPlace",
        "readPlace",
        "proveAddress",
        "listKinds",
        "findPlans",
        "getBarriers",
        "getBuses",
        "readTime",
        "getLog",
        "getLogCsv",
        "getTimesBeside",
    }
    reports = {"listReports", "takeReport", "readReport", "redateReport"}
    jobs = {
        f"{verb}{kind}"
        for verb in ("ask", "get", "cancel")
        for kind in (
            "Others",
            "Impact",
            "Variants",
            "BusDetours",
            "Detours",
            "Checks",
            "GateChoice",
            "Stages",
            "Papers",
            "Handover",
            "March",
        )
    }
    plans = {
        "listVersions",
        "getVersion",
        "savePlan",
        "adoptPlan",
        "withdrawPlan",
        "askStatus",
        "askGates",
        "comparePlans",
        "getPapersFile",
        "beginFromCordon",
        "beginFromRecord",
        "getMeans",
        "findMarchesSeen",
    }
    vehicles = {"getLadder", "takeStep", "getStretches", "getTowing", "makeTowPaper"}
    vehicles |= {f"{verb}{what}" for verb in ("ask", "get", "cancel") for what in ("Staircase", "Offer", "Tow")}
    talks = {"getTalks", "getPreparation", "getMinuteForm", "getDecisions", "getReview", "getBasis", "getTrigger"}
    talks |= {"getRisks", "getLevels"}
    vehicles |= {f"ask{what}InRoom" for what in ("Offer", "Tow")} | {"getVehicleMeans", "getPlaceWays", "findVehicle"}
    vehicles |= {"getTows", "getTowRecord", "getTowRecordPaper", "orderTows", "sayOfTow", "withdrawOperator", "askTowForecast"}
    vehicles |= {"checkTallies", "writeTallies", "getTalliesFile"}
    talks |= {"getFollowed", "getDecisionLog", "checkDecision", "signDecision", "completeDecision", "openDecision"}
    talks |= {"checkOptions", "askOptions", "getOptionsCompared", "cancelOptionsCompared", "askTriggers"}
    cities = {"openUpload", "sendPart", "dropUpload", "startImport", "getImport", "cancelImport"}
    assert seen == networks | operations | reports | jobs | plans | vehicles | talks | cities | {
        "findEntries",
        "getEntry",
        "writeEntry",
        "writeBatch",
        "checkEntry",
        "listNames",
        "followOperation",
    }
