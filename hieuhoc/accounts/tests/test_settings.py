"""What the pages of accounts need from the settings of an installation."""

from hieuhoc.config import settings as installation


def test_secrets_of_the_second_factor_are_closed_by_our_adapter():
    assert installation.MFA_ADAPTER == "hieuhoc.accounts.adapter.SecondFactor"


def test_whoever_must_confirm_again_is_sent_there_before_errors_are_answered():
    """Exceptions of a view meet the middlewares from the last to the first."""
    order = installation.MIDDLEWARE
    assert order.index("hieuhoc.web.middleware.PlainErrors") < order.index(
        "allauth.account.middleware.AccountMiddleware"
    )
