"""Programs that others wrote, started privately for one scenario and gone with it."""
