"""What a guide is. The one law: loader, checks, editors' schemas and documentation read it from here.

A field's description is the contributor's documentation of that field. Words for the reader stand
in fields of their own, apart from ids, care levels, sources and dates, so that a translation can
replace the words and never the facts.
"""
