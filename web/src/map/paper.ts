/** The map as a picture that can be printed: with a scale and an arrow to the north. */
import type { Map as MapLibre } from "maplibre-gl";
import type { Bounds } from "./bounds.ts";
import { roomForPanels } from "./view.ts";

const INK = "#1b1f24";
const MARGIN_PX = 14;
/** The scale takes at most this share of the width. */
const SCALE_SHARE = 0.22;
const ARROW_PX = 34;
const STEPS = [5, 2, 1] as const;

/** The largest of 1, 2, 5, 10, 20, ... that is not above this. */
export function roundLength(most: number): number {
  const tens = 10 ** Math.floor(Math.log10(most));
  return tens * (STEPS.find((step) => step * tens <= most) ?? 1);
}

const lengthWords = (metres: number): string => (metres < 1000 ? `${metres} m` : `${metres / 1000} km`);

/** Metres of ground that a pixel of the page shows, in the middle of the map. */
export function metresPerPixel(map: MapLibre): number {
  const { clientWidth, clientHeight } = map.getContainer();
  const [x, y] = [clientWidth / 2, clientHeight / 2];
  return map.unproject([x - 50, y]).distanceTo(map.unproject([x + 50, y])) / 100;
}

function drawScale(pen: CanvasRenderingContext2D, width: number, height: number, perPixel: number): void {
  const metres = roundLength(width * SCALE_SHARE * perPixel);
  const length = metres / perPixel;
  const [left, foot] = [MARGIN_PX, height - MARGIN_PX];
  pen.fillStyle = "rgb(255 255 255 / 85%)";
  pen.fillRect(left - 6, foot - 28, length + 12, 34);
  pen.fillStyle = INK;
  pen.font = "600 13px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.fillText(`0`, left, foot - 12);
  pen.textAlign = "right";
  pen.fillText(lengthWords(metres), left + length, foot - 12);
  pen.strokeStyle = INK;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(left, foot - 8);
  pen.lineTo(left, foot);
  pen.lineTo(left + length, foot);
  pen.lineTo(left + length, foot - 8);
  pen.stroke();
}

function drawNorth(pen: CanvasRenderingContext2D, width: number, bearing: number): void {
  pen.save();
  pen.translate(width - MARGIN_PX - ARROW_PX / 2, MARGIN_PX + ARROW_PX / 2);
  pen.fillStyle = "rgb(255 255 255 / 85%)";
  pen.beginPath();
  pen.arc(0, 0, ARROW_PX / 2 + 4, 0, 2 * Math.PI);
  pen.fill();
  pen.rotate((-bearing * Math.PI) / 180);
  pen.fillStyle = INK;
  pen.beginPath();
  pen.moveTo(0, -ARROW_PX / 2);
  pen.lineTo(7, 0);
  pen.lineTo(-7, 0);
  pen.fill();
  pen.font = "700 14px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.fillText("N", 0, 14);
  pen.restore();
}

/** The map as it stands, as the address of an image. */
export function pictureOf(map: MapLibre): string {
  const source = map.getCanvas();
  const { clientWidth, clientHeight } = map.getContainer();
  const paper = document.createElement("canvas");
  paper.width = source.width;
  paper.height = source.height;
  const pen = paper.getContext("2d");
  if (!pen) return source.toDataURL("image/png");
  pen.drawImage(source, 0, 0);
  pen.scale(source.width / clientWidth, source.height / clientHeight);
  drawScale(pen, clientWidth, clientHeight, metresPerPixel(map));
  drawNorth(pen, clientWidth, map.getBearing());
  return paper.toDataURL("image/png");
}

/** What is seen of the map beside the panels. */
export function seenBounds(map: MapLibre): Bounds {
  const { top, right, bottom, left } = roomForPanels();
  const { clientWidth, clientHeight } = map.getContainer();
  const corners = [
    map.unproject([left, top]),
    map.unproject([clientWidth - right, top]),
    map.unproject([left, clientHeight - bottom]),
    map.unproject([clientWidth - right, clientHeight - bottom]),
  ];
  const [lons, lats] = [corners.map(({ lng }) => lng), corners.map(({ lat }) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
