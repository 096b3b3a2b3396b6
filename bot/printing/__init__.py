"""Books on paper: a member's own, and the group's for the mentor."""
