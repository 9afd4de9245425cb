/** The ladder: each job with its steps, what comes next, and a form to take it. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import * as api from "../../../contract/api.ts";
import type { Job, LadderAnswer, StepQuestion } from "../../../contract/index.ts";
import { forget, useKept } from "../../../lib/kept.ts";
import { Section } from "../../../lib/parts.tsx";
import { isoIn, timeWords } from "../../../lib/times.ts";
import { counted } from "../../../lib/units.ts";
import { pickedOf, type VehiclesStore } from "../store.ts";
import { ANSWERS, answerWords, needsPower, STEPS, type Step, stepWords, VERDICTS } from "../words.ts";
import { Writer, writer, wroteAs } from "./writer.tsx";

type Props = { readonly store: VehiclesStore; readonly ladder: LadderAnswer };

/** The steps as rungs: those taken, the one it stands at, those to come. */
const Rungs = ({ job }: { readonly job: Job }): JSX.Element => (
  <ol class="rungs" aria-label={`Stands at: ${stepWords(job.stands_at)}`}>
    {STEPS.map((step, index) => {
      const reached = STEPS.indexOf(job.stands_at);
      const isTaken = job.steps.some((one) => one.step === step);
      const look = index === reached ? "here" : index > reached ? "ahead" : isTaken ? "taken" : "skipped";
      return (
        <li
          key={step}
          class={needsPower(step) ? `${look} forced` : look}
          title={`${stepWords(step)}${look === "skipped" ? ": skipped" : ""}`}
        />
      );
    })}
  </ol>
);

function JobCard({
  job,
  zone,
  begin,
}: {
  readonly job: Job;
  readonly zone: string;
  readonly begin: (job: Job) => void;
}): JSX.Element {
  const [sign, word] = VERDICTS[job.advice];
  return (
    <li class="job">
      <h3>{job.job}</h3>
      <Rungs job={job} />
      <p>
        {`${stepWords(job.stands_at)}: ${answerWords(job.answer).toLowerCase()}.`}
        {job.next_step && (
          <>
            {` Next${job.answer === "none_yet" ? ", once there is an answer" : ""}: ${stepWords(job.next_step).toLowerCase()}: `}
            <span class={`word ${job.advice}`}>{`${sign} ${word}`}</span>
          </>
        )}
      </p>
      <details class="more">
        <summary>{counted(job.steps.length, "entry", "entries")}</summary>
        <ul class="sentences">
          {job.steps.map((step) => (
            <li key={step.entry}>
              {`${timeWords(Date.parse(step.happened), zone)}: ${stepWords(step.step)}, ${step.by}`}
              {step.power && `, by ${step.power}`}
              {`: ${answerWords(step.answer).toLowerCase()}`}
              {step.moved && `, ${step.moved} moved`}
              {step.advice && step.advice !== "go" && `; the desk said ${step.advice}`}
              {step.because && `; because: ${step.because}`}
              {step.expects && `; expected: ${step.expects}`}
              {step.faults.map((fault) => (
                <em key={fault} class="fault">{` ${fault}`}</em>
              ))}
            </li>
          ))}
        </ul>
      </details>
      {!job.is_done && (
        <button type="button" onClick={() => begin(job)}>
          {job.answer === "none_yet" ? "Write the answer" : "Take a step"}
        </button>
      )}
    </li>
  );
}

type Typed = (name: string) => string;

/** Its id is made before it is sent, so that sent again it is written once. */
function questionOf(typed: Typed, id: string, zone: string): StepQuestion {
  const said = (name: string): string | null => typed(name) || null;
  return {
    id,
    job: typed("job"),
    step: typed("step") as Step,
    by: writer(),
    power: said("power"),
    answer: typed("answer") as StepQuestion["answer"] & string,
    moved: said("moved"),
    because: said("because"),
    expects: said("expects"),
    where: said("where"),
    happened: typed("when") || isoIn(Date.now(), zone),
  };
}

type FormProps = {
  readonly store: VehiclesStore;
  readonly first: { readonly job: string; readonly step: Step; readonly answer: string; readonly power: string };
};

