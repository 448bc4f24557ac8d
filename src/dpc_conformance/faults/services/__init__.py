"""Status services that misbehave, as an anonymous client observes them, and good ones."""
