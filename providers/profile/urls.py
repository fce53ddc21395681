from django.urls import path

from providers.profile import change_views, open_feed, views

urlpatterns = [
    path("my/", views.mine, name="my_listing"),
    path("my/<slug:slug>/", views.provider, name="my_provider"),
    path("my/<slug:slug>/leave/", views.leave, name="leave_as_business"),
    path(
        "my/<slug:slug>/changes/<uuid:change_id>/answer/",
        change_views.answer_refused_change,
        name="answer_refused_change",
    ),
    path("my/<slug:slug>/sent/", views.sent, name="my_sent"),
    path("my/<slug:slug>/open-feed/", open_feed.open_feed, name="my_open_feed"),
]
