// The page: what is asked is in ../questions/, how in asking.js.
import { ask } from "./asking.js";

const KEPT = ["id", "contentId", "effectiveAt", "knownAt", "epoch", "matter", "validUntil"];
const form = document.querySelector("#check");
const waiting = document.querySelector("#waiting");
const verdictPlace = document.querySelector("#verdict");

/** An element with text or elements inside; text is never taken for HTML. */
function make(name, given = {}, ...inside) {
  const element = Object.assign(document.createElement(name), given);
  element.append(...inside.filter(Boolean));
  return element;
}

const both = ({ zh, en }) => [zh, " ", make("small", {}, en)];

// ---- the choices

let scenarios = [];

function offer(select, choices) {
  const options = choices.map(({ code, title }) => make("option", { value: code }, `${title.zh} ${title.en}`));
  select.replaceChildren(...options);
}

function offerCapacities() {
  offer(form.capacity, scenarios.find(({ code }) => code === form.scenario.value).capacities);
}

form.scenario.addEventListener("change", offerCapacities);
trying(form, waiting, async () => {
  ({ scenarios } = await ask("scenarios", {}, telling(waiting)));
  offer(form.scenario, scenarios);
  form.scenario.value = "GOV_PROCUREMENT";
  offerCapacities();
  waiting.textContent = "";
});

// ---- the check

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  verdictPlace.replaceChildren();
  const at = new URLSearchParams(location.search).get("at"); // now unless the address has ?at=
  const asked = { ...Object.fromEntries(new FormData(form)), at };
  await trying(form, waiting, async () => {
    const { check } = await ask("check", asked, telling(waiting));
    waiting.textContent = "";
    verdictPlace.replaceChildren(...verdictParts(check));
  });
});

function verdictParts(check) {
  verdictPlace.className = check.outcome;
  const uncovered = check.coverage.filter(({ covered }) => !covered);
  return [
    make("h2", {}, `${check.outcomeTitle.zh} · ${check.subject.name} `, make("small", {}, check.outcome)),
    !check.complete && make("p", {}, "⚠ 读取被截断 ", make("small", {}, "reading was cut: not all grounds are here")),
    check.humanReviewRequired && make("p", {}, "⚠ 须经人工复核 ", make("small", {}, "provisional until a person confirms it")),
    check.marks.includes("FORECAST") && make("p", {}, "⚠ 只是预测 ", make("small", {}, "a forecast: no decision rests on it")),
    ...uncovered.map(({ source }) => make("p", {}, "未覆盖 ", ...both(source.title), " → ", ...both(source.channel))),
    ...check.grounds.map(groundPart),
    make("h3", {}, "随决定存档 ", make("small", {}, "keep with the decision")),
    make("dl", {}, ...KEPT.flatMap((name) => [make("dt", {}, name), make("dd", {}, String(check[name]))])),
  ].filter(Boolean);
}

function groundPart(ground) {
  const bases = ground.legalBases.map(({ document, docNo, article }) =>
    make("p", {}, ["《" + document.zh + "》", docNo, article].filter(Boolean).join(" ")),
  );
  const steps = ground.path?.map(({ kind, start, end, factId }) =>
    make("li", { title: factId }, `${start.label} ${start.code} — ${kind}`, end && ` → ${end.label} ${end.code}`),
  );
  return make(
    "div",
    { className: `ground ${ground.outcome}` },
    make("h3", {}, `${ground.rule} · ${ground.verb} `, ...both(ground.measure.title), ground.disputed && " · 有异议 disputed"),
    make("blockquote", {}, `“${ground.quote}”`),
    ...bases,
    ground.record && make("p", {}, "认定 ", make("small", {}, "determined by "), ...ground.record.determinedBy.map(({ name }) => name)),
    steps && make("details", { className: "path" }, make("summary", {}, "路径 path"), make("ol", {}, ...steps)),
  );
}

// ---- the list

const unitsForm = document.querySelector("#units");
const listed = document.querySelector("#listed");
const table = document.querySelector("table");
const more = document.querySelector("#more");
let after = null;

unitsForm.addEventListener("submit", (event) => {
  event.preventDefault();
  after = null;
  table.tBodies[0].replaceChildren();
  readPage();
});
more.addEventListener("click", readPage);

function readPage() {
  return trying(more, listed, async () => {
    const { region } = await ask("units", { region: unitsForm.region.value, after }, telling(listed));
    const { totalCount, complete, effectiveAt, pageInfo, edges } = region.units;
    table.tBodies[0].append(
      ...edges.map(({ node }) =>
        make("tr", {}, ...[node.code, node.name, node.debts.totalCount].map((text) => make("td", {}, String(text)))),
      ),
    );
    after = pageInfo.endCursor;
    table.hidden = false;
    more.hidden = !pageInfo.hasNextPage;
    const shown = table.tBodies[0].rows.length;
    listed.textContent =
      `${region.name}：${shown} / ${totalCount}${complete ? "" : "（未读完 incomplete）"}，截至 as of ${effectiveAt}`;
  });
}

// ---- waiting and failing

function telling(place) {
  place.textContent = "…";
  return (attempt, tries) => {
    place.textContent = `稍后重试 trying again (${attempt}/${tries}) …`;
  };
}

async function trying(owner, place, work) {
  const buttons = owner.matches("button") ? [owner] : owner.querySelectorAll("button");
  buttons.forEach((button) => (button.disabled = true));
  try {
    await work();
  } catch (error) {
    const en = make("small", {}, `No answer: do not decide. ${error.code}: ${error.messageEn} ${error.mendEn ?? ""}`);
    place.replaceChildren(`没有结论，不作决定。${error.message}。${error.mend ?? ""} `, en);
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}
