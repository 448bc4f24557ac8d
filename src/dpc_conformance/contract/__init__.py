"""The contract of adapters, as a test that any author of one can run: `dpc adapter check`, or `keeps_contract`."""
