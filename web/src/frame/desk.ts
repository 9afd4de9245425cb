/** What a desk is: one value of this type, and one line in desks/index.ts. */

import type { FeatureCollection } from "geojson";
import type { Map as MapLibre } from "maplibre-gl";
import type { ComponentChildren } from "preact";
import type { Fact, NetworkDetails, OperationDetails, SearchHit } from "../contract/index.ts";
import type { Result } from "../lib/result.ts";
import type { Dispose, Store } from "../lib/store.ts";
import type { Bounds } from "../map/bounds.ts";
import type { MapLayers } from "../map/layers.ts";
import type { Theme } from "../map/theme.ts";

/** In the order of the rail. */
export const GROUPS = ["know", "act", "weigh", "tell", "room"] as const;
export type Group = (typeof GROUPS)[number];

/** What all desks share. */
export type FrameState = {
  /** The desk that is open, by its id. */
  readonly desk: string;
  /** The tab last looked at, by the id of its desk. */
  readonly part: string;
  readonly network: NetworkDetails;
  readonly operation: OperationDetails | null;
  readonly dark: boolean;
  /** Which of the frame's own windows is open, by its name; empty for none. */
  readonly dialog: string;
  readonly panelOpen: boolean;
  /** A short word on what just happened, read aloud too. */
  readonly notice: string;
  /** What a link said that could not be opened; empty where all could. */
  readonly unopened: readonly string[];
  /** Why nothing can be saved or read now; empty while the record answers. */
  readonly trouble: string;
};

export type FrameStore = Store<FrameState>;

/** A desk with its store. */
export type Placed<S = unknown> = { readonly desk: Desk<S>; readonly open: Open<S> };

export type Frame = {
  readonly state: FrameStore;
  /** There from the first start of a desk on. */
  map: MapLibre;
  /** What the address said when the page was opened. */
  readonly said: URLSearchParams;
  /** In the order of desks/index.ts; those that need an operation are left out where there is none. */
  readonly desks: readonly Placed[];
  /** The store of another desk; of one that comes earlier in desks/index.ts while stores are created. */
  readonly storeOf: <S>(desk: Desk<S>) => S;
};

/** A desk at work: its store, and the frame it stands in. Every part of a desk is a component or a function of these. */
export type Open<S> = { readonly store: S; readonly frame: Frame };

/** An entry of the rail below the desks. */
export type Tool = {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** How it is read aloud, where the title will not do. */
  readonly name?: string;
  readonly icon: string;
  readonly act: () => void;
  /** For a tool that is held in hand: whether it is. */
  readonly isOn?: () => boolean;
};

/** What can be done by name: the palette lists it. */
export type Command = {
  readonly id: string;
  readonly label: string;
  /** Other words that it is looked for by. */
  readonly also?: string;
  readonly keys?: string;
  /** A button in the top bar, with the word that it is called there. */
  readonly button?: { readonly label: string; readonly icon: string };
  readonly act: () => void;
};

/** The heading of what the search finds as a moment to go to; it stands before streets. */
export const TIMES = "Time";

/** Something of a desk's own that the search finds. */
export type Hit = {
  readonly label: string;
  readonly note: string;
  /** Under which heading it stands. */
  readonly group?: string;
  readonly act: () => void;
};

/** Its part of the address: names and values, as in `entry=d11-people-800`. A name may occur more than once. */
export type Pairs = readonly (readonly [name: string, value: string])[];

export type DeskLink<S> = {
  /** The names whose change is a step that "back" takes back; others replace the address quietly. */
  readonly steps: readonly string[];
  write(open: Open<S>): Pairs;
  /** What of an address it cannot read, in words: "the moment looked at". */
  readonly faults?: (said: URLSearchParams) => readonly string[];
  /** Called with the first address, and whenever "back" or "forward" brings another. */
  read(said: URLSearchParams, open: Open<S>): void;
};

export type UndoSteps = {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
};

/** A sheet of paper: the map as it is best seen, what stands above it and below. */
export type Sheet = {
  /** Null for what is seen. */
  readonly bounds: Bounds | null;
  readonly alt: string;
  readonly head: ComponentChildren;
  readonly rest: ComponentChildren;
};

export type Desk<S = unknown> = {
  readonly id: string;
  readonly label: string;
  /** A drawing of icons/*.svg. */
  readonly icon: string;
  readonly group: Group;
  /** The id of the desk in whose panel this one is a tab; it has no entry in the rail then. */
  readonly within?: string;
  /** What its tab is called, where it has tabs beside it and its label will not do. */
  readonly tab?: string;
  /** What the panel is called, where the label will not do. */
  readonly panelName?: string;
  /** What the palette adds to "Go to the ... desk". */
  readonly about?: string;
  /** There is nothing to do here before an operation was opened. */
  readonly needsOperation?: boolean;
  /** The moment that is looked at, in milliseconds; null where it looks at none. */
  moment?(open: Open<S>): number | null;
  /** What the top bar calls the page at this desk: the operation (where there is one), or the network. */
  readonly title?: "operation" | "network";

  createStore(frame: Frame): S;

  /** The panel on the right: the answer in a sentence, the figures, the list, the sources. */
  panel(open: Open<S>): ComponentChildren;
  /** What stands above the tabs' own parts: the card of what is selected. */
  head?(open: Open<S>): ComponentChildren;
  /** A line at the foot of the panel that stays in view. */
  foot?(open: Open<S>): ComponentChildren;
  /** In place of the map. */
  sheet?(open: Open<S>): ComponentChildren;
  /** What the signs on the map mean. */
  legend?(open: Open<S>): ComponentChildren;
  /** Rows of the legend for what it draws at other desks too. */
  signs?(open: Open<S>): ComponentChildren;
  /** The bar of time below the map. */
  timebar?(open: Open<S>): ComponentChildren;
  /** Beside the title, at every desk. */
  beside?(open: Open<S>): ComponentChildren;
  /** What goes on, over the map, at every desk. */
  status?(open: Open<S>): ComponentChildren;
  /** Dialogs. */
  dialogs?(open: Open<S>): ComponentChildren;

  tools?(open: Open<S>): readonly Tool[];
  commands?(open: Open<S>): readonly Command[];
  /** Single keys while the desk is open and nobody types; "escape" too while somebody types. */
  keys?(open: Open<S>): Readonly<Record<string, () => void>>;
  undo?(open: Open<S>): UndoSteps;
  /** What it knows that fits these words. */
  search?(open: Open<S>, words: string, signal: AbortSignal): Promise<Result<readonly Hit[], unknown>>;
  /** Show the words that an entry rests on; false where it rests on none that are kept here. */
  source?(open: Open<S>, fact: Fact): boolean;
  /** A street, place or address was found by its name and is looked at. */
  found?(open: Open<S>, hit: SearchHit): void;

  layers?(theme: Theme): MapLayers;
  /** Whether a layer is to be seen; where not said, while the desk is open. Signals that are read are followed. */
  shows?(open: Open<S>, layer: string): boolean;
  /** Begin to fill the layers and to listen to the map, which is ready now. */
  attach?(open: Open<S>, map: MapLibre): void;
  /** Begin to work: ask the server, listen, keep up. */
  start?(open: Open<S>): Dispose | undefined;

  readonly link?: DeskLink<S>;
  /** Bring the map to all that it shows; false where it shows nothing. */
  fit?(open: Open<S>): boolean;
  /** What is seen on its map, with what is known of each thing; null where there is nothing. */
  seen?(open: Open<S>): FeatureCollection | null;
  /** The sheet to print; null where it has nothing to show now. */
  print?(open: Open<S>): Sheet | null;
};
