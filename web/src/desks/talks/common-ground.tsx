/** Common ground: subjects by parties, who agrees, and who stands in whose way. */
import type { JSX } from "preact";
import type { CommonGroundRow } from "../../contract/index.ts";
import { capital } from "../../lib/units.ts";
import { Cited, type ToEntry } from "./cited.tsx";

type Props = { readonly row: CommonGroundRow; readonly toEntry: ToEntry };

/** One subject: what each party says of it, and what follows for two of them. */
export const Ground = ({ row, toEntry }: Props): JSX.Element => (
  <section class="ground">
    <h3>{row.title}</h3>
    <table>
      <thead class="unseen">
        <tr>
          <th scope="col">Party</th>
          <th scope="col">Position</th>
        </tr>
      </thead>
      <tbody>
        {row.cells.map((cell) => (
          <tr key={cell.party}>
            <th scope="row">{capital(cell.party)}</th>
            <td>
              <span class={`tag ${cell.position}`}>{cell.position}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <ul class="pairs">
      {row.agree.map((pair) => (
        <li key={`${pair.first} ${pair.second}`}>
          <span class="tag good">Agree</span> {pair.first} and {pair.second}: {pair.why}
        </li>
      ))}
      {row.block.map((pair) => (
        <li key={`${pair.first} ${pair.second} ${pair.why}`}>
          <span class="tag late">In the way</span> {pair.first}, {pair.second}: {pair.why}
        </li>
      ))}
    </ul>
    <details>
      <summary>In their words</summary>
      {row.cells.map((cell) => (
        <Cited key={cell.party} lines={cell.lines} toEntry={toEntry} says />
      ))}
    </details>
  </section>
);
