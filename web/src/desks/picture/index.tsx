/** The Picture desk: what was the case at a moment, as known at another. */
import type { Fact } from "../../contract/index.ts";
import type { Desk, Frame, Open } from "../../frame/desk.ts";
import { firstOf } from "../../frame/frame.ts";
import icon from "../../icons/picture.svg";
import { DomPart } from "../../lib/dom-part.tsx";
import { findEntries, pictureCommands, pictureTools } from "./commands.ts";
import { entryForm } from "./entry-form.ts";
import { pictureLegend } from "./legend.ts";
import { readPicture, writePicture } from "./link.ts";
import { followLive, startLoading } from "./load.ts";
import { keepMarks, markLayers } from "./marks.ts";
import { openOperationForm } from "./open-operation.ts";
import { pictureParts } from "./panel.ts";
import { Pending } from "./pending.tsx";
import "./picture.css";
import { choose, createPictureStore, follow, type PictureStore, write } from "./store.ts";
import { timeBar } from "./timebar.ts";

type AtPicture = Open<PictureStore>;

/** The words that an entry rests on, where another desk has them. */
const showSource = (frame: Frame, fact: Fact): void =>
  void firstOf(frame, ({ desk, open }) => desk.source?.(open, fact) || null);

export const picture: Desk<PictureStore> = {
  id: "picture",
  label: "Picture",
  icon,
  group: "know",

  createStore: ({ state, said }) => createPictureStore(state, readPicture(said)),

  panel: ({ store, frame }: AtPicture) => (
    <DomPart
      make={() =>
        store.get().operation
          ? pictureParts(
              store,
              () => write(store),
              (fact) => showSource(frame, fact),
            )
          : openOperationForm()
      }
    />
  ),
  legend: ({ store }) => <DomPart make={() => pictureLegend(store)} />,
  timebar: ({ store }) => store.get().operation && <DomPart make={() => timeBar(store)} />,
  beside: ({ store }) => <Pending store={store} />,
  dialogs: ({ store }) => <DomPart make={() => entryForm(store)} />,

  tools: pictureTools,
  commands: pictureCommands,
  keys: ({ store }) => ({ n: () => write(store), escape: () => choose(store, null) }),
  search: findEntries,

  layers: markLayers,
  attach: ({ store }, map) => keepMarks(map, store),
  start({ store }: AtPicture) {
    followLive(store, startLoading(store));
    return undefined;
  },

  link: {
    steps: ["entry"],
    write: ({ store }) => writePicture(store.get()),
    read: (said, { store }) => follow(store, readPicture(said)),
  },
};
