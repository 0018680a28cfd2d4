"""What a candidate's process says of a call beside its value; agreed with the parent. Standard library only."""

CHANGED_GIVEN = "it changed the given"
"""Begins the detail of an outcome whose call changed a constant of the specification; the name follows."""
RETURNED_ARGUMENT = "it returned its argument itself"
"""The detail of an outcome whose result is one of the (changeable) arguments, not a new value."""
