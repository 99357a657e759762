"""The parts of ./trunkline: each module is one concern, __main__ is the table of commands."""
