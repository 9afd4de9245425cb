/** The token of a server that other machines reach: taken out of the address, or asked for. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import * as api from "../contract/api.ts";

const ASKS = "This server asks for its token. It stands in the address that was printed when the server started.";

/** What an address says but the token, and the token. */
export function tokenOf(hash: string): { readonly token: string | null; readonly rest: string } {
  const parts = hash.replace(/^#/, "").split("&");
  const found = parts.find((part) => part.startsWith("token="));
  const token = found === undefined ? null : found.slice("token=".length);
  return { token, rest: parts.filter((part) => part !== found).join("&") };
}

/** Exchange the token in the address for a cookie; the address keeps the rest. What is wrong with it, or nothing. */
export async function enter(): Promise<string> {
  const { token, rest } = tokenOf(location.hash);
  if (token === null) return "";
  history.replaceState(null, "", rest ? `#${rest}` : location.pathname);
  const opened = await api.openSession(token);
  return opened.ok ? "" : opened.error.message;
}

/** Asks for the token; the whole address will do. */
export function Entrance({ wrong }: { readonly wrong: string }): JSX.Element {
  const [problem, setProblem] = useState(wrong);
  const [typed, setTyped] = useState("");
  const open = async (event: Event): Promise<void> => {
    event.preventDefault();
    const text = typed.trim();
    const opened = await api.openSession(tokenOf(text.slice(text.indexOf("#") + 1)).token ?? text);
    if (opened.ok) location.reload();
    else setProblem(opened.error.message);
  };
  return (
    <form class="apology" onSubmit={open}>
      <h1>Clearway</h1>
      <p>{ASKS}</p>
      <label class="field">
        Token, or the whole address
        <input
          type="password"
          autocomplete="current-password"
          required
          autofocus
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p role="alert" hidden={problem === ""}>
        {problem}
      </p>
      <button type="submit" class="primary">
        Open
      </button>
    </form>
  );
}
