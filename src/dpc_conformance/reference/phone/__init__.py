"""The reference phone: Company Portal, its inbox, its camera and its key store."""
