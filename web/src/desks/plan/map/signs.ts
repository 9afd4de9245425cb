/** Signs that are letters, on the map and in the legend. */
export const PINNED = "\u2691";
export const FORBIDDEN = "\u2298";
