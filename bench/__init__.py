"""What it costs, always beside a limit that is measured in the same run."""
