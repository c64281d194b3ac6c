"""Administrative units, their dated versions and successions; the tree of places on a day."""
