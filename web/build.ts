/**
 * Bundles the page: node build.ts [--out FOLDER] [--watch].
 *
 * MapLibre looks for its worker beside the script that loaded it, so the worker is an entry point of its own.
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
  entryPoints: {
    app: "src/main.ts",
    "maplibre-gl-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  },
  outdir: out,
  outExtension: { ".js": ".mjs" },
  loader: { ".svg": "text" },
  jsx: "automatic",
  jsxImportSource: "preact",
  bundle: true,
  format: "esm",
  target: ["es2023"],
  minify: !values.watch,
  legalComments: "eof",
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await cp(join(here, "src/public"), out, { recursive: true });

if (values.watch) {
  const context = await esbuild.context(options);
  await context.watch();
  console.log(`Watching; writing to ${out}`);
} else {
  await esbuild.build(options);
}
