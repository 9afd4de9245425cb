/** What is seen, as files that other programs read: GeoJSON, KML, GPX, CSV. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { csv } from "./csv.ts";

const XML = `<?xml version="1.0" encoding="UTF-8"?>\n`;
const escaped = (text: unknown): string => String(text).replace(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const pair = ([lon, lat]: Position): string => `${lon},${lat}`;
const name = ({ properties }: Feature): string =>
  String(properties?.["name"] ?? properties?.["says"] ?? properties?.["street"] ?? "");
const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");

/** A geometry in its simple parts. */
function simple(geometry: Geometry): Geometry[] {
  switch (geometry.type) {
    case "GeometryCollection":
      return geometry.geometries.flatMap(simple);
    case "MultiPoint":
      return geometry.coordinates.map((coordinates) => ({ type: "Point", coordinates }));
    case "MultiLineString":
      return geometry.coordinates.map((coordinates) => ({ type: "LineString", coordinates }));
    case "MultiPolygon":
      return geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    default:
      return [geometry];
  }
}

function kmlOf(geometry: Geometry): string {
  const ring = (positions: readonly Position[]): string =>
    `<LinearRing><coordinates>${positions.map(pair).join(" ")}</coordinates></LinearRing>`;
  if (geometry.type === "Point") return `<Point><coordinates>${pair(geometry.coordinates)}</coordinates></Point>`;
  if (geometry.type === "LineString")
    return `<LineString><coordinates>${geometry.coordinates.map(pair).join(" ")}</coordinates></LineString>`;
  if (geometry.type !== "Polygon") return "";
  const [outer = [], ...holes] = geometry.coordinates;
  const inner = holes.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`).join("");
  return `<Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${inner}</Polygon>`;
}

export function toKml({ features }: FeatureCollection, title: string): string {
  const places = features.map((feature) => {
    const data = Object.entries(feature.properties ?? {}).map(
      ([key, value]) => `<Data name="${escaped(key)}"><value>${escaped(shown(value))}</value></Data>`,
    );
    const parts = simple(feature.geometry).map(kmlOf);
    const ground = parts.length === 1 ? parts[0] : `<MultiGeometry>${parts.join("")}</MultiGeometry>`;
    return `<Placemark><name>${escaped(name(feature))}</name><ExtendedData>${data.join("")}</ExtendedData>${ground}</Placemark>`;
  });
  const document = [`<Document><name>${escaped(title)}</name>`, ...places, "</Document>"].join("\n");
  return `${XML}<kml xmlns="http://www.opengis.net/kml/2.2">${document}</kml>\n`;
}

/** Points are waypoints; lines and the outlines of ground are tracks. */
export function toGpx({ features }: FeatureCollection, title: string): string {
  const at = ([lon, lat]: Position): string => `lat="${lat}" lon="${lon}"`;
  const points: string[] = [];
  const tracks: string[] = [];
  for (const feature of features)
    for (const part of simple(feature.geometry)) {
      const called = `<name>${escaped(name(feature))}</name>`;
      if (part.type === "Point") points.push(`<wpt ${at(part.coordinates)}>${called}</wpt>`);
      const lines = part.type === "LineString" ? [part.coordinates] : part.type === "Polygon" ? part.coordinates : [];
      for (const line of lines)
        tracks.push(`<trk>${called}<trkseg>${line.map((place) => `<trkpt ${at(place)}/>`).join("")}</trkseg></trk>`);
    }
  const called = `<metadata><name>${escaped(title)}</name></metadata>`;
  const opening = `<gpx version="1.1" creator="Clearway" xmlns="http://www.topografix.com/GPX/1/1">${called}`;
  return `${XML}${[opening, ...points, ...tracks, "</gpx>"].join("\n")}\n`;
}

/** A row for each feature: its first position, and all that is known of it. */
export function toCsv({ features }: FeatureCollection): string {
  const names = [...new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const first = (geometry: Geometry): Position => {
    const [part] = simple(geometry);
    if (part?.type === "Point") return part.coordinates;
    if (part?.type === "LineString") return part.coordinates[0] ?? [];
    return part?.type === "Polygon" ? (part.coordinates[0]?.[0] ?? []) : [];
  };
  const rows = features.map(({ geometry, properties }) => {
    const [lon = "", lat = ""] = first(geometry);
    return [lat, lon, geometry.type, ...names.map((key) => properties?.[key])];
  });
  return csv([["latitude", "longitude", "shape", ...names], ...rows]);
}
