import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature, FeatureCollection } from "geojson";
import { heldIn, taken } from "../src/desks/plan/take-over.ts";
import { readGeo } from "../src/lib/geo-read.ts";
import { toCsv, toGpx, toKml } from "../src/lib/geo-write.ts";
import { QUESTION } from "./question.fixture.ts";

const SEEN: FeatureCollection = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "M\u0101ori <Hill>", note: "=1+1", many: -3 },
      geometry: { type: "Point", coordinates: [174.77, -41.28] },
    },
    {
      type: "Feature",
      properties: { name: "Ground" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [1, 2],
            [3, 2],
            [3, 4],
            [1, 2],
          ],
        ],
      },
    },
    {
      type: "Feature",
      properties: {},
      geometry: {
        type: "MultiLineString",
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
      },
    },
  ],
};

test("what is seen becomes KML with names, data and ground", () => {
  const kml = toKml(SEEN, "A & B");
  assert.ok(kml.includes("<name>A &#38; B</name>") && kml.includes("<name>M\u0101ori &#60;Hill&#62;</name>"));
  assert.ok(kml.includes("<Point><coordinates>174.77,-41.28</coordinates></Point>"));
  assert.ok(
    kml.includes(
      "<outerBoundaryIs><LinearRing><coordinates>1,2 3,2 3,4 1,2</coordinates></LinearRing></outerBoundaryIs>",
    ),
  );
  assert.ok(kml.includes("<MultiGeometry><LineString>"));
});

test("what is seen becomes GPX: points are waypoints, lines and outlines tracks", () => {
  const gpx = toGpx(SEEN, "Seen");
  assert.ok(gpx.includes('<wpt lat="-41.28" lon="174.77"><name>M\u0101ori &#60;Hill&#62;</name></wpt>'));
  assert.equal(gpx.match(/<trk>/g)?.length, 3);
});

test("what is seen becomes a table; a formula is text there, a number stays one", () => {
  assert.deepEqual(toCsv(SEEN).split("\r\n").slice(0, 3), [
    "latitude,longitude,shape,name,note,many",
    "-41.28,174.77,Point,M\u0101ori <Hill>,'=1+1,-3",
    "2,1,Polygon,Ground,,",
  ]);
});

const file = (name: string, content: BlobPart): File => new File([content], name);
const read = async (name: string, content: BlobPart): Promise<string | readonly Feature[]> => {
  const found = await readGeo(file(name, content));
  return found.ok ? found.value : found.error;
};

test("GeoJSON is read, and what is none is refused in a sentence", async () => {
  const found = await read("seen.geojson", JSON.stringify(SEEN));
  assert.equal(found.length, 3);
  const remedy = "Save it as GeoJSON, KML or GPX with longitude and latitude (WGS 84), and choose that.";
  assert.equal(await read("a.geojson", "{"), `a.geojson is not GeoJSON. ${remedy}`);
  assert.equal(await read("a.docx", "x"), `a.docx is of a kind that the page does not read. ${remedy}`);
  assert.equal(await read("a.zip", "x"), `a.zip is not a whole zip. ${remedy}`);
  assert.equal(
    await read("a.geojson", '{"type":"FeatureCollection","features":[]}'),
    `a.geojson holds nothing to put on the map. ${remedy}`,
  );
  assert.equal(
    await read("a.geojson", '{"type":"Point","coordinates":[1748000,5427000]}'),
    `a.geojson has a place without longitude and latitude. ${remedy}`,
  );
});

test("XML that defines entities is refused before it is parsed", async () => {
  const bomb =
    '<!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>';
  for (const name of ["bomb.kml", "bomb.gpx"])
    assert.match(String(await read(name, bomb)), /defines entities, as files do that are made to harm\./);
});

function shapefile(): Uint8Array<ArrayBuffer> {
  const ring = [
    [174.77, -41.28],
    [174.77, -41.27],
    [174.78, -41.27],
    [174.78, -41.28],
    [174.77, -41.28],
  ];
  const body = 44 + 4 + 16 * ring.length;
  const view = new DataView(new ArrayBuffer(100 + 8 + body));
  view.setUint32(100, 1);
  view.setUint32(104, body / 2);
  view.setUint32(108, 5, true);
  view.setUint32(108 + 36, 1, true);
  view.setUint32(108 + 40, ring.length, true);
  ring.forEach(([lon = 0, lat = 0], index) => {
    view.setFloat64(108 + 48 + 16 * index, lon, true);
    view.setFloat64(108 + 56 + 16 * index, lat, true);
  });
  return new Uint8Array(view.buffer);
}

function zip(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Blob {
  const parts: BlobPart[] = [];
  const list: BlobPart[] = [];
  let [at, size] = [0, 0];
  for (const [name, content] of Object.entries(files)) {
    const local = new DataView(new ArrayBuffer(30));
    local.setUint16(26, name.length, true);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(20, content.length, true);
    entry.setUint16(28, name.length, true);
    entry.setUint32(42, at, true);
    parts.push(local.buffer, name, content);
    list.push(entry.buffer, name);
    at += 30 + name.length + content.length;
    size += 46 + name.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, Object.keys(files).length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...list, end.buffer]);
}

test("a shapefile in a zip is read; one in the metres of a national grid is refused", async () => {
  const found = await readGeo(new File([zip({ "site.shp": shapefile() })], "site.zip"));
  assert.ok(found.ok);
  assert.equal(found.value[0]?.geometry.type, "MultiPolygon");
  const grid = new TextEncoder().encode('PROJCS["NZGD2000"]');
  const refused = await readGeo(new File([zip({ "site.shp": shapefile(), "site.prj": grid })], "site.zip"));
  assert.ok(!refused.ok && refused.error.startsWith("site.zip is in the metres of a national grid."));
});

test("what lies in the city is taken over, part by part, and the rest is counted", async () => {
  const features = [
    {
      type: "Feature",
      properties: {},
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [174.77, -41.28],
            [174.78, -41.28],
            [174.78, -41.27],
            [174.77, -41.28],
          ],
        ],
      },
    },
    {
      type: "Feature",
      properties: { name: "Thorndon", kind: "fire_station" },
      geometry: { type: "Point", coordinates: [174.775, -41.275] },
    },
    { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [24.9, 60.2] } },
  ] as Feature[];
  const held = heldIn(features, [174.7, -41.3, 174.8, -41.2]);
  assert.deepEqual([held.grounds.length, held.points.length, held.lines, held.elsewhere], [1, 1, 0, 1]);
  assert.equal(taken(QUESTION, held, "site").site?.type, "Polygon");
  assert.deepEqual(
    taken(QUESTION, held, "stations").stations?.features.map(({ properties }) => properties),
    [{ name: "Thorndon", kind: "fire_station" }],
  );
  assert.deepEqual(taken({ ...QUESTION, pins: [] }, held, "barriers").pins, [{ lon: 174.775, lat: -41.275 }]);
});