function StepForm({ store, first }: FormProps): JSX.Element {
  const box = useRef<HTMLFormElement>(null);
  const step = useSignal<Step>(first.step);
  const trouble = useSignal("");
  const done = useSignal("");
  const sending = useSignal<StepQuestion | null>(null);
  const { operation } = store.get();
  const zone = operation?.zone ?? "UTC";
  const key = `ladder ${operation?.id ?? ""} ${first.job} ${first.step} ${first.answer}`;
  useKept(box, key);
  const submit = async (event: TargetedEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!operation || sending.value) return;
    const data = new FormData(event.currentTarget);
    const typed: Typed = (name) => String(data.get(name) ?? "").trim();
    const missing = [typed("job") ? "" : "job", writer() ? "" : "by"].find(Boolean);
    if (missing || (needsPower(step.value) && !typed("power"))) {
      trouble.value = missing
        ? `Say ${missing === "job" ? "which vehicles: a stretch or a group of them" : "which office takes the step"}.`
        : "Name the law that it is taken by: without a legal basis it cannot be ordered.";
      return;
    }
    const question = questionOf(typed, `step-${crypto.randomUUID()}`, zone);
    sending.value = question;
    const answer = await api.takeStep(operation.id, question);
    sending.value = null;
    trouble.value = answer.ok ? "" : answer.error.message;
    done.value = answer.ok ? `Written: ${answer.value.says}.` : "";
    if (!answer.ok) return;
    wroteAs();
    forget(key);
    box.current?.reset();
  };
  return (
    <form ref={box} class="plan-form step-form" noValidate onSubmit={(event) => void submit(event)}>
      <label class="field wide">
        <span>Which vehicles: a stretch or a group, never a person or a plate</span>
        <input class="words" name="job" maxLength={200} defaultValue={first.job} />
      </label>
      <label class="field wide">
        <span>Step</span>
        <select
          name="step"
          value={step.value}
          onChange={({ currentTarget }) => {
            step.value = currentTarget.value as Step;
          }}
        >
          {STEPS.map((one) => (
            <option key={one} value={one}>
              {stepWords(one)}
            </option>
          ))}
        </select>
      </label>
      <Writer name="by" example="liaison officer, Police" />
      {needsPower(step.value) && (
        <label class="field wide">
          <span>By which law (needed from a ticket on)</span>
          <input class="words" name="power" maxLength={500} defaultValue={first.power} />
        </label>
      )}
      <label class="field wide">
        <span>Answer</span>
        <select name="answer" defaultValue={first.answer}>
          {ANSWERS.map((one) => (
            <option key={one} value={one}>
              {answerWords(one)}
            </option>
          ))}
        </select>
      </label>
      <details class="more">
        <summary>How many went, when, why, what is expected</summary>
        <div class="plan-form">
          <label class="field wide">
            <span>How many went</span>
            <input class="words" name="moved" maxLength={200} placeholder="3, about 10" />
          </label>
          <label class="field wide">
            <span>When</span>
            <input class="words" name="when" maxLength={200} placeholder="now; or 14:20" />
          </label>
          <label class="field wide">
            <span>Reason, out of turn or against the advice</span>
            <textarea name="because" rows={2} maxLength={2000} />
          </label>
          <label class="field wide">
            <span>What is expected to happen</span>
            <textarea name="expects" rows={2} maxLength={2000} />
          </label>
        </div>
      </details>
      <div role="status" aria-live="polite">
        {trouble.value && <p class="warning">{trouble.value}</p>}
        {done.value && <p class="quiet">{done.value}</p>}
      </div>
      <button type="submit" class="primary" disabled={sending.value !== null}>
        Write it
      </button>
    </form>
  );
}

export function Board({ store, ladder }: Props): JSX.Element {
  const begun = useSignal<Job | null>(null);
  const isOpen = useSignal(false);
  const jobs = ladder.jobs;
  const picked = pickedOf(store.get())?.stretch ?? "";
  const job = begun.value;
  const first = job
    ? {
        job: job.job,
        step: job.answer === "none_yet" ? job.stands_at : (job.next_step ?? job.stands_at),
        answer: job.answer === "none_yet" ? "refused" : "none_yet",
        power: job.steps.at(-1)?.power ?? "",
      }
    : { job: picked, step: "ask" as Step, answer: "none_yet", power: "" };
  return (
    <Section title={jobs.length ? `The ladder (${jobs.length})` : "The ladder"} id="vehicles-ladder" open={true}>
      <p class="quiet">
        Least first: ask, offer, help, give notice. From a ticket on, a step needs a law, and conditions hold it back.
      </p>
      <ul class="jobs">
        {jobs.map((one) => (
          <JobCard
            key={one.job}
            job={one}
            zone={ladder.zone}
            begin={(chosen) => {
              begun.value = chosen;
              isOpen.value = true;
            }}
          />
        ))}
      </ul>
      {isOpen.value ? (
        <>
          <StepForm key={`${first.job} ${first.step} ${first.answer}`} store={store} first={first} />
          <button
            type="button"
            onClick={() => {
              isOpen.value = false;
              begun.value = null;
            }}
          >
            Close the form
          </button>
        </>
      ) : (
        <button
          type="button"
          onClick={() => {
            begun.value = null;
            isOpen.value = true;
          }}
        >
          {picked ? `Begin with ${picked}` : "Begin a job"}
        </button>
      )}
    </Section>
  );
}
