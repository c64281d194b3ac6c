"""Plans of provinces and communes: read into a head, targets, dated activities and duties.

`hieuhoc.plans.reading.read(data, name)` takes the bytes of a file and gives a `ReadPlan`, or raises `Refused` with one
sentence. It is pure: no database, no clock, no network; a .docx or .pdf is opened in a process of its own with limits.
"""
