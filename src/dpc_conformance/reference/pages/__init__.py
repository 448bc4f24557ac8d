"""The look of every page of the reference: one frame, one style sheet, two languages."""
