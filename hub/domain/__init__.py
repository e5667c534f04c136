"""The words and values of the field: no I/O, no framework."""
