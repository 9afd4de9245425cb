/**
 * Bundles the page: node build.ts [--out FOLDER] [--watch].
 *
 * What is rarely used is a file of its own, which the page loads when it is wanted. MapLibre looks for its worker beside the
 * script that loaded it, so the worker is bundled by itself.
 */
import { cp, mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" }, watch: { type: "boolean" } } });
const out = resolve(values.out ?? join(here, "../src/clearway/server/static"));

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
