r"""Check a subject before a decision, and print what is kept with the decision.

python examples/python/check.py 12159900990000260C GOV_PROCUREMENT 示采〔2026〕11号 \
  --capacity SUPPLIER
"""

from typing import Any

from asking import NoAnswer, arguments, ask, give_up

_KEPT = ("id", "contentId", "effectiveAt", "knownAt", "epoch", "matter")


def _print_verdict(verdict: dict[str, Any]) -> None:
    print(verdict["outcome"], verdict["outcomeTitle"]["zh"], verdict["subject"]["name"])
    for ground in verdict["grounds"]:
        bases = "；".join(_basis(basis) for basis in ground["legalBases"])
        print(f"  {ground['rule']} {ground['outcome']} {ground['verb']}  {bases}")
    for source in verdict["coverage"]:
        if not source["covered"]:
            print(f"  未覆盖 not covered: {source['source']['title']['zh']}")
    for name in _KEPT:
        print(f"  {name}: {verdict[name]}")


def _basis(basis: dict[str, Any]) -> str:
    words = (f"《{basis['document']['zh']}》", basis["docNo"], basis["article"])
    return " ".join(word for word in words if word)


def main() -> None:
    parser = arguments(subject="credit code", scenario="code", matter="the decision served")
    parser.add_argument("--capacity", help="as what the subject takes part")
    parser.add_argument("--at", help="an instant with its zone; now unless given")
    given = vars(parser.parse_args())
    try:
        answer = ask(given.pop("hub"), "check", **given)
    except NoAnswer as error:
        give_up(error)
    else:
        _print_verdict(answer["check"])


if __name__ == "__main__":
    main()
