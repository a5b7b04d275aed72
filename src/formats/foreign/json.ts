import type { Foreign, Head } from "../../model/format.ts";

const BEGINNING = /^\s*[[{]\s*["[{\d\]}-]/;
const OF_FIO = /"fio version"\s*:/;

/** JSON: no trace format is written in it. */
export const json: Foreign = {
  id: "json",
  recognise: (head) => {
    const text = new TextDecoder().decode(head.bytes);
    if (!isJson(text, head)) return null;
    if (OF_FIO.test(text))
      return {
        what: "fio's results as JSON, without single requests",
        cure: "record single requests with fio --write_iolog",
      };
    return {
      what: "JSON, in which no trace is written",
      cure: "a side file is called like its trace, with .json behind",
    };
  },
};

function isJson(text: string, { complete }: Head): boolean {
  if (!BEGINNING.test(text)) return false;
  if (!complete) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
