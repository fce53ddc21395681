import pytest

from providers.identifiers import rules
from providers.identifiers.wording import ASKING, name
from providers.models.identifier import Scheme


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("company", "01234567", "01234567"),
        ("company", " 1234567 ", "01234567"),
        ("company", "445790", "00445790"),
        ("company", "sc 123 456", "SC123456"),
        ("company", "ni12345", "NI012345"),
        ("company", "OC301234", "OC301234"),
        ("company", "IP28873R", "IP28873R"),
        ("company", "rs007123", "RS007123"),
        ("mutuals", "4354r", "4354R"),
        ("mutuals", "0123", "0123"),
        ("mutuals", "31234 R S", "31234RS"),
        ("charity", "1140711", "1140711"),
        ("charity", "202 918", "202918"),
        ("charity", "1053467-2", "1053467-2"),
        ("charity", "sc12345", "SC012345"),
        ("charity", "NI 100012", "NIC100012"),
        ("charity", "nic100012", "NIC100012"),
        ("cqc_provider", "1-101609139", "1-101609139"),
        ("cqc_location", "1 – 11817828876", "1-11817828876"),
        ("ico", "za 123456", "ZA123456"),
        ("ico", "Z1001723", "Z1001723"),
        ("ppon", "pzpr-8554-xhnx", "PZPR-8554-XHNX"),
        ("ppon", "PZPR8554XHNX", "PZPR-8554-XHNX"),
        ("ppon", "GB-PPON-PZPR-8554-XHNX", "PZPR-8554-XHNX"),
    ],
)
def test_spaces_case_dashes_and_zeros_are_mended_silently(scheme, typed, kept):
    assert rules.mended(scheme, typed) == kept


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("company", "12345"),
        ("company", "123456789"),
        ("company", "XX123456"),
        ("company", "my company"),
        ("company", "１２３４５６７８"),
        ("mutuals", "12"),
        ("mutuals", "R1234"),
        ("charity", "12345"),
        ("charity", "XT12345"),
        ("charity", "0123456"),
        ("cqc_provider", "101609139"),
        ("cqc_provider", "1-1234"),
        ("ico", "A1234567"),
        ("ico", "Z12345"),
        ("ppon", "QZPR-8554-XHNX"),
        ("ppon", "PZPR-85X4-XHNX"),
    ],
)
def test_a_number_of_another_form_is_not_taken(scheme, typed):
    assert rules.mended(scheme, typed) == ""


def test_every_scheme_has_a_form_and_what_is_asked_has_words():
    assert set(rules._MENDERS) == set(Scheme.values)
    assert set(ASKING) == set(Scheme.values) - {"cqc_location"}
    assert name("company") == "Company number"


@pytest.mark.parametrize("scheme", ["company", "mutuals", "charity", "cqc_provider", "ico", "ppon"])
def test_the_example_in_a_hint_is_itself_of_the_form(scheme):
    example = str(ASKING[scheme].hint).rpartition("example: ")[2].split(",")[0].split(" or ")[0]
    assert rules.mended(scheme, example) == example


@pytest.mark.parametrize(
    ("form", "schemes"),
    [
        ("sole_trader", []),
        ("partnership", ["company"]),
        ("co_operative", ["mutuals"]),
        ("community_benefit", ["mutuals", "charity"]),
        ("cic", ["company"]),
        ("company", ["company", "charity"]),
        ("charity", ["company", "charity"]),
        ("unincorporated", ["charity"]),
    ],
)
def test_nobody_is_asked_for_a_number_that_their_kind_of_business_cannot_have(form, schemes):
    assert rules.asked(legal_form=form, nation="England", is_care=False) == [*schemes, "ico", "ppon"]


@pytest.mark.parametrize(
    ("nation", "is_care", "is_asked"), [("England", True, True), ("England", False, False), ("Wales", True, False)]
)
def test_cqc_is_asked_of_regulated_care_in_england_alone(nation, is_care, is_asked):
    asked = rules.asked(legal_form="sole_trader", nation=nation, is_care=is_care)
    assert ("cqc_provider" in asked) is is_asked


@pytest.mark.parametrize(
    ("scheme", "value", "start"),
    [
        ("company", "01234567", "https://find-and-update.company-information.service.gov.uk/company/01234567"),
        ("cqc_provider", "1-101609139", "https://www.cqc.org.uk/provider/1-101609139"),
        ("cqc_location", "1-101609139", "https://www.cqc.org.uk/location/1-101609139"),
        ("ico", "ZA123456", "https://ico.org.uk/ESDWebPages/Entry/ZA123456"),
        (
            "charity",
            "SC012345",
            "https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number=SC012345",
        ),
        ("charity", "NIC100012", "https://www.charitycommissionni.org.uk/charity-details/?regId=100012&subId=0"),
        ("charity", "1140711", ""),
        ("mutuals", "4354R", ""),
        ("ppon", "PZPR-8554-XHNX", ""),
    ],
)
def test_a_number_links_to_its_register_only_where_the_address_is_certain(scheme, value, start):
    assert rules.link(scheme, value) == start


def test_a_number_names_its_list_as_open_data_does():
    codes = [
        rules.list_code(scheme, value)
        for scheme, value in [
            ("company", "01234567"),
            ("mutuals", "4354R"),
            ("charity", "1140711"),
            ("charity", "SC012345"),
            ("charity", "NIC100012"),
            ("ppon", "PZPR-8554-XHNX"),
            ("ico", "ZA123456"),
        ]
    ]
    assert codes == ["GB-COH", "GB-MPR", "GB-CHC", "GB-SC", "GB-NIC", "GB-PPON", ""]


@pytest.mark.parametrize(
    ("regulator", "typed", "kept"),
    [
        ("Care Quality Commission (CQC)", "1 - 2624556588", "1-2624556588"),
        ("Care Quality Commission (CQC)", "12345", ""),
        ("Care Inspectorate", "cs2012309373", "CS2012309373"),
        ("Care Inspectorate", "2012309373", ""),
        ("Ofsted", "ey 123456", "EY123456"),
        ("Ofsted", "2512345", "2512345"),
        ("Ofsted", "12", ""),
        ("Care Inspectorate Wales (CIW)", " W9 / 12 ", "W9 / 12"),
    ],
)
def test_a_regulators_number_is_held_against_its_form_where_that_is_known(regulator, typed, kept):
    assert rules.regulators_number(regulator, typed) == kept


def test_the_cqc_location_is_the_one_that_a_registered_service_gives():
    said = [("", ""), ("Ofsted", "EY123456"), ("Care Quality Commission (CQC)", "1-2624556588")]
    assert rules.cqc_location(said) == "1-2624556588"
    assert rules.cqc_location(said[:2]) == ""
