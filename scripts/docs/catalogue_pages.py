"""The pages of `seeds/catalogue/`: the law as data, every code leading to its entry."""

from collections.abc import Iterator, Mapping

from hub.domain.catalogue import Catalogue, LegalBasis, Rule, Scenario, Term
from hub.intake.catalogue import CatalogueFiles
from scripts.docs.catalogue_words import Words, days
from scripts.docs.markdown import anchored, both, code, facts, heading, page, plain, table
from scripts.docs.rule_pages import rule_page

_ENTRY = ("代码 Code", "名称 Title")


def catalogue_pages(files: CatalogueFiles) -> Mapping[str, str]:
    """By file name; all belong in one folder."""
    catalogue = files.catalogue
    words = Words(catalogue)
    return {
        "index.md": _overview(catalogue),
        "rules.md": _rules(words),
        "behaviours.md": _behaviours(words),
        "scenarios.md": _scenarios(words),
        "legal-bases.md": _legal_bases(words),
        "measures.md": _measures(words),
        "sources.md": _sources(words),
        "terms.md": _terms(words),
        "words.md": _vocabulary(catalogue),
        **{f"rule-{rule.code}.md": rule_page(files, rule) for rule in catalogue.rules.values()},
    }


def _overview(catalogue: Catalogue) -> str:
    sections = {
        "[规则 Rules](rules.md)": catalogue.rules,
        "[失信行为 Behaviours](behaviours.md)": catalogue.behaviours,
        "[应用场景 Scenarios](scenarios.md)": catalogue.scenarios,
        "[法律依据 Legal bases](legal-bases.md)": catalogue.legal_bases,
        "[惩戒措施 Measures](measures.md)": catalogue.measures,
        "[数据来源 Sources](sources.md)": catalogue.sources,
        "[期限 Terms](terms.md)": catalogue.terms,
        "[词表 Words](words.md)": catalogue.vocabulary,
    }
    return page(
        "# 规则目录 Catalogue",
        f"**{plain(catalogue.title.zh)}** {plain(catalogue.title.en)}",
        f"自 in force from {catalogue.in_force_from} · 法域 jurisdiction "
        f"{code(catalogue.jurisdiction)}",
        table(
            ("内容 Content", "条数 Entries"),
            ((shown, str(len(entries))) for shown, entries in sections.items()),
        ),
    )


def _rules(words: Words) -> str:
    return page(
        "# 规则 Rules",
        table(
            ("规则 Rule", "主体 Subject", "最重结论 Gravest outcome", "依据 Legal bases"),
            (
                (
                    f"{words.rules([rule.code])} <small>{plain(rule.title.en)}</small>",
                    words.word("subjectKinds", rule.subject_kind),
                    _gravest(words, rule),
                    words.bases(rule.bases),
                )
                for rule in sorted(words.catalogue.rules.values(), key=_fallbacks_last)
            ),
        ),
    )


def _fallbacks_last(rule: Rule) -> tuple[bool, str]:
    return rule.fallback, rule.code


def _gravest(words: Words, rule: Rule) -> str:
    if not rule.effects:
        return words.word("ruleKinds", rule.kind)
    gravest = max((effect.outcome for effect in rule.effects), key=lambda each: each.gravity)
    return f"{code(gravest)} {words.word('outcomes', gravest)}"


def _behaviours(words: Words) -> str:
    blocks: list[str] = []
    for behaviour in words.catalogue.behaviours.values():
        rules = [
            rule.code
            for rule in words.catalogue.rules.values()
            if any(behaviour.code in when.behaviours for each in rule.effects for when in each.when)
        ]
        told = {
            "适用 applies to": words.words("subjectKinds", behaviour.applies_to),
            "默认类别 category": words.word("infoCategories", behaviour.default_category),
            "构成要件 qualifier": both(behaviour.qualifier) if behaviour.qualifier else "",
            "认定主体 determiner": both(behaviour.determiner),
            "依据文书 evidence": words.words("documentTypes", behaviour.evidence),
            "法律依据 bases": words.bases(behaviour.bases),
            "规则 rules": words.rules(rules),
        }
        title = f"{plain(behaviour.title.zh)} {code(behaviour.code)}"
        blocks += [heading(2, title, behaviour.code), plain(behaviour.title.en), facts(told)]
    return page("# 失信行为 Behaviours", *blocks)


