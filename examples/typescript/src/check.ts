// Check a subject before a decision:
//   node dist/check.js 12159900990000260C GOV_PROCUREMENT SUPPLIER 示采〔2026〕11号
import { ask } from "./asking.js";
import { CheckDocument, type CheckQuery } from "./generated/graphql.js";

const [subject = "", scenario = "", capacity = "", matter = "", at = null] = process.argv.slice(2);
const hub = process.env["GRAPHQL_URL"] ?? "http://127.0.0.1:8000/graphql";

function show({ check }: CheckQuery): void {
  console.log(check.outcome, check.outcomeTitle.zh, check.subject.name);
  for (const ground of check.grounds) {
    const bases = ground.legalBases.map((basis) => `《${basis.document.zh}》`).join("；");
    console.log(`  ${ground.rule} ${ground.outcome} ${ground.verb}  ${bases}`);
  }
  for (const name of ["id", "contentId", "effectiveAt", "knownAt", "epoch", "matter"] as const) {
    console.log(`  ${name}: ${check[name]}`);
  }
}

try {
  show(await ask(hub, CheckDocument, { subject, scenario, capacity, matter, at }));
} catch (error) {
  console.error(`没有结论，不作决定  No answer: do not decide. ${String(error)}`);
  process.exitCode = 1;
}
