"""The pytest plugin: collection of features, tags, the judge of a scenario, Gherkin in Allure, the journal."""