def _scenarios(words: Words) -> str:
    blocks = (block for each in words.catalogue.scenarios.values() for block in _one(words, each))
    return page("# 应用场景 Scenarios", *blocks)


def _one(words: Words, scenario: Scenario) -> Iterator[str]:
    rules = [
        rule.code
        for rule in words.catalogue.rules.values()
        if any(scenario.code in effect.scenarios for effect in rule.effects)
    ]
    capacities = (f"{code(each.code)} {both(each.title)}" for each in scenario.capacities)
    yield heading(2, f"{plain(scenario.title.zh)} {code(scenario.code)}", scenario.code)
    yield plain(scenario.title.en)
    yield facts(
        {
            "主体 subject": words.word("subjectKinds", scenario.subject_kind),
            "身份 capacities": " · ".join(capacities),
            "来源 sources": words.sources(scenario.sources),
            "法律依据 bases": words.bases(scenario.bases),
            "规则 rules": words.rules(rules),
        }
    )


def _legal_bases(words: Words) -> str:
    blocks: list[str] = []
    for basis in words.catalogue.legal_bases.values():
        article = f" {plain(basis.article)}" if basis.article else ""
        blocks += [
            heading(2, f"{plain(basis.document.zh)}{article}", basis.code),
            plain(basis.document.en),
            f"> {plain(basis.quote)}" if basis.quote else "",
            facts(_of_basis(words, basis)),
        ]
    return page("# 法律依据 Legal bases", *blocks)


def _of_basis(words: Words, basis: LegalBasis) -> Mapping[str, str]:
    rules = [rule.code for rule in words.catalogue.rules.values() if basis.code in rule.bases]
    return {
        "代码 code": code(basis.code),
        "文号 number": plain(basis.doc_no or ""),
        "条款 article": plain(basis.article or ""),
        "施行 in force": days(basis.in_force),
        "核读等级 reading grade": f"{code(basis.grade)} {words.word('readingGrades', basis.grade)}",
        "至重 ceiling": f"{code(basis.ceiling)} {words.word('outcomes', basis.ceiling)}",
        "说明 note": both(basis.note) if basis.note else "",
        "规则 rules": words.rules(rules),
    }


def _measures(words: Words) -> str:
    def imposing(measure: str) -> str:
        rules = words.catalogue.rules.values()
        return words.rules(rule.code for rule in rules if rule.measure == measure)

    measures = words.catalogue.measures.values()
    rows = ((anchored(each.code), both(each.title), imposing(each.code)) for each in measures)
    return page("# 惩戒措施 Measures", table((*_ENTRY, "规则 Rules"), rows))


def _sources(words: Words) -> str:
    rows = (
        (
            anchored(source.code),
            both(source.title),
            both(source.channel),
            words.words("recordKinds", source.kinds),
            " ".join(map(code, source.jurisdictions)),
        )
        for source in words.catalogue.sources.values()
    )
    head = (*_ENTRY, "渠道 Channel", "记录 Records", "法域 Jurisdictions")
    return page("# 数据来源 Sources", table(head, rows))


def _terms(words: Words) -> str:
    rows = (
        (
            anchored(each.code),
            both(each.title),
            _length(each),
            days(each.in_force),
            words.bases(each.bases),
        )
        for each in words.catalogue.terms.values()
    )
    head = (*_ENTRY, "长度 Length", "施行 In force", "依据 Legal bases")
    return page("# 期限 Terms", table(head, rows))


def _length(term: Term) -> str:
    if term.months is not None:
        return f"{term.months} 个月 months"
    if term.days is not None:
        return f"{term.days} 日 days"
    return f"{term.working_days} 个工作日 working days"


def _vocabulary(catalogue: Catalogue) -> str:
    blocks: list[str] = []
    for listed in catalogue.vocabulary.values():
        rows = (
            (code(word), plain(told.zh), plain(told.en)) for word, told in listed.titles.items()
        )
        blocks += [heading(2, code(listed.name), listed.name)]
        blocks += [table(("代码 Code", "中文", "English"), rows)]
    return page("# 词表 Words", *blocks)
