// Asks a SPARQL endpoint as Comunica does by itself, and writes the answers as one JSON list:
// node ask.mjs URL KIND QUERY... — KIND is sparql, or auto: Comunica finds out from the endpoint's description.
// Rows are objects of terms, triples are lists of terms, truth is true or false; a term is [kind, value, language].
import { QueryEngine } from "@comunica/query-sparql";

const [url, kind, ...queries] = process.argv.slice(2);
const engine = new QueryEngine();
const context = { sources: [kind === "auto" ? url : { type: kind, value: url }] };
const told = (term) => [term.termType, term.value, term.language ?? ""];
const answers = [];
for (const query of queries) {
  const result = await engine.query(query, context);
  const answer = await result.execute();
  if (result.resultType === "boolean") {
    answers.push(answer);
  } else if (result.resultType === "bindings") {
    const rows = await answer.toArray();
    answers.push(rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, told(term)]))));
  } else {
    const quads = await answer.toArray();
    answers.push(quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(told)));
  }
}
process.stdout.write(JSON.stringify(answers));
