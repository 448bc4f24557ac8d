"""The judge: pure functions, evidence in, findings out. It knows requirements only by their ids."""
