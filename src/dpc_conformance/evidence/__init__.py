"""Records of what happened in a run, who keeps them, and what must be left out of them."""
