/** The plan as files. */
import type { Feature } from "geojson";
import { save } from "../../lib/save.ts";
import type { State } from "./store.ts";
import { questionOf } from "./store.ts";

/** Site and barriers: a point for each barrier, and the bar across each street. */
export function cordonGeoJson(state: State): { type: "FeatureCollection"; features: Feature[] } {
  const { site } = questionOf(state);
  const ground: Feature[] = site ? [{ type: "Feature", properties: { role: "site" }, geometry: site }] : [];
  const barriers = (state.answer?.cordon?.barriers ?? []).flatMap((barrier): Feature[] => {
    const { lines, lon, lat, ...properties } = barrier;
    const bars = lines.map(
      (coordinates): Feature => ({
        type: "Feature",
        properties: { role: "bar", number: barrier.number },
        geometry: { type: "LineString", coordinates },
      }),
    );
    return [
      {
        type: "Feature",
        properties: { role: "barrier", ...properties },
        geometry: { type: "Point", coordinates: [lon, lat] },
      },
      ...bars,
    ];
  });
  return { type: "FeatureCollection", features: [...ground, ...barriers] };
}

export const downloadGeoJson = (state: State): void =>
  save("cordon.geojson", "application/geo+json", JSON.stringify(cordonGeoJson(state), null, 1));

/** What has been found besides the cordon. */
const found = ({ frontier, alternatives }: State) => ({
  frontier: frontier.answer?.frontier ?? [],
  alternatives: alternatives.answer?.alternatives ?? [],
});

/** Question and answer, without the seconds of every address. */
export function downloadJson(state: State): void {
  const { cordon, access, summary } = state.answer ?? { cordon: null, access: null, summary: [] };
  const plan = {
    network: state.network.id,
    digest: state.network.digest,
    question: state.answered,
    summary,
    cordon: cordon && { ...cordon, ...found(state) },
    access,
  };
  save("plan.json", "application/json", JSON.stringify(plan, null, 1));
}
