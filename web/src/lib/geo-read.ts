/** Ground, lines and points out of files as people have them: GeoJSON, KML, KMZ, GPX, a shapefile in a .zip. */
import type { Feature, Geometry, Position } from "geojson";
import { err, ok, type Result } from "./result.ts";

export const READ = ".geojson,.json,.kml,.kmz,.gpx,.zip";
const MOST_BYTES = 20 * 2 ** 20;
const MOST_UNFOLDED = 64 * 2 ** 20;
const REMEDY = "Save it as GeoJSON, KML or GPX with longitude and latitude (WGS 84), and choose that.";

class Unreadable extends Error {}

const feature = (geometry: Geometry, properties: Record<string, string>): Feature => ({
  type: "Feature",
  properties,
  geometry,
});

function parsedXml(text: string): Document {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable("defines entities, as files do that are made to harm");
  const parsed = new DOMParser().parseFromString(text, "application/xml");
  if (parsed.querySelector("parsererror")) throw new Unreadable("is not whole XML");
  return parsed;
}

const within = (node: Document | Element, name: string): Element[] => [...node.getElementsByTagNameNS("*", name)];
const textOf = (node: Element, name: string): string => within(node, name)[0]?.textContent?.trim() ?? "";

const positions = (text: string): Position[] =>
  text
    .trim()
    .split(/\s+/)
    .map((part) => part.split(",").slice(0, 2).map(Number));

function fromKml(text: string): Feature[] {
  const along = (node: Element): Position[] => positions(textOf(node, "coordinates"));
  return within(parsedXml(text), "Placemark").flatMap((place) => {
    const data = within(place, "Data").map((one) => [one.getAttribute("name") ?? "", textOf(one, "value")]);
    const known = { ...Object.fromEntries(data), name: textOf(place, "name") };
    const geometries: Geometry[] = [
      ...within(place, "Polygon").map(
        (ground): Geometry => ({
          type: "Polygon",
          coordinates: ["outerBoundaryIs", "innerBoundaryIs"].flatMap((name) => within(ground, name).map(along)),
        }),
      ),
      ...within(place, "LineString").map((line): Geometry => ({ type: "LineString", coordinates: along(line) })),
      ...within(place, "Point").map((point): Geometry => ({ type: "Point", coordinates: along(point)[0] ?? [] })),
    ];
    return geometries.map((geometry) => feature(geometry, known));
  });
}

function fromGpx(text: string): Feature[] {
  const parsed = parsedXml(text);
  const at = (node: Element): Position => [Number(node.getAttribute("lon")), Number(node.getAttribute("lat"))];
  const named = (node: Element) => ({ name: textOf(node, "name"), kind: textOf(node, "type") });
  const line = (node: Element, point: string, owner: Element): Feature =>
    feature({ type: "LineString", coordinates: within(node, point).map(at) }, named(owner));
  return [
    ...within(parsed, "wpt").map((point) => feature({ type: "Point", coordinates: at(point) }, named(point))),
    ...within(parsed, "rte").map((route) => line(route, "rtept", route)),
    ...within(parsed, "trk").flatMap((track) => within(track, "trkseg").map((part) => line(part, "trkpt", track))),
  ];
}

function fromGeoJson(text: string): Feature[] {
  const read = (value: unknown): Feature[] => {
    const held = (value ?? {}) as { type?: string; features?: unknown[]; geometry?: Geometry; properties?: object };
    if (held.type === "FeatureCollection") return (held.features ?? []).flatMap(read);
    if (held.type === "Feature" && held.geometry)
      return [feature(held.geometry, (held.properties ?? {}) as Record<string, string>)];
    if (held.type && "coordinates" in held) return [feature(value as Geometry, {})];
    throw new Unreadable("is not GeoJSON");
  };
  try {
    return read(JSON.parse(text));
  } catch {
    throw new Unreadable("is not GeoJSON");
  }
}

/** One file of a zip, within bounds. */
async function unfolded(packed: Blob, method: number): Promise<ArrayBuffer> {
  if (method === 0) return packed.arrayBuffer();
  if (method !== 8) throw new Unreadable("is packed in a way that the page does not read");
  const reader = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces: BlobPart[] = [];
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces).arrayBuffer();
    size += value.length;
    if (size > MOST_UNFOLDED) throw new Unreadable("unfolds to more than 64 MB");
    pieces.push(value);
  }
}

const END = 0x06054b50;
const END_BYTES = 22;

/** The files of a zip by the ending of their names. */
async function zipped(file: Blob): Promise<Map<string, ArrayBuffer>> {
  const view = new DataView(await file.arrayBuffer());
  let end = view.byteLength - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new Unreadable("is not a whole zip");
  const found = new Map<string, ArrayBuffer>();
  let at = view.getUint32(end + 16, true);
  for (let many = Math.min(view.getUint16(end + 10, true), 200); many > 0; many -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, nameLength)).toLowerCase();
    const header = view.getUint32(at + 42, true);
    const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    const packed = file.slice(start, start + view.getUint32(at + 20, true));
    const ending = /\.(shp|dbf|prj|kml|geojson|gpx)$/.exec(name)?.[1];
    if (ending && !found.has(ending) && !name.includes("__macosx"))
      found.set(ending, await unfolded(packed, view.getUint16(at + 10, true)));
    at += 46 + nameLength + extra + comment;
  }
  return found;
}

