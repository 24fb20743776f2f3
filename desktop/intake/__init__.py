"""A file becomes checked signals: readers, field parsers and the report of what was refused and why."""
