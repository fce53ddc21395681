from django.urls import path

from providers.recommending import deciding_views, own_views, views

MINE = "my/<slug:slug>/recommendations/"

urlpatterns = [
    path("recommendations/policy/", views.policy, name="recommendations_policy"),
    path("recommendations/<str:token>/", views.recommendation, name="recommendation"),
    path("recommendations/<str:token>/take-back/", views.withdraw, name="withdraw_recommendation"),
    path("recommend/", views.enter_code, name="enter_recommendation_code"),
    path("recommend/<slug:code>/", views.recommend, name="recommend"),
    path("recommend/<slug:code>/rather-not/", views.rather_not, name="rather_not_recommend"),
    path("providers/<slug:slug>/recommendations/", views.all_of, name="recommendations"),
    path(MINE, own_views.mine, name="my_recommendations"),
    path(f"{MINE}ask/", own_views.ask, name="ask_for_recommendation"),
    path(f"{MINE}cards/", own_views.cards, name="recommendation_cards"),
    path(
        f"{MINE}invitations/<uuid:invitation_id>/withdraw/",
        own_views.withdraw_invitation,
        name="withdraw_recommendation_invitation",
    ),
    path(f"{MINE}<uuid:recommendation_id>/reply/", own_views.reply, name="reply_to_recommendation"),
    path(f"{MINE}replies/<uuid:reply_id>/take-back/", own_views.take_reply_back, name="take_reply_back"),
    path("checks/recommendations/<uuid:recommendation_id>/", deciding_views.decide, name="decide_recommendation"),
    path(
        "checks/recommendations/<uuid:recommendation_id>/safeguarding/",
        deciding_views.safeguarding,
        name="recommendation_safeguarding",
    ),
    path("checks/replies/<uuid:reply_id>/", deciding_views.decide_reply, name="decide_reply"),
    path("checks/replies/<uuid:reply_id>/safeguarding/", deciding_views.safeguarding_reply, name="reply_safeguarding"),
]
