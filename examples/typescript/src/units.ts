// Page through the units of a division:  node dist/units.js 159921
import { ask } from "./asking.js";
import { UnitsDocument, type UnitsQuery } from "./generated/graphql.js";

const [region = ""] = process.argv.slice(2);
const hub = process.env["GRAPHQL_URL"] ?? "http://127.0.0.1:8000/graphql";

/** All of them as of one instant: a cursor carries the clocks of the first page. */
async function* units() {
  let after: string | null = null;
  do {
    const answer: UnitsQuery = await ask(hub, UnitsDocument, { region, after });
    const page = answer.region.units;
    if (page === null) return; // withheld
    if (!page.complete) console.error("列表未读完  There are more than were read: narrow the list.");
    for (const edge of page.edges) if (edge.node) yield edge.node;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

try {
  for await (const unit of units()) {
    console.log(unit.code, unit.name, unit.debts?.totalCount);
  }
} catch (error) {
  console.error(`没有结论  No answer. ${String(error)}`);
  process.exitCode = 1;
}
