/** The Picture desk: what was the case at a moment, as known at another. */
import type { FeatureCollection } from "geojson";
import type { Fact } from "../../contract/index.ts";
import type { Desk, Frame, Open } from "../../frame/desk.ts";
import { firstOf } from "../../frame/frame.ts";
import { openDialog } from "../../frame/open-dialog.ts";
import icon from "../../icons/picture.svg";
import { DAY_MS } from "../../lib/times.ts";
import { findEntries, pictureCommands, pictureTools } from "./commands.ts";
import { EntryForm } from "./entry-form.tsx";
import { playFilm } from "./film.ts";
import { PictureLegend } from "./legend.tsx";
import { pictureFaults, readPicture, writePicture } from "./link.ts";
import { followLive, startLoading } from "./load.ts";
import { keepMarks, markLayers } from "./marks.ts";
import { PicturePanel } from "./panel.tsx";
import { Pending } from "./pending.tsx";
import { keepPicking, PickBar } from "./picking.tsx";
import "./picture.css";
import { pictureSheet } from "./print.tsx";
import { SitrepForm } from "./sitrep-form.tsx";
import { choose, createPictureStore, follow, type PictureStore, showOnTrack, write } from "./store.ts";
import { timeKeys } from "./time-steps.ts";
import { TimeBar } from "./timebar.tsx";
import { JustWritten, writtenSteps } from "./written.tsx";

const NARROW = "(max-width: 759px)";

type AtPicture = Open<PictureStore>;

/** The words that an entry rests on, where another desk has them. */
export const showSource = (frame: Frame, fact: Fact): void =>
  void firstOf(frame, ({ desk, open }) => desk.source?.(open, fact) || null);

const NoOperation = ({ frame }: { readonly frame: Frame }) => (
  <div class="open-operation">
    <p class="lead">No operation is open yet. Name one to begin its record.</p>
    <button type="button" class="primary" onClick={() => openDialog(frame, "rooms")}>
      New operation
    </button>
  </div>
);

export const picture: Desk<PictureStore> = {
  id: "picture",
  label: "Picture",
  icon,
  group: "know",

  createStore: ({ state, said }) => createPictureStore(state, readPicture(said)),

  panel: ({ store, frame }: AtPicture) =>
    store.get().operation ? (
      <PicturePanel store={store} toWords={(fact) => showSource(frame, fact)} />
    ) : (
      <NoOperation frame={frame} />
    ),
  legend: ({ store, frame }) => (
    <PictureLegend
      store={store}
      also={frame.desks.map(({ desk, open }) => desk.signs && <desk.signs key={desk.id} {...open} />)}
    />
  ),
  status: ({ store }) => <JustWritten store={store} />,
  undo: ({ store }) => writtenSteps(store),
  timebar: ({ store }) => <TimeBar store={store} />,
  beside: ({ store }) => <Pending store={store} />,
  dialogs: ({ store }) => (
    <>
      <EntryForm store={store} />
      <PickBar store={store} />
      <SitrepForm store={store} />
    </>
  ),

  moment: ({ store }) => (store.get().operation ? store.get().at : null),

  tools: pictureTools,
  commands: pictureCommands,
  keys: ({ store }) => ({ ...timeKeys(store), n: () => write(store), escape: () => choose(store, null) }),
  search: findEntries,

  layers: markLayers,
  attach({ store }: AtPicture, map) {
    keepMarks(map, store);
    keepPicking(map, store);
  },
  start({ store }: AtPicture) {
    const loader = startLoading(store);
    // a finger's breadth is not an hour: little width shows two days
    if (matchMedia(NARROW).matches) showOnTrack(store, 2 * DAY_MS);
    const ends = [loader.end, followLive(store, loader), playFilm(store)];
    return () => {
      for (const end of ends) end();
    };
  },

  seen: ({ store }) => store.get().marks as FeatureCollection | null,
  print: ({ store }) => pictureSheet(store),

  link: {
    steps: ["entry"],
    faults: pictureFaults,
    write: ({ store }) => writePicture(store.get()),
    read: (said, { store }) => follow(store, readPicture(said)),
  },
};
