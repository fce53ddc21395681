"""What everybody reads, and what providers write, stand at the site's own root and not under /commissioning/."""

from django.urls import path
from django.views.decorators.http import require_safe

from commissioning.opportunities import interest_views, views
from commissioning.opportunities.feed import OpportunityFeed

ONE = "opportunities/<slug:reference>/"
MINE = "my/<slug:slug>/opportunities/"
ANSWER = f"{MINE}<uuid:interest_id>/"

urlpatterns = [
    path("opportunities/", views.opportunity_list, name="opportunities"),
    path("opportunities/feed.atom", require_safe(OpportunityFeed()), name="opportunity_feed"),
    path("opportunities/no-mail/<str:token>/", views.no_mail, name="no_opportunity_mail"),
    path(ONE, views.opportunity, name="opportunity"),
    path(f"{ONE}versions/<int:number>/", views.version, name="opportunity_version"),
    path(f"{ONE}ask/", views.ask, name="ask_about_opportunity"),
    path(f"{ONE}speak-up/", views.speak_up, name="speak_up"),
    path(MINE, interest_views.mine, name="my_opportunities"),
    path(f"{MINE}mail/", interest_views.change_mail, name="my_opportunity_mail"),
    path(ANSWER, interest_views.interest, name="interest"),
    path(f"{ANSWER}steps/<slug:step>/", interest_views.step, name="interest_step"),
    path(f"{ANSWER}send/", interest_views.send, name="send_interest"),
    path(f"{ANSWER}take-back/", interest_views.withdraw, name="withdraw_interest"),
    path(f"{ANSWER}ask-partners/", interest_views.ask_partners, name="ask_partners"),
    path(f"{ANSWER}yes/", interest_views.agree, name="agree_to_interest"),
    path(f"{ANSWER}no/", interest_views.take_back_yes, name="take_back_yes"),
]
