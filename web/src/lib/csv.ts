/** Tables as other programs read them: a line for each row, and no cell that a spreadsheet takes for a formula. */

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");

/** What would be taken for a formula is text; a number below 0 is a number. */
function cell(value: unknown): string {
  const text = shown(value).replace(/^(?=[=+\-@\t\r])(?!-?\d+(\.\d+)?$)/, "'");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = (rows: readonly (readonly unknown[])[]): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/** A column: its title, and what a row has in it. */
export type Column<T> = readonly [title: string, of: (row: T) => string | number];

export const csvTable = <T>(rows: readonly T[], columns: readonly Column<T>[]): string =>
  csv([columns.map(([title]) => title), ...rows.map((row) => columns.map(([, of]) => of(row)))]);
