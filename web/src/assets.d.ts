/** The build turns a drawing into its text, and gathers styles into one sheet. */
declare module "*.md" {
  const text: string;
  export default text;
}
declare module "*.svg" {
  const text: string;
  export default text;
}
declare module "*.css";
