from scripts.docs.markdown import anchored, code, facts, page, plain, rows_under, table


def test_plain_text_is_read_as_it_is() -> None:
    assert plain("a|b *c* [d] <e>\n_f_") == r"a\|b \*c\* \[d\] &lt;e&gt; \_f\_"


def test_a_bar_in_code_does_not_end_its_cell() -> None:
    assert code("a|b") == r"`a\|b`"


def test_an_anchor_shows_itself_unless_told_otherwise() -> None:
    assert anchored("R12") == '<span id="R12"></span>`R12`'
    assert anchored("source-hub", "hub") == '<span id="source-hub"></span>`hub`'


def test_a_table_without_rows_is_no_table() -> None:
    assert table(("a",), []) == ""
    assert table(("a", "b"), [("1", "")]) == "| a | b |\n| --- | --- |\n| 1 |   |"


def test_what_is_empty_is_left_out() -> None:
    assert facts({"a": "1", "b": ""}) == "- **a** 1"
    assert page("x", "", "y") == "x\n\ny\n"


def test_rows_are_those_of_the_tables_with_the_heading() -> None:
    text = "| A | B |\n|---|---|\n| `1` | 2 |\n\n| C |\n|---|\n| 3 |\n"

    assert rows_under(text, "A") == [["1", "2"]]
