"""The `dpc` command, a file per subcommand."""
