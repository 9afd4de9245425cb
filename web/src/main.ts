/** Puts the frame and the desks together. */
import "./style.css";
import { DESKS } from "./desks/index.ts";
import { start } from "./frame/start.tsx";

const root = document.getElementById("room");
if (root) void start(root, DESKS);
