from hub.domain.identifiers import parse_subject_id
from hub.intake.publishers import Publisher, ocid_prefix, publisher_of


def test_the_prefix_of_an_ocid_is_the_registered_part() -> None:
    assert ocid_prefix("ocds-03ad3f-273637") == "ocds-03ad3f"


def test_an_ocid_without_a_registered_prefix_has_none() -> None:
    assert ocid_prefix("273637") is None


def test_a_listed_publisher_brings_its_words() -> None:
    publisher = publisher_of("ocds-03ad3f-273637")

    assert publisher.jurisdiction == "PY"
    assert publisher.placeholders == {"null", "_NO_APLICA_"}
    assert publisher.contract_number == "dncpContractCode"


def test_mapped_schemes_are_codes_a_check_accepts() -> None:
    for scheme in publisher_of("ocds-03ad3f-273637").schemes.values():
        assert parse_subject_id(f"{scheme}:80023118-0") == f"{scheme}:80023118-0"


def test_a_publisher_that_is_not_listed_is_read_by_the_standard() -> None:
    assert publisher_of("ocds-zzzzzz-1") == Publisher()


def test_a_prefix_in_capitals_is_the_same_publisher() -> None:
    assert publisher_of("OCDS-03AD3F-273637") == publisher_of("ocds-03ad3f-273637")


def test_a_publishers_own_currency_words_are_data() -> None:
    assert publisher_of("ocds-ngfbwp-20043439").currencies == {"mdl": "MDL"}
