/** Every sign on the map, drawn here on a canvas; nothing is fetched. */
import type { Map as MapLibre } from "maplibre-gl";
import { coloursOf, type MapColours, type Theme } from "./theme.ts";

type Pen = CanvasRenderingContext2D;
type Icon = { readonly size: number; readonly draw: (pen: Pen, c: MapColours) => void };

const RATIO = 2;

const disc = (pen: Pen, x: number, y: number, radius: number): void => {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
};

/** A filled badge with a rim, so that its number stands out on any ground. */
const badge = (shape: (pen: Pen) => void, fill: (c: MapColours) => string): Icon => ({
  size: 28,
  draw: (pen, c) => {
    shape(pen);
    pen.fillStyle = fill(c);
    pen.strokeStyle = c.badgeRim;
    pen.lineWidth = 2.5;
    pen.stroke();
    pen.fill();
  },
});

const square = (pen: Pen): void => {
  pen.beginPath();
  pen.roundRect(3.5, 3.5, 21, 21, 4);
};

/** A ring with a gap at the top: a gate, where a crew lets listed classes pass. */
const ring: Icon = {
  size: 34,
  draw: (pen, c) => {
    for (const [colour, width] of [
      [c.badgeRim, 6.5],
      [c.badge, 3.5],
    ] as const) {
      pen.beginPath();
      pen.arc(17, 17, 13, -Math.PI * 0.28, Math.PI * 1.28);
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.stroke();
    }
    disc(pen, 17, 17, 9.5);
    pen.fillStyle = c.badgeRim;
    pen.fill();
  },
};

/** The bar across a street, from afar longer than the street is wide. */
const bar: Icon = {
  size: 26,
  draw: (pen, c) => {
    for (const [colour, width] of [
      [c.badgeRim, 8],
      [c.badge, 5],
    ] as const) {
      pen.lineCap = "butt";
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.moveTo(width === 8 ? 1.5 : 3, 13);
      pen.lineTo(width === 8 ? 24.5 : 23, 13);
      pen.stroke();
    }
  },
};

const arrow: Icon = {
  size: 14,
  draw: (pen, c) => {
    pen.strokeStyle = c.arrow;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.moveTo(1, 7);
    pen.lineTo(12.5, 7);
    pen.moveTo(8.5, 3.5);
    pen.lineTo(12.5, 7);
    pen.lineTo(8.5, 10.5);
    pen.stroke();
  },
};

/** Not reached: a cross, so that it is told without its colour. */
const cross: Icon = {
  size: 14,
  draw: (pen, c) => {
    for (const [colour, width] of [
      [c.halo, 5],
      [c.shut, 2.4],
    ] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.moveTo(3, 3);
      pen.lineTo(11, 11);
      pen.moveTo(11, 3);
      pen.lineTo(3, 11);
      pen.stroke();
    }
  },
};

const hatch: Icon = {
  size: 12,
  draw: (pen, c) => {
    pen.strokeStyle = c.site;
    pen.globalAlpha = 0.6;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const shift of [-12, 0, 12]) {
      pen.moveTo(shift - 1, 13);
      pen.lineTo(shift + 13, -1);
    }
    pen.stroke();
  },
};

const plaque = (pen: Pen, c: MapColours, fill: string): void => {
  pen.beginPath();
  pen.roundRect(2, 2, 24, 24, 7);
  pen.strokeStyle = c.badgeRim;
  pen.lineWidth = 2.5;
  pen.stroke();
  pen.fillStyle = fill;
  pen.fill();
};

const ambulance: Icon = {
  size: 28,
  draw: (pen, c) => {
    plaque(pen, c, "#00614a");
    pen.fillStyle = "#ffffff";
    pen.fillRect(11.8, 6.5, 4.4, 15);
    pen.fillRect(6.5, 11.8, 15, 4.4);
  },
};

const fire: Icon = {
  size: 28,
  draw: (pen, c) => {
    plaque(pen, c, "#8a2d00");
    pen.fillStyle = "#ffffff";
    pen.beginPath();
    pen.moveTo(14.5, 5);
    pen.bezierCurveTo(15, 10, 20.5, 11.5, 20, 17);
    pen.bezierCurveTo(19.6, 21, 16.5, 22.5, 14, 22.5);
    pen.bezierCurveTo(11, 22.5, 8.3, 20.6, 8, 17);
    pen.bezierCurveTo(7.8, 14, 9.5, 12.6, 10.2, 10.5);
    pen.bezierCurveTo(11, 12, 11.6, 12.8, 12.6, 13.4);
    pen.bezierCurveTo(12.6, 10, 12.6, 7.5, 14.5, 5);
    pen.fill();
  },
};

const station: Icon = {
  size: 28,
  draw: (pen, c) => {
    plaque(pen, c, "#2a4d7a");
    pen.fillStyle = "#ffffff";
    disc(pen, 14, 14, 5.5);
    pen.fill();
  },
};

const place: Icon = {
  size: 8,
  draw: (pen, c) => {
    disc(pen, 4, 4, 2.4);
    pen.fillStyle = c.label;
    pen.fill();
  },
};

const ICONS: Readonly<Record<string, Icon>> = {
  "barrier-street": badge(
    (pen) => disc(pen, 14, 14, 11),
    (c) => c.badge,
  ),
  "barrier-junction": badge(square, (c) => c.badge),
  "barrier-ghost": badge(
    (pen) => disc(pen, 14, 14, 9),
    (c) => c.unknown,
  ),
  gate: ring,
  bar,
  arrow,
  cross,
  hatch,
  place,
  "station-ambulance_station": ambulance,
  "station-fire_station": fire,
  "station-other": station,
};

function drawn(icon: Icon, colours: MapColours): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = icon.size * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(RATIO, RATIO);
  pen.lineCap = "round";
  pen.lineJoin = "round";
  icon.draw(pen, colours);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Put every sign on the map, or redraw them in another theme's colours. */
export function putIcons(map: MapLibre, theme: Theme): void {
  for (const [name, icon] of Object.entries(ICONS)) {
    const image = drawn(icon, coloursOf(theme));
    if (!image) continue;
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  }
}

/** A sign as a picture for the legend and the lists. */
export function iconElement(name: string, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const icon = ICONS[name];
  const image = icon ? drawn(icon, coloursOf(theme)) : null;
  canvas.setAttribute("aria-hidden", "true");
  if (!icon || !image) return canvas;
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
