"""One page for every rule: its words, bases, effects, reading and cases."""

from collections.abc import Iterator

from hub.checks.conformance import cited
from hub.domain.cases import Case, CaseFile
from hub.domain.catalogue import Effect, Rule, SubjectCondition, Trigger
from hub.intake.catalogue import CatalogueFiles
from scripts.docs.catalogue_words import Words, days
from scripts.docs.markdown import both, code, facts, link, page, plain, table


def rule_page(files: CatalogueFiles, rule: Rule) -> str:
    words = Words(files.catalogue)
    return page(
        f"# {rule.code} {plain(rule.title.zh)}",
        plain(rule.title.en),
        _facts(words, rule),
        "## 原文 The words",
        f"> {plain(rule.quote).replace(plain(rule.verb), f'**{plain(rule.verb)}**', 1)}",
        "## 依据 Legal bases",
        _bases(words, rule),
        "## 效果 Effects",
        _effects(words, rule)
        or "职责，不作为核查依据。 <small>A duty; it grounds no check.</small>",
        "## 读法 Reading",
        plain(rule.reading.zh),
        plain(rule.reading.en),
        _cases(words, files.cases, rule),
        link("全部规则 all rules", "rules.md"),
    )


_FALLBACK = (
    "没有其他规则涉及该记录时才适用 <small>speaks only where no other rule meets the record</small>"
)


def _facts(words: Words, rule: Rule) -> str:
    told = {
        "种类 kind": words.word("ruleKinds", rule.kind),
        "主体 subject": words.word("subjectKinds", rule.subject_kind),
        "措施 measure": words.measure(rule.measure),
        "动词 verb": words.word("verbs", rule.verb),
        "实施 implementer": both(rule.implementer),
        "传导 reaches": words.words("reaches", rule.reaches),
        "成熟度 maturity": words.word("maturities", rule.maturity),
    }
    return facts({**told, "兜底 fallback": _FALLBACK if rule.fallback else ""})


def _bases(words: Words, rule: Rule) -> str:
    known = words.catalogue.legal_bases
    return table(
        ("依据 Basis", "文号 Number", "核读等级 Reading grade", "施行 In force", "至重 Ceiling"),
        (
            (
                words.basis(basis.code),
                plain(basis.doc_no or ""),
                f"{code(basis.grade)} {words.word('readingGrades', basis.grade)}",
                days(basis.in_force),
                words.word("outcomes", basis.ceiling),
            )
            for basis in (known[each] for each in rule.bases)
        ),
    )


def _effects(words: Words, rule: Rule) -> str:
    return table(
        ("记录 Records", "场景 Scenarios", "何者 Capacities, reaches, subjects", "结论 Outcome"),
        (
            (
                "<br>或 or<br>".join(_trigger(words, each) for each in effect.when),
                words.scenarios(effect.scenarios),
                "<br>".join(_of_whom(words, effect)),
                f"{code(effect.outcome)} {words.word('outcomes', effect.outcome)}",
            )
            for effect in rule.effects
        ),
    )


def _trigger(words: Words, trigger: Trigger) -> str:
    named = {
        "种类 kind": words.words("recordKinds", trigger.kinds),
        "行为 behaviour": words.behaviours(trigger.behaviours),
        "类别 category": words.words("infoCategories", trigger.categories),
        "名单 list": words.words("listKinds", trigger.lists),
        "处罚 penalty": words.words("penaltyKinds", trigger.penalties),
        "领域 domain": words.words("contractDomains", trigger.domains),
        "标记 mark": words.words("marks", trigger.marks),
        "年内 within years": str(trigger.within_years or ""),
        "期满仍未履行 term over, unperformed": "✓" if trigger.lapsed else "",
    }
    return "<br>".join(f"**{what}** {text}" for what, text in named.items() if text)


def _of_whom(words: Words, effect: Effect) -> Iterator[str]:
    yield from _capacities(words, effect)
    yield from (words.word("reaches", reach) for reach in effect.reaches)
    yield from _subject(words, effect.subject)


def _capacities(words: Words, effect: Effect) -> Iterator[str]:
    titles = {
        capacity.code: capacity.title
        for scenario in effect.scenarios
        for capacity in words.catalogue.scenarios[scenario].capacities
    }
    yield from (both(titles[each]) for each in effect.capacities)


def _subject(words: Words, subject: SubjectCondition) -> Iterator[str]:
    yield from (words.word("unitKinds", kind) for kind in subject.unit_kinds)
    yield from (words.word("adminLevels", level) for level in subject.levels)
    if subject.governs:
        yield "管辖一个地区 <small>governs a region</small>"
    if subject.in_post:
        yield "在职 <small>in post</small>"


def _cases(words: Words, files: tuple[CaseFile, ...], rule: Rule) -> str:
    about = [(file, case) for file in files for case in file.cases if case.rule == rule.code]
    told = (_case(words, *each) for each in about)
    return page("## 案例 Cases", table(_CASE, told)) if about else ""


_CASE = ("案例 Case", "应得 Expected", "法律要点 Point of law", "依据与核读等级 Clause and grade")


def _case(words: Words, file: CaseFile, case: Case) -> tuple[str, ...]:
    outcomes = dict.fromkeys(expected.answer.outcome for expected in case.expect)
    clause = both(cited(words.catalogue.legal_bases[file.basis]))
    return plain(case.name), " → ".join(map(code, outcomes)), both(file.point), clause
