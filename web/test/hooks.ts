/** Lets Node run the page's sources: JSX by esbuild, drawings and lists as text, no styles. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

registerHooks({
  load(url, context, next) {
    const path = url.startsWith("file:") ? fileURLToPath(url) : "";
    const module = (source: string) => ({ format: "module" as const, source, shortCircuit: true });
    if (path.endsWith(".css")) return module("");
    if (/\.(svg|md)$/.test(path)) return module(`export default ${JSON.stringify(readFileSync(path, "utf8"))};`);
    if (!path.endsWith(".tsx")) return next(url, context);
    const source = readFileSync(path, "utf8");
    return module(transformSync(source, { loader: "tsx", jsx: "automatic", jsxImportSource: "preact" }).code);
  },
});
