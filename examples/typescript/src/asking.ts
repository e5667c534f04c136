// Ask the hub: there comes an answer or a NoAnswer, and without an answer nothing is decided.
import { setTimeout as pause } from "node:timers/promises";

import type { TypedDocumentString } from "./generated/graphql.js";

const MILLISECONDS = 35_000; // the hub itself gives up after 30 s
const PAUSES = [500, 1_000, 2_000];
const BUSY = new Set([502, 503, 504]);

interface Problem {
  extensions: { code: string; messageEn: string; mendEn?: string; retryable?: boolean };
}

export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    what: string,
    readonly retryable: boolean,
  ) {
    super(`${code}: ${what}`);
  }
}

/** The answer to a generated document; tried again while that may help. */
export async function ask<Answer, Variables>(
  hub: string,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  for (const milliseconds of PAUSES) {
    try {
      return await askOnce(hub, document, variables);
    } catch (error) {
      if (!(error instanceof NoAnswer && error.retryable)) throw error;
      await pause(milliseconds);
    }
  }
  return askOnce(hub, document, variables);
}

async function askOnce<Answer, Variables>(
  hub: string,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const response = await fetch(hub, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: AbortSignal.timeout(MILLISECONDS),
  }).catch((error: Error) => {
    throw new NoAnswer("NO_CONNECTION", error.message, true);
  });
  const answer = (await response.json().catch(() => {
    throw new NoAnswer(`HTTP_${response.status}`, "no JSON", BUSY.has(response.status));
  })) as { data: Answer; errors?: Problem[] };
  const told = answer.errors?.[0]?.extensions;
  if (told) {
    const what = [told.messageEn, told.mendEn].join(" ");
    throw new NoAnswer(told.code, what, told.retryable ?? false);
  }
  return answer.data;
}
