"""The kit for a lab: roots, cards and status services that a product which is not ours can trust and check."""
