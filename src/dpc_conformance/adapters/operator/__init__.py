"""`adapter = "operator"`: a person with the real kiosk and a real phone, asked step by step in the terminal."""
