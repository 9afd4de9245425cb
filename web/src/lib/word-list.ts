/** The words of the room, from one list (docs/reference/words.md). Loaded when somebody asks for one. */
import LIST from "../../../docs/reference/words.md";

export type Word = { readonly word: string; readonly meaning: string };

/** The rows of the list's tables: word and meaning, in plain text. */
export function wordsOf(list: string): readonly Word[] {
  const plain = (cell: string): string => cell.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
  return list
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| word |"))
    .map((line) => line.split("|").map((cell) => plain(cell.trim())))
    .map(([, word = "", meaning = ""]) => ({ word, meaning }));
}

export const WORDS: readonly Word[] = wordsOf(LIST);

export const meaningOf = (word: string): string => WORDS.find((one) => one.word === word)?.meaning ?? "";
