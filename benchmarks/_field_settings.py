"""The product's settings, with the address of the plain floor."""

from hieuhoc.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._field_site"
