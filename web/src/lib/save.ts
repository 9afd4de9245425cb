/** Hands a text, or what the server made, to whoever uses the page as a file. */
export const save = (name: string, type: string, text: string): void => saveFile(name, new Blob([text], { type }));

export function saveFile(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
