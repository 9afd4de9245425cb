/** A report's text cut into pieces: paragraphs, the sentences that support drafts, and what was found in them. */
import type { ReadingAnswer } from "../../contract/index.ts";

export type Sign = "quantity" | "time" | "place" | "speaker";
export type Piece = {
  readonly text: string;
  readonly start: number;
  readonly sign: Sign | null;
  readonly words: boolean;
};
export type Passage = {
  readonly start: number;
  readonly end: number;
  readonly drafts: readonly string[];
  readonly pieces: readonly Piece[];
};
export type Paragraph = readonly Passage[];

type Span = { readonly start: number; readonly end: number };

/** Spans that do not overlap, in order: of two that do, the earlier one stays. */
function apart<T extends Span>(spans: readonly T[]): T[] {
  const kept: T[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || span.start >= last.end) kept.push(span);
  }
  return kept;
}

/** The sentences that support drafts, each with its drafts; one that reaches over several is one with them. */
function passagesOf(report: ReadingAnswer): { start: number; end: number; drafts: string[] }[] {
  const joined: { start: number; end: number; drafts: string[] }[] = [];
  for (const { id, span } of report.drafts.toSorted((a, b) => a.span.start - b.span.start)) {
    const last = joined.at(-1);
    if (last && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
      last.drafts.push(id);
    } else joined.push({ start: span.start, end: span.end, drafts: [id] });
  }
  return joined;
}

export function paragraphsOf(report: ReadingAnswer, words: Span | null): Paragraph[] {
  const { text, mentions } = report;
  const signs = apart([
    ...mentions.quantities.map((one) => ({ ...one, sign: "quantity" as const })),
    ...mentions.times.map((one) => ({ ...one, sign: "time" as const })),
    ...mentions.places.map((one) => ({ ...one, sign: "place" as const })),
  ]);
  const passages = passagesOf(report);
  const paragraphs: Paragraph[] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const [first, last] = [line.index, line.index + line[0].length];
    if (!line[0].trim()) continue;
    const inside = passages.filter((one) => one.start < last && first < one.end);
    const edges = [first, ...inside.flatMap(({ start, end }) => [Math.max(start, first), Math.min(end, last)]), last];
    const cuts = [...new Set(edges)].sort((a, b) => a - b);
    paragraphs.push(
      cuts.slice(0, -1).map((start, at) => {
        const end = cuts[at + 1] as number;
        const drafts = inside.find((one) => one.start <= start && end <= one.end)?.drafts ?? [];
        return { start, end, drafts, pieces: piecesOf(text, start, end, signs, words) };
      }),
    );
  }
  return paragraphs;
}

function piecesOf(
  text: string,
  start: number,
  end: number,
  signs: readonly (Span & { sign: Sign })[],
  words: Span | null,
): Piece[] {
  const near = signs.filter((one) => one.start < end && start < one.end);
  const edges = [
    start,
    end,
    ...near.flatMap((one) => [one.start, one.end]),
    ...(words ? [words.start, words.end] : []),
  ];
  const cuts = [...new Set(edges)].filter((at) => at >= start && at <= end).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => {
    const to = cuts[at + 1] as number;
    const sign = near.find((one) => one.start <= from && to <= one.end)?.sign ?? null;
    return {
      text: text.slice(from, to),
      start: from,
      sign,
      words: words !== null && words.start <= from && to <= words.end,
    };
  });
}
