/** The Admiralty code, which help explains too. */
export { gradeWords, USUAL_GRADES } from "../../lib/grades.ts";
