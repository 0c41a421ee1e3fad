import pytest

from wangge.access import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_of(SECRET, totp.step_at(seconds)) == code


@pytest.mark.parametrize(("drift", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(drift: int, taken: bool) -> None:
    step = 1000 + drift
    found = totp.step_of(SECRET, totp.code_of(SECRET, step), 1000 * totp.PERIOD)
    assert found == (step if taken else None)


def test_a_code_does_not_count_twice() -> None:
    code = totp.code_of(SECRET, 1000)
    assert totp.step_of(SECRET, code, 30_010, after=999) == 1000
    assert totp.step_of(SECRET, code, 30_010, after=1000) is None


@pytest.mark.parametrize("code", ["", "12345", "０８１８０４", "abcdef", "8180 4"])
def test_what_is_no_code_is_wrong_and_no_defect(code: str) -> None:
    assert totp.step_of(SECRET, code, 1111111109) is None


def test_an_app_reads_secret_login_and_issuer() -> None:
    assert totp.letters(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert totp.address(SECRET, "li.hua") == (
        "otpauth://totp/Wangge%3Ali.hua?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Wangge"
    )
