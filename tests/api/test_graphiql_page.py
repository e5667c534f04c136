from pathlib import Path

import hub

ASSETS = Path(hub.__file__).parent / "api" / "assets"


def test_the_page_loads_only_its_own_files_and_all_of_them_are_there() -> None:
    page = (ASSETS / "graphiql.html").read_text(encoding="utf-8")
    named = [part.split('"')[0] for part in page.replace('src="', 'href="').split('href="')[1:]]

    assert all(name.startswith("/assets/") for name in named)
    assert [name for name in named if not (ASSETS / name.removeprefix("/assets/")).is_file()] == []
    assert "http:" not in page
    assert "https:" not in page


def test_the_page_opens_with_the_readme_query() -> None:
    readme = (Path(hub.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    query = readme.split("```graphql\n")[1].split("```")[0]

    assert query in (ASSETS / "graphiql-start.js").read_text(encoding="utf-8")
