"""The virtual PIV Card: an application at APDU level, in memory, and how it is personalised or loaded."""