/** The rows of a table beside a shapefile. */
function rowsOf(table: ArrayBuffer | undefined): Record<string, string>[] {
  if (!table) return [];
  const view = new DataView(table);
  const [count, head, length] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  const text = (start: number, size: number): string =>
    new TextDecoder()
      .decode(new Uint8Array(table, start, size))
      .replace(/\0.*$/s, "")
      .trim();
  const fields: (readonly [name: string, size: number])[] = [];
  for (let at = 32; at < head - 1 && view.getUint8(at) !== 0x0d; at += 32)
    fields.push([text(at, 11).toLowerCase(), view.getUint8(at + 16)]);
  return Array.from({ length: count }, (_, row) => {
    let at = head + row * length + 1;
    return Object.fromEntries(
      fields.map(([name, size]) => {
        at += size;
        return [name, text(at - size, size)];
      }),
    );
  });
}

/** Rings of a shapefile: an outer one runs clockwise, the holes in it the other way round. */
function groundOf(rings: readonly Position[][]): Geometry {
  const turns = (ring: readonly Position[]): number =>
    ring.reduce((sum, [x = 0, y = 0], index) => {
      const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
      return sum + (nextX - x) * (nextY + y);
    }, 0);
  const grounds: Position[][][] = [];
  for (const ring of rings) {
    if (turns(ring) > 0 || !grounds.length) grounds.push([ring]);
    else grounds.at(-1)?.push(ring);
  }
  return { type: "MultiPolygon", coordinates: grounds };
}

function fromShapes(files: ReadonlyMap<string, ArrayBuffer>): Feature[] {
  const shapes = files.get("shp");
  if (!shapes) throw new Unreadable("holds no .shp, .kml, .gpx or .geojson file");
  if (/^\s*PROJ/i.test(new TextDecoder().decode(files.get("prj") ?? new ArrayBuffer(0))))
    throw new Unreadable("is in the metres of a national grid");
  const rows = rowsOf(files.get("dbf"));
  const view = new DataView(shapes);
  const number = (at: number): number => view.getFloat64(at, true);
  const place = (at: number): Position => [number(at), number(at + 8)];
  const found: Feature[] = [];
  for (let at = 100, row = 0; at + 12 <= shapes.byteLength; row += 1) {
    const size = view.getUint32(at + 4) * 2;
    const [start, kind] = [at + 8, view.getUint32(at + 8, true) % 10];
    const known = rows[row] ?? {};
    if (kind === 1) found.push(feature({ type: "Point", coordinates: place(start + 4) }, known));
    if (kind === 3 || kind === 5) {
      const [parts, points] = [view.getUint32(start + 36, true), view.getUint32(start + 40, true)];
      const first = start + 44 + 4 * parts;
      const from = (part: number): number => (part < parts ? view.getUint32(start + 44 + 4 * part, true) : points);
      const lines = Array.from({ length: parts }, (_, part) =>
        Array.from({ length: from(part + 1) - from(part) }, (_point, index) =>
          place(first + 16 * (from(part) + index)),
        ),
      );
      found.push(feature(kind === 5 ? groundOf(lines) : { type: "MultiLineString", coordinates: lines }, known));
    }
    at = start + size;
  }
  return found;
}

async function featuresOf(file: File): Promise<Feature[]> {
  const kind = /\.(\w+)$/.exec(file.name.toLowerCase())?.[1] ?? "";
  const readers: Readonly<Record<string, (text: string) => Feature[]>> = {
    geojson: fromGeoJson,
    json: fromGeoJson,
    kml: fromKml,
    gpx: fromGpx,
  };
  const read = readers[kind];
  if (read) return read(await file.text());
  if (kind !== "zip" && kind !== "kmz") throw new Unreadable("is of a kind that the page does not read");
  const files = await zipped(file);
  for (const inner of ["kml", "gpx", "geojson"] as const) {
    const held = files.get(inner);
    if (held) return (readers[inner] as (text: string) => Feature[])(new TextDecoder().decode(held));
  }
  return fromShapes(files);
}

const onGlobe = (place: unknown): boolean =>
  Array.isArray(place) && typeof place[0] === "object"
    ? place.length > 0 && place.every(onGlobe)
    : Array.isArray(place) && Math.abs(Number(place[0])) <= 180 && Math.abs(Number(place[1])) <= 90 && place.length > 1;

/** The features of a file, all of them on the globe; a sentence where it cannot be used. */
export async function readGeo(file: File): Promise<Result<Feature[]>> {
  if (file.size > MOST_BYTES) return err(`${file.name} is larger than 20 MB. Cut out what lies in the city.`);
  try {
    const found = await featuresOf(file);
    const sound = found.every(({ geometry }) => "coordinates" in geometry && onGlobe(geometry.coordinates));
    if (!found.length) return err(`${file.name} holds nothing to put on the map. ${REMEDY}`);
    return sound ? ok(found) : err(`${file.name} has a place without longitude and latitude. ${REMEDY}`);
  } catch (error) {
    const why = error instanceof Unreadable ? error.message : "is cut short or damaged";
    return err(`${file.name} ${why}. ${REMEDY}`);
  }
}
