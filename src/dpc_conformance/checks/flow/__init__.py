"""Rules on flows: pure functions over what a scenario left behind (`ScenarioFacts`), a file per subject."""
