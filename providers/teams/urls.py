from django.urls import path

from providers.teams import asking_views, partner_views, plan_views, views, wish_views

MINE = "my/<slug:slug>/teams/"
TEAM = f"{MINE}<uuid:team_id>/"

urlpatterns = [
    path(MINE, views.mine, name="my_teams"),
    path(f"{MINE}start/", views.start, name="start_team"),
    path(f"{MINE}partners/", partner_views.partners, name="partners"),
    path(f"{MINE}may-be-asked/", wish_views.may_be_asked, name="teams_may_ask"),
    path(f"{MINE}wishes/", wish_views.wishes, name="partner_wishes"),
    path(f"{MINE}wishes/<slug:other>/", wish_views.wish, name="partner_wish"),
    path(f"{MINE}invitations/<uuid:place_id>/", asking_views.invitation, name="team_invitation"),
    path(TEAM, views.team, name="team"),
    path(f"{TEAM}change/", views.change, name="change_team"),
    path(f"{TEAM}giving/", views.giving, name="team_giving"),
    path(f"{TEAM}partners/", partner_views.team_partners, name="team_partners"),
    path(f"{TEAM}ask/<slug:other>/", asking_views.ask, name="ask_into_team"),
    path(f"{TEAM}asked/<uuid:place_id>/agree/", asking_views.agree, name="agree_to_newcomer"),
    path(f"{TEAM}asked/<uuid:place_id>/take-back/", asking_views.take_back, name="take_back_from_team"),
    path(f"{TEAM}plan/", plan_views.ask, name="plan_team"),
    path(f"{TEAM}plan/<uuid:plan_id>/agree/", plan_views.agree, name="agree_to_plan"),
    path(f"{TEAM}plan/<uuid:plan_id>/refuse/", plan_views.refuse, name="refuse_plan"),
    path(f"{TEAM}without/<uuid:place_id>/", views.without, name="go_on_without"),
    path(f"{TEAM}leave/", views.leave, name="leave_team"),
    path(f"{TEAM}end/", views.end, name="end_team"),
]
