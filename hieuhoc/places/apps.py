"""Registers the places folder with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Administrative units and villages."""

    name = "hieuhoc.places"
    label = "places"
    verbose_name = "Địa bàn"
