"""The reference relying party: a web application that signs people in with their derived credential."""
