"""The reference device manager: managed phones, the derived-credential setting, notifications, device statements."""
