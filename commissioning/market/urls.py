from django.urls import path

from commissioning.market import views

HERE = "market/<slug:code>/"
KIND = f"{HERE}without/<slug:category>"

urlpatterns = [
    path("market/", views.market_list, name="market_list"),
    path(HERE, views.market, name="market"),
    path(f"{HERE}without.csv", views.market_gaps_file, name="market_gaps_file"),
    path(f"{KIND}/", views.market_gap, name="market_gap"),
    path(f"{KIND}.csv", views.market_gap_file, name="market_gap_file"),
    path(f"{KIND}/small-areas.csv", views.market_areas_file, name="market_areas_file"),
    path(f"{HERE}prices-and-hours/", views.market_supply, name="market_supply"),
    path(f"{HERE}prices.csv", views.market_prices_file, name="market_prices_file"),
    path(f"{HERE}hours-free.csv", views.market_hours_file, name="market_hours_file"),
    path(f"{HERE}searches/", views.market_searches, name="market_searches"),
    path(f"{HERE}searches.csv", views.market_searches_file, name="market_searches_file"),
    path(f"{HERE}openness/", views.market_past, name="market_past"),
    path(f"{HERE}openness.csv", views.market_openness_file, name="market_openness_file"),
    path(f"{HERE}outcomes.csv", views.market_outcomes_file, name="market_outcomes_file"),
    path(f"{HERE}conditions/", views.market_conditions, name="market_conditions"),
    path(f"{HERE}conditions.csv", views.market_conditions_file, name="market_conditions_file"),
]
