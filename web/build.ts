/**
 * Bundles the page: node build.ts [--out FOLDER] [--watch].
 *
 * What is rarely used is a file of its own, which the page loads when it is wanted. MapLibre looks for its worker beside the
 * script that loaded it, so the worker is bundled by itself.
 */
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" }, watch: { type: "boolean" } } });
const out = resolve(values.out ?? join(here, "../src/clearway/server/static"));

/** Half of MapLibre's style sheet draws controls that this page has not; each rule of theirs names one of these. */
const ABSENT = "popup|geolocate|user-location|fullscreen|shrink|compass|terrain|globe|ctrl-logo|cooperative|-message";
const rulesOfAbsent = new RegExp(`[^{}]*(?:${ABSENT})[^{}]*\\{[^{}]*\\}`, "g");

const onlyOurControls: esbuild.Plugin = {
  name: "only our controls",
  setup(build) {
    build.onLoad({ filter: /maplibre-gl\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(rulesOfAbsent, ""),
      loader: "css",
    }));
  },
};

const options: esbuild.BuildOptions = {
  absWorkingDir: here,
  outdir: out,
  outExtension: { ".js": ".mjs" },
  loader: { ".svg": "text", ".md": "text" },
  jsx: "automatic",
  jsxImportSource: "preact",
  bundle: true,
  format: "esm",
  target: ["es2023"],
  minify: !values.watch,
  legalComments: "eof",
  plugins: [onlyOurControls],
  logLevel: "warning",
};
const bundles: readonly esbuild.BuildOptions[] = [
  { ...options, entryPoints: { app: "src/main.ts" }, splitting: true, chunkNames: "[name]-[hash]" },
  { ...options, entryPoints: { "maplibre-gl-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" } },
];

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await cp(join(here, "src/public"), out, { recursive: true });

for (const bundle of bundles) {
  if (!values.watch) await esbuild.build(bundle);
  else await (await esbuild.context(bundle)).watch();
}
if (values.watch) console.log(`Watching; writing to ${out}`);
