// Ask the hub: there comes an answer or a NoAnswer, and without an answer nothing is decided.

const MILLISECONDS = 35_000; // the hub itself gives up after 30 s
const PAUSES = [500, 1_000, 2_000];
const BUSY = [502, 503, 504];

export class NoAnswer extends Error {
  constructor({ code, messageEn, mend = "", mendEn = "", retryable = false }, message) {
    super(message);
    Object.assign(this, { code, messageEn, mend, mendEn, retryable });
  }
}

/** `onRetry` is told before each further try, with its number and of how many. */
export async function ask(question, variables = {}, onRetry = () => {}) {
  const query = await (await fetch(`questions/${question}.graphql`)).text();
  for (const [tried, milliseconds] of PAUSES.entries()) {
    try {
      return await askOnce(query, variables);
    } catch (error) {
      if (!error.retryable) throw error;
      onRetry(tried + 2, PAUSES.length + 1);
      await new Promise((resume) => setTimeout(resume, milliseconds));
    }
  }
  return askOnce(query, variables);
}

async function askOnce(query, variables) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(MILLISECONDS),
  }).catch((error) => {
    const told = { code: "NO_CONNECTION", messageEn: error.message, retryable: true };
    throw new NoAnswer(told, "没有连接或超时");
  });
  const answer = await response.json().catch(() => {
    const told = { code: `HTTP_${response.status}`, messageEn: "No JSON came back" };
    throw new NoAnswer({ ...told, retryable: BUSY.includes(response.status) }, "返回的不是 JSON");
  });
  const [problem] = answer.errors ?? [];
  if (problem) throw new NoAnswer(problem.extensions, problem.message);
  return answer.data;
}
