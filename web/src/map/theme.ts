/** The map's colours by day, by night and on paper. Signal colours are Okabe and Ito's; the time scale is ColorBrewer's. */

export type Theme = "day" | "night" | "print";

export type MapColours = {
  readonly ground: string;
  readonly park: string;
  readonly water: string;
  readonly building: string;
  readonly street: string;
  readonly major: string;
  readonly motorway: string;
  readonly casing: string;
  readonly path: string;
  readonly label: string;
  readonly halo: string;
  readonly arrow: string;
  readonly site: string;
  readonly enclosed: string;
  readonly shut: string;
  readonly open: string;
  readonly weak: string;
  readonly bus: string;
  readonly selected: string;
  readonly badge: string;
  readonly badgeText: string;
  readonly badgeRim: string;
  /** Shortest wait first: green and lightest by day and by night, the longest darkest and farthest from green. */
  readonly scale: readonly [string, string, string, string, string];
  readonly unknown: string;
};

const DAY: MapColours = {
  ground: "#f3f2ee",
  park: "#e1ebd8",
  water: "#cfe0ea",
  building: "#e6e3dc",
  street: "#ffffff",
  major: "#ffffff",
  motorway: "#e9e4d4",
  casing: "#d3d0c7",
  path: "#cfcbc0",
  label: "#4a4f57",
  halo: "#fbfaf8",
  arrow: "#8b8f96",
  site: "#b35900",
  enclosed: "#e69f00",
  shut: "#b3140f",
  open: "#007a5a",
  weak: "#7a1f6a",
  bus: "#5b5b00",
  selected: "#0060a8",
  badge: "#b3140f",
  badgeText: "#ffffff",
  badgeRim: "#ffffff",
  scale: ["#94cf9a", "#45b3b0", "#2b8bbe", "#2a5da3", "#1c2a72"],
  unknown: "#b9b6ae",
};

const NIGHT: MapColours = {
  ground: "#16191d",
  park: "#1a231e",
  water: "#12202b",
  building: "#1f2328",
  street: "#343a42",
  major: "#454c56",
  motorway: "#51503f",
  casing: "#0d0f12",
  path: "#2d3239",
  label: "#b6bdc7",
  halo: "#14171b",
  arrow: "#7b838e",
  site: "#f0a04b",
  enclosed: "#c98a10",
  shut: "#ff6b5e",
  open: "#35c39a",
  weak: "#d896cc",
  bus: "#e5d84f",
  selected: "#6cb8f0",
  badge: "#ff6b5e",
  badgeText: "#1a0503",
  badgeRim: "#16191d",
  scale: ["#d3f5c0", "#7fdcc0", "#4db8e6", "#6a97ec", "#9a78ea"],
  unknown: "#4a5058",
};

const PRINT: MapColours = {
  ...DAY,
  ground: "#ffffff",
  park: "#eef3ea",
  building: "#eeeeee",
  casing: "#9a9a9a",
  label: "#222222",
  halo: "#ffffff",
};

const COLOURS: Readonly<Record<Theme, MapColours>> = { day: DAY, night: NIGHT, print: PRINT };

export const coloursOf = (theme: Theme): MapColours => COLOURS[theme];

/** Upper ends of the scale's classes, in seconds; the last class is open. */
export const SCALE_SECONDS: readonly [number, number, number, number] = [120, 240, 360, 480];
