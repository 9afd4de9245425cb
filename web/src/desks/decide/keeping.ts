/** What was brought in and typed at the Decide desk stays in this tab: through a reload, until it is left out or sent. */
import type { FileGiven } from "../../contract/index.ts";
import { keepValue, keptValue } from "../../lib/kept.ts";
import { type Dispose, onChange } from "../../lib/store.ts";
import type { PictureStore } from "../picture/store.ts";
import { emptyForm, type SignForm } from "./form.ts";
import { look } from "./options.ts";
import type { DecideStore } from "./store.ts";

type Typed = { readonly form?: Partial<SignForm>; readonly completing?: string };

const isTyped = ({ id: _, ...form }: SignForm): boolean =>
  Object.values(form).some((part) => Object.keys(part).length > 0);

/** Keep it by operation, put it back when that is open again, and ask again what the files hold. */
export function keepTyped(store: DecideStore, picture: PictureStore): Dispose {
  let open = "";
  const putBack = (): void => {
    const id = store.get().operation?.id ?? "";
    if (id === open || !id) return;
    open = id;
    const typed = keptValue(`decision:${id}`) as Typed | undefined;
    const files = (keptValue(`options:${id}`) ?? []) as readonly FileGiven[];
    store.set({
      form: { ...emptyForm(), ...typed?.form },
      completing: typed?.completing ?? "",
      files,
      brought: null,
      broughtFailure: "",
    });
  };
  const ask = (): void => {
    const { files, brought, broughtFailure } = store.get();
    if (files.length && !brought && !broughtFailure && picture.get().picture) void look(store, files);
  };
  const ends = [
    onChange(store, ["operation"], putBack),
    onChange(store, ["files"], ({ files }) =>
      store.set({ isKept: keepValue(`options:${open}`, files.length ? files : undefined) }),
    ),
    onChange(store, ["form", "completing"], ({ form, completing }) => {
      keepValue(`decision:${open}`, completing || isTyped(form) ? { form, completing } : undefined);
    }),
    onChange(store, ["files"], ask),
    onChange(picture, ["picture"], ask),
  ];
  putBack();
  ask();
  return () => {
    for (const end of ends) end();
  };
}
