"""`adapter = "http"`: a product reachable over HTTPS, whose requests a target describes in TOML."""
