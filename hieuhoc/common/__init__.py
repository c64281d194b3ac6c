"""Ground for every folder: Vietnamese text, legacy encodings, numbers, dates, identifiers.

Pure functions of values: no models, no settings, no clock, no imports from other folders.
One use: `from hieuhoc.common.text import nfc, name_key`.
"""
