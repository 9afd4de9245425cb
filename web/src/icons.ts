/** Line drawings of buttons, on a grid of 24. */

export const PLAN = "M12 3v3M12 18v3M3 12h3M18 12h3M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";
export const UNDO = "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3";
export const REDO = "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3";
export const SEARCH = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5";
export const SUN =
  "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5";
export const MOON = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z";
export const PRINT = "M7 9V3h10v6M7 18H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 14h10v7H7z";
export const LINK =
  "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17";
export const DOWNLOAD = "M12 3v12M7 10l5 5 5-5M4 20h16";
export const CLOSE = "M6 6l12 12M18 6 6 18";
export const POINTER = "M5 3l14 8-6 2-2 6z";
export const EDIT_SITE =
  "M5 7 17 5l2 12-11 2zM5 7m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M17 5m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M19 17m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M8 19m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0";
export const DRAW = "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3";
export const BARRIER = "M3 8h18v6H3zM7 14v6M17 14v6M8 8l-3 6M13 8l-3 6M18 8l-3 6";
export const FORBID = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.6 5.6l12.8 12.8";
export const FIT = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
export const MORE = "M12 5v.01M12 12v.01M12 19v.01";
export const PANEL = "M4 5h16v14H4zM14 5v14";
export const PICTURE = "M3 5h18v14H3zM3 15l5-4 4 3 4-5 5 5M8 9v.01";
export const PLAY = "M7 4.5v15l12-7.5z";
export const PAUSE = "M8 5v14M16 5v14";
export const BACK = "M15 5l-7 7 7 7";
export const FORTH = "M9 5l7 7-7 7";
export const ADD = "M12 5v14M5 12h14";
export const READ = "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v13c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v13";
export const REPORT = "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7";
